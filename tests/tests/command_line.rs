//! The commands beside `run`.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests report by panicking"
)]

use std::path::Path;

use lockgate_tests::command::{Done, lockgate};
use lockgate_tests::prompts::{CARD, INJECTION, WITH_CARD, chat};
use lockgate_tests::workspace;
use serde_json::Value;

fn check(text: &str) -> Done {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("lockgate.yaml"), text).expect("a file");
    lockgate(folder.path(), &["check", "--config", "lockgate.yaml"], "")
}

fn scan(arguments: &[&str], input: &str) -> Value {
    let done = lockgate(workspace::root(), &[&["scan"], arguments].concat(), input);
    assert_eq!(done.code, Some(0), "{done:?}");
    serde_json::from_str(&done.stdout).unwrap_or_else(|error| panic!("not JSON ({error}): {done:?}"))
}

const GOOD: &str = "upstreams: { o: { url: http://127.0.0.1:1 } }\nroutes: [{ name: o, upstream: o }]\n";

#[test]
fn a_good_file_is_explained() {
    let done = check(GOOD);
    assert_eq!(done.code, Some(0), "{done:?}");
    assert!(
        done.stdout.contains("127.0.0.1:1") && done.stdout.contains("injection"),
        "{}",
        done.stdout
    );
}

#[test]
fn an_unknown_key_is_refused_with_its_place_and_the_nearest_known_one() {
    let done = check(&format!("{GOOD}listen:\n  - adress: 127.0.0.1:8080\n"));
    assert_eq!(done.code, Some(1), "{done:?}");
    assert!(done.stderr.contains("lockgate.yaml:4:5"), "{}", done.stderr);
    assert!(
        done.stderr.contains("adress") && done.stderr.contains("did you mean `address`"),
        "{}",
        done.stderr
    );
}

#[test]
fn every_mistake_has_its_place() {
    for (mistake, place, word) in [
        (
            "limits: { body_timeout: 5 }\n",
            "lockgate.yaml:3:",
            "body_timeout",
        ),
        ("limits: { body_bytes: many }\n", "lockgate.yaml:3:", "body_bytes"),
        (
            "rules: { default: { list: [{ name: a, when: 'injektion > 0.5', action: block }] } }\n",
            "lockgate.yaml:3:",
            "injection",
        ),
        (
            "rules: { default: { list: [{ name: a, when: 'injection >', action: block }] } }\n",
            "lockgate.yaml:3:",
            "when",
        ),
        (
            "rules: { default: { list: [{ name: a, when: 'true', action: explode }] } }\n",
            "lockgate.yaml:3:",
            "explode",
        ),
        (
            "admin: { token: \"${LOCKGATE_NO_SUCH_VARIABLE}\" }\n",
            "lockgate.yaml:3:",
            "LOCKGATE_NO_SUCH_VARIABLE",
        ),
        ("logging: [\n", "lockgate.yaml:", ""),
    ] {
        let done = check(&format!("{GOOD}{mistake}"));
        assert_eq!(done.code, Some(1), "{mistake}: {done:?}");
        assert!(
            done.stderr.contains(place) && done.stderr.contains(word),
            "{mistake}: {}",
            done.stderr
        );
        assert_eq!(done.stdout, "", "{mistake}");
    }
    let done =
        check("upstreams: { o: { url: http://127.0.0.1:1 } }\nroutes: [{ name: o, upstream: other }]\n");
    assert!(
        done.stderr.contains("lockgate.yaml:2:") && done.stderr.contains("other"),
        "{done:?}"
    );
}

#[test]
fn a_file_that_is_not_there_is_named() {
    let done = lockgate(Path::new("/"), &["check", "--config", "no/such.yaml"], "");
    assert_eq!(done.code, Some(1));
    assert!(done.stderr.contains("no/such.yaml"), "{}", done.stderr);
}

#[test]
fn the_schema_is_json_and_knows_every_section() {
    let done = lockgate(workspace::root(), &["schema"], "");
    let schema: Value = serde_json::from_str(&done.stdout).expect("JSON");
    for section in [
        "listen",
        "admin",
        "upstreams",
        "routes",
        "limits",
        "scanner",
        "rules",
        "logging",
        "discovery",
        "server",
    ] {
        assert!(schema["properties"][section].is_object(), "{section}");
    }
    assert_eq!(schema["additionalProperties"], false);
}

#[test]
fn a_text_is_scanned_and_not_repeated() {
    let report = scan(&[], WITH_CARD);
    let verdict = report["verdict"].to_string();
    assert!(verdict.contains("CREDIT_CARD"), "{report}");
    assert!(!report.to_string().contains(CARD), "{report}");
}

#[test]
fn a_request_body_is_scanned_segment_by_segment() {
    let report = scan(&["--path", "/v1/chat/completions"], &chat(INJECTION).to_string());
    assert_eq!(report["segments"][0]["role"], "user", "{report}");
    assert_eq!(
        report["segments"][0]["pointer"], "/messages/0/content",
        "{report}"
    );
    assert!(report["verdict"]["injection"].as_f64() >= Some(0.9), "{report}");
}

#[test]
fn a_body_that_cannot_be_read_is_an_error() {
    let done = lockgate(workspace::root(), &["scan"], "{\"messages\": [");
    assert_eq!(done.code, Some(1), "{done:?}");
    assert!(done.stderr.starts_with("lockgate: "), "{}", done.stderr);
}
