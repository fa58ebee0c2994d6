use super::*;

#[test]
fn spans_count_only_whole_and_in_code_points() {
    let pii = Pii::new().unwrap();
    let lines = "{\"text\": \"é: jane@example.com, bob@example.com, 4111111111111111\", \"spans\": [\
         {\"start\": 3, \"end\": 19, \"type\": \"EMAIL_ADDRESS\"}, {\"start\": 21, \"end\": 35, \"type\": \"EMAIL_ADDRESS\"},\
         {\"start\": 0, \"end\": 1, \"type\": \"PERSON\"}, {\"start\": 0, \"end\": 1, \"type\": \"US_SSN\"}]}\n\n";
    let mut evaluation = Evaluation::default();
    let mut texts = 0;
    evaluation.add(&pii, lines.as_bytes(), |_, _| texts += 1).unwrap();
    let tally = |label: &str| evaluation.labels[label];
    assert_eq!(
        tally("EMAIL_ADDRESS"),
        Tally {
            right: 1,
            wrong: 1,
            missed: 1
        }
    );
    assert_eq!(
        tally("CREDIT_CARD"),
        Tally {
            right: 0,
            wrong: 1,
            missed: 0
        }
    );
    assert_eq!(
        tally("US_SSN"),
        Tally {
            right: 0,
            wrong: 0,
            missed: 1
        }
    );
    assert_eq!(
        (evaluation.texts, texts, evaluation.unscored["PERSON"]),
        (1, 1, 1)
    );
    assert!((tally("EMAIL_ADDRESS").f1() - 0.5).abs() < 1e-9 && tally("US_SSN").precision() == 1.0);
}

#[test]
fn a_line_that_is_no_text_is_named() {
    let failed = Evaluation::default().add(
        &Pii::new().unwrap(),
        &b"{\"text\": \"a\", \"spans\": []}\n{}\n"[..],
        |_, _| {},
    );
    assert_eq!(
        failed.unwrap_err().to_string(),
        "line 2 is no labelled text: missing field `text` at line 1 column 2"
    );
}

#[test]
fn every_label_stands_for_categories_that_there_are() {
    let known: Vec<_> = crate::pii_categories()
        .iter()
        .map(|category| category.name)
        .collect();
    for (label, categories) in LABELS {
        assert!(
            categories.iter().all(|category| known.contains(category)),
            "{label}"
        );
    }
}
