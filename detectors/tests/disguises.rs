//! Every disguise, worn by attacks and by personal data: what is found plainly is found through it.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test, and it prints its figures"
)]

#[allow(dead_code, reason = "other tests use the rest")]
#[path = "common/encode.rs"]
mod encode;

use std::sync::LazyLock;

use encode::{CIPHERS, ENCODERS, Encoder};
use lockgate_detectors::{Finding, Needs, Prompts, Scanner, ScannerOptions, Verdict};

const ATTACKS: &str = include_str!("data/attacks.txt");
const PERSONAL: &str = include_str!("data/pii.txt");

static SCANNER: LazyLock<Scanner> = LazyLock::new(|| Scanner::new(ScannerOptions::default(), None).unwrap());

fn scan(text: &str) -> Verdict {
    let needs = Needs {
        model: false,
        ..Needs::ALL
    };
    SCANNER.scan_text(&Prompts::from_text(text), &needs)
}

fn disguises() -> impl Iterator<Item = Encoder> {
    ENCODERS.into_iter().chain(CIPHERS)
}

#[test]
fn attacks_are_found_through_every_disguise() {
    let attacks: Vec<&str> = ATTACKS.lines().collect();
    assert_eq!(attacks.len(), 30);
    let missed: Vec<_> = attacks
        .iter()
        .filter(|attack| scan(attack).injection == 0.0)
        .collect();
    assert!(missed.is_empty(), "not even found plainly: {missed:?}");
    let mut failures = Vec::new();
    for (name, encode) in disguises() {
        let missed: Vec<_> = attacks
            .iter()
            .filter(|attack| scan(&encode(attack)).injection == 0.0)
            .collect();
        println!("{name}: {} of 30 attacks", 30 - missed.len());
        if missed.len() > 3 {
            failures.push(format!("{name}: {missed:?}"));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn hiding_an_attack_makes_it_no_less_suspicious() {
    let mut failures = Vec::new();
    for attack in ATTACKS.lines() {
        let plain = scan(attack).injection;
        for (name, encode) in disguises() {
            let hidden = scan(&encode(attack)).injection;
            // What is not found at all is counted above.
            if hidden > 0.0 && hidden < plain {
                failures.push(format!("{name} {hidden} < {plain}: {attack}"));
            }
        }
    }
    // One phrase of two may be lost, which is little: one pair in a hundred.
    assert!(
        failures.len() <= 12,
        "{}: {}",
        failures.len(),
        failures.join("\n")
    );
}

#[test]
fn personal_data_is_found_through_every_disguise() {
    let texts: Vec<(&str, &str)> = PERSONAL
        .lines()
        .filter_map(|line| line.split_once('\t'))
        .collect();
    assert_eq!(texts.len(), 30);
    let found = |category: &str, text: &str| scan(text).pii().iter().any(|found| found == category);
    let missed: Vec<_> = texts
        .iter()
        .filter(|(category, text)| !found(category, text))
        .collect();
    assert!(missed.is_empty(), "not even found plainly: {missed:?}");
    let mut failures = Vec::new();
    for (name, encode) in disguises() {
        let missed: Vec<_> = texts
            .iter()
            .filter(|(category, text)| !found(category, &encode(text)))
            .collect();
        println!("{name}: {} of 30 texts with personal data", 30 - missed.len());
        // Leet writes letters as digits: between and beside digits nobody can tell them apart.
        if missed.len() > 3 && name != "leet" {
            failures.push(format!("{name}: {missed:?}"));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn what_is_found_plainly_is_told_once_and_without_a_disguise() {
    for text in ATTACKS.lines().chain(PERSONAL.lines()) {
        for finding in scan(text).findings {
            assert_eq!(finding.disguise, None, "{text}: {finding:?}");
        }
    }
    let text = "mail anna.schmidt@example.com or YW5uYS5zY2htaWR0QGV4YW1wbGUuY29t";
    let found: Vec<_> = scan(text)
        .findings
        .into_iter()
        .map(|found| (found.span, found.disguise))
        .collect();
    assert_eq!(
        found,
        [(Some(5..29), None), (Some(33..65), Some("base64".to_owned()))]
    );
}

#[test]
fn spans_are_code_points_too() {
    let text = "Grüße an anna@example.com";
    let verdict = scan(text);
    assert_eq!(verdict.findings[0].span, Some(11..27));
    assert_eq!(verdict.findings[0].code_points(text), Some(9..25));
    assert_eq!(
        Finding {
            span: Some(1..3),
            ..verdict.findings[0].clone()
        }
        .code_points("ü"),
        None
    );
}
