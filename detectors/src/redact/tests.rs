use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::{ExtractLimits, Input, Role, Scanner, ScannerOptions, extract};

fn prompts(body: &str) -> Prompts {
    let input = Input {
        method: "POST",
        path: "/",
        content_type: Some("application/json"),
        body: body.as_bytes(),
    };
    extract(&input, &ExtractLimits::default()).unwrap()
}

fn finding(segment: usize, span: Range<usize>, category: &str) -> Finding {
    Finding {
        detector: Finding::PII,
        category: category.to_owned(),
        score: 1.0,
        segment,
        span: Some(span),
        id: None,
        disguise: None,
    }
}

fn redacted(body: &str, findings: &[Finding]) -> String {
    String::from_utf8(redact(body.as_bytes(), &prompts(body), findings)).unwrap()
}

#[test]
fn touches_nothing_but_the_span() {
    let body = "{ \"prompt\" :\t\"Mail \\u0061@b.co,\\n now\\/then \\ud83d\\ude00\", \"n\": 1.50e3 }\n";
    assert_eq!(prompts(body).segments[0].text, "Mail a@b.co,\n now/then 😀");
    assert_eq!(
        redacted(body, &[finding(0, 5..11, "EMAIL_ADDRESS")]),
        "{ \"prompt\" :\t\"Mail [EMAIL_ADDRESS],\\n now\\/then \\ud83d\\ude00\", \"n\": 1.50e3 }\n"
    );
}

#[test]
fn overlapping_findings_become_one() {
    let body = r#"{"prompt": "0123456789 abc"}"#;
    let findings = [
        finding(0, 4..10, "LONG"),
        finding(0, 2..5, "SHORT"),
        finding(0, 11..14, "NEXT"),
        finding(0, 11..14, "SAME"),
    ];
    assert_eq!(redacted(body, &findings), r#"{"prompt": "01[LONG] [NEXT]"}"#);
}

#[test]
fn every_duplicate_is_redacted() {
    let body = r#"{"prompt": "secret one", "prompt": "secret two"}"#;
    let findings = [finding(0, 0..6, "X"), finding(1, 0..6, "X")];
    assert_eq!(
        redacted(body, &findings),
        r#"{"prompt": "[X] one", "prompt": "[X] two"}"#
    );
}

#[test]
fn what_does_not_fit_is_left_alone() {
    let body = r#"{"prompt": "héllo"}"#;
    assert_eq!(
        redacted(
            body,
            &[
                finding(7, 0..3, "X"),
                finding(0, 50..60, "X"),
                finding(0, 3..3, "X")
            ]
        ),
        body
    );
    assert_eq!(
        redacted(body, &[finding(0, 2..3, "a\"b")]),
        r#"{"prompt": "h[A_B]llo"}"#
    );
    let other = redact(b"{}", &prompts(body), &[finding(0, 0..1, "X")]);
    assert_eq!(other, b"{}");
    let empty = Finding {
        span: None,
        ..finding(0, 0..1, "X")
    };
    assert_eq!(redacted(body, &[empty]), body);
}

#[test]
fn plain_text_is_redacted_in_place() {
    let body = "\u{feff}call \"me\" now";
    let input = Input {
        method: "POST",
        path: "/",
        content_type: Some("text/plain"),
        body: body.as_bytes(),
    };
    let prompts = extract(&input, &ExtractLimits::default()).unwrap();
    let result = redact(body.as_bytes(), &prompts, &[finding(0, 6..8, "X")]);
    assert_eq!(result, "\u{feff}call \"[X]\" now".as_bytes());
}

/// The text as JSON string contents, each character escaped or not as `how` says.
fn escaped(text: &str, how: &[bool]) -> String {
    let mut result = String::new();
    for (index, c) in text.chars().enumerate() {
        let must = matches!(c, '"' | '\\') || c < ' ';
        if must || how.get(index % how.len().max(1)).copied().unwrap_or(false) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                result.push_str(&format!("\\u{unit:04X}"));
            }
        } else {
            result.push(c);
        }
    }
    result
}

proptest! {
    #[test]
    fn equals_the_replacement_of_the_value(
        before in any::<String>(), secret in ".{1,12}", after in any::<String>(),
        how in prop::collection::vec(any::<bool>(), 1..8), other in any::<String>(),
    ) {
        let text = format!("{before}{secret}{after}");
        prop_assume!(!text.trim().is_empty());
        let head = format!("{{\"o\": \"{}\", \"prompt\": \"", escaped(&other, &how));
        let tail = "\", \"n\" :1e2 }";
        let body = format!("{head}{}{tail}", escaped(&text, &how));
        let prompts = prompts(&body);
        let segment = prompts.segments.iter().position(|s| s.role == Role::User).unwrap();
        let span = before.len()..before.len() + secret.len();
        let result = redact(body.as_bytes(), &prompts, &[finding(segment, span, "SECRET")]);
        let result = String::from_utf8(result).unwrap();
        prop_assert!(result.starts_with(&head) && result.ends_with(tail));
        let value: Value = serde_json::from_str(&result).unwrap();
        prop_assert_eq!(value, json!({"o": other, "prompt": format!("{before}[SECRET]{after}"), "n": 1e2}));
    }

    #[test]
    fn never_panics_and_always_parses(
        text in any::<String>(), how in prop::collection::vec(any::<bool>(), 1..4),
        spans in prop::collection::vec((0usize..40, 0usize..20), 0..6),
    ) {
        let body = format!("{{\"prompt\": \"{}\"}}", escaped(&text, &how));
        let findings: Vec<_> = spans.iter().map(|(start, length)| finding(0, *start..start + length, "X")).collect();
        let result = redact(body.as_bytes(), &prompts(&body), &findings);
        prop_assert!(serde_json::from_slice::<Value>(&result).is_ok());
    }
}

static SCANNER: std::sync::LazyLock<Scanner> =
    std::sync::LazyLock::new(|| Scanner::new(ScannerOptions::default(), None).unwrap());

/// Personal data in disguises, among other things.
fn disguised() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        "card 4111 1111 1111 1111",
        "４１１１１１１１１１１１１１１１",
        "4\u{200b}111-11\u{ad}11-1111-1111",
        "NDExMSAxMTExIDExMTEgMTExMSBpcyBteSBjYXJk",
        "VG5ERXhNU0F4TVRFeElERXhNVEVnTVRFeE1TQnBjeUJ0ZVNCallYSmsg",
        "mail: anna%40example.com",
        "anna&#64;example&period;com",
        "61 6e 6e 61 40 65 78 61 6d 70 6c 65 2e 63 6f 6d",
        "a n n a @ e x a m p l e . c o m",
        "5 3 6 - 2 2 - 8 1 4 5",
        "\\u0061nna@example.com",
        "elpmaxe@anna si liam ym dna ,rebmun siht esu esaelp moc.elpmaxe@anna",
    ]);
    prop_oneof![3 => known.prop_map(str::to_owned), 2 => any::<String>(), 1 => "[ a-zA-Z0-9]{0,20}"]
}

proptest! {
    #[test]
    fn only_the_bytes_of_findings_change(
        parts in prop::collection::vec(disguised(), 1..5), how in prop::collection::vec(any::<bool>(), 1..8),
    ) {
        let text = parts.join(" ");
        prop_assume!(!text.trim().is_empty());
        let (head, tail) = ("{\"n\": 1.50, \"prompt\": \"", "\", \"stream\" :false }");
        let body = format!("{head}{}{tail}", escaped(&text, &how));
        let prompts = prompts(&body);
        let segment = prompts.segments.iter().position(|s| s.role == Role::User).unwrap();
        let verdict = SCANNER.scan_text(&prompts, &crate::Needs { model: false, ..crate::Needs::ALL });
        let findings: Vec<_> = verdict.findings.iter().filter(|found| found.segment == segment).collect();

        // Where the spans lie in the literal, told by the escapes that the test wrote itself.
        let mut hidden = vec![false; text.len()];
        for finding in &findings {
            hidden[finding.span.clone().unwrap()].fill(true);
        }
        let mut expected = Vec::new();
        let mut inside = String::new();
        for (index, (at, c)) in text.char_indices().enumerate() {
            if hidden[at] {
                inside.push(c);
            } else {
                let turned: Vec<bool> = how.iter().cycle().skip(index % how.len()).take(how.len()).copied().collect();
                expected.push((std::mem::take(&mut inside), escaped(&c.to_string(), &turned)));
            }
        }
        let result = redact(body.as_bytes(), &prompts, findings.iter().copied());
        let result = String::from_utf8(result).unwrap();
        prop_assert!(serde_json::from_str::<Value>(&result).is_ok(), "{}", result);
        let inner = result.strip_prefix(head).and_then(|rest| rest.strip_suffix(tail));
        prop_assert!(inner.is_some(), "{}", result);
        // Every byte outside is there, in order, with placeholders where something was hidden.
        let mut rest = inner.unwrap();
        for (gone, kept) in expected {
            if !gone.is_empty() {
                let end = rest.find(']').map_or(0, |end| end + 1);
                prop_assert!(rest.starts_with('[') && end > 2, "{} in {}", rest, result);
                rest = &rest[end..];
                // Two findings that touch each other are two placeholders.
                while gone.len() > 1 && rest.starts_with('[') && !kept.starts_with('[') {
                    rest = &rest[rest.find(']').map_or(0, |end| end + 1)..];
                }
            }
            let next = rest.strip_prefix(kept.as_str());
            prop_assert!(next.is_some(), "{:?} is missing before {:?} in {}", kept, rest, result);
            rest = next.unwrap();
        }
    }
}
