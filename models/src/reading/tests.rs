use super::*;
use proptest::prelude::*;

/// Counts the token "attack", as the tiny model does, and what it was asked.
#[derive(Default)]
struct Counting {
    lengths: Vec<usize>,
}

impl Scorer for Counting {
    fn score(&mut self, batch: &[crate::Window]) -> Result<Vec<Vec<f32>>, ModelError> {
        let attack = i64::from(tokenizer().encode("attack", 0..6, &|| Ok(())).unwrap().ids[0]);
        self.lengths.extend(batch.iter().map(|window| window.ids.len()));
        let count = |window: &crate::Window| window.ids.iter().filter(|&&id| id == attack).count();
        Ok(batch
            .iter()
            .map(|window| vec![if count(window) > 0 { 4.0 } else { -4.0 }])
            .collect())
    }

    fn name(&self) -> &'static str {
        "counting"
    }
}

fn tokenizer() -> TextTokenizer {
    TextTokenizer::from_bytes(crate::tokens::tests::TINY).unwrap()
}

fn reader(max_windows: usize, max_bytes: usize) -> Reader {
    let label = Label {
        name: "injection".to_owned(),
        temperature: 1.0,
        threshold: 0.5,
    };
    let size = WindowSize {
        tokens: 128,
        overlap: 32,
    };
    Reader {
        tokenizer: tokenizer(),
        size,
        labels: vec![label],
        max_windows,
        max_bytes,
    }
}

fn score(reader: &Reader, texts: &[&str]) -> (Vec<Scores>, Vec<usize>) {
    let texts: Vec<String> = texts.iter().map(|&text| text.to_owned()).collect();
    let mut scorer = Counting::default();
    let scores = reader.score(&mut scorer, &texts, &|| Ok(())).unwrap();
    assert_eq!(scores.len(), texts.len());
    for (scores, text) in scores.iter().zip(&texts) {
        assert!(text.get(scores.labels[0].span.clone()).is_some());
    }
    (scores, scorer.lengths)
}

#[test]
fn an_empty_text_costs_nothing() {
    let (scores, lengths) = score(&reader(8, 4096), &["", "   \n", "hello"]);
    assert_eq!(lengths, [3]);
    assert_eq!(
        (scores[0].windows, scores[0].truncated, scores[0].labels[0].score),
        (0, false, 0.0)
    );
    assert_eq!((scores[1].windows, scores[2].windows), (0, 1));
}

#[test]
fn the_best_window_of_a_long_text_is_found_with_its_place() {
    let text = format!("{}attack {}", "hello ".repeat(500), "world ".repeat(500));
    let (scores, lengths) = score(&reader(64, 1 << 20), &[&text]);
    let injection = scores[0].get("injection").unwrap();
    assert!(injection.score > 0.9);
    assert!(text[injection.span.clone()].contains("attack"));
    assert!(injection.span.len() < 128 * 6 && !scores[0].truncated);
    assert_eq!(scores[0].windows, lengths.len());
    assert!(lengths.iter().all(|&length| length <= 128));
}

#[test]
fn an_attack_at_either_end_of_a_huge_text_is_found() {
    let filler = "hello world ".repeat(100_000);
    for text in [format!("attack {filler}"), format!("{filler} attack")] {
        let (scores, lengths) = score(&reader(8, 8192), &[&text]);
        assert!(scores[0].truncated && scores[0].labels[0].score > 0.9);
        assert_eq!(lengths.len(), 8);
    }
}

#[test]
fn the_end_of_a_text_just_over_the_budget_is_seen() {
    let text = format!("{} attack", "hello ".repeat(180));
    let (scores, _) = score(&reader(8, text.len() - 20), &[&text]);
    assert!(scores[0].truncated && scores[0].labels[0].score > 0.9);
}

proptest! {
    #[test]
    fn any_texts_are_scored_within_the_budget(
        texts in prop::collection::vec(".{0,400}", 0..6),
        windows in 1..9_usize,
        bytes in 1..900_usize,
    ) {
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let (scores, lengths) = score(&reader(windows, bytes), &texts);
        prop_assert!(lengths.len() <= windows);
        prop_assert_eq!(scores.iter().map(|scores| scores.windows).sum::<usize>(), lengths.len());
    }
}

#[test]
fn a_huge_text_does_not_crowd_out_a_short_one() {
    let huge = "hello world ".repeat(100_000);
    let (scores, lengths) = score(&reader(8, 8192), &[&huge, "an attack", &huge]);
    assert_eq!(
        scores.iter().map(|s| s.truncated).collect::<Vec<_>>(),
        [true, false, true]
    );
    assert!(scores[1].labels[0].score > 0.9 && lengths.len() <= 8);
}

#[test]
fn more_texts_than_windows_say_which_were_left_out() {
    let texts = vec!["attack"; 100];
    let (scores, lengths) = score(&reader(10, 10_240), &texts);
    assert_eq!(lengths.len(), 10);
    assert!(
        scores
            .iter()
            .all(|scores| scores.truncated == (scores.windows == 0))
    );
    assert!(scores[0].windows == 1 && scores[99].windows == 1);
}

#[test]
fn a_model_that_answers_nonsense_is_an_error() {
    struct Broken(Vec<f32>);
    impl Scorer for Broken {
        fn score(&mut self, batch: &[crate::Window]) -> Result<Vec<Vec<f32>>, ModelError> {
            Ok(batch.iter().map(|_| self.0.clone()).collect())
        }
        fn name(&self) -> &'static str {
            "broken"
        }
    }
    for row in [vec![], vec![f32::NAN], vec![1.0, 2.0]] {
        let answer = reader(8, 4096).score(&mut Broken(row), &["hello".to_owned()], &|| Ok(()));
        assert!(
            matches!(answer, Err(ModelError::Engine { engine: "broken", .. })),
            "{answer:?}"
        );
    }
}

#[test]
fn a_call_can_be_given_up_between_windows() {
    let asked = std::cell::Cell::new(0);
    let give_up = || {
        asked.set(asked.get() + 1);
        if asked.get() > 5 {
            Err(ModelError::Deadline)
        } else {
            Ok(())
        }
    };
    let text = "hello ".repeat(10_000);
    let mut scorer = Counting::default();
    let answer = reader(64, 1 << 20).score(&mut scorer, &[text], &give_up);
    assert!(matches!(answer, Err(ModelError::Deadline)));
    assert!(scorer.lengths.len() < 6);
}
