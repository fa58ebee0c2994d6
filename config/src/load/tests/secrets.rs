//! Nothing of a secret, or of the environment, is in any message.

use super::{BASE, env, fails, works};
use crate::{Secret, parse};

#[test]
fn a_secret_shows_nothing_of_itself() {
    let secret = Secret::new("s3cret-value");
    let shown = format!(
        "{secret} {secret:?} {:#?} {}",
        Some(&secret),
        serde_json::to_string(&secret).unwrap()
    );
    assert!(!shown.contains("s3cret"), "{shown}");
    assert_eq!(secret.expose(), "s3cret-value");
}

#[test]
fn the_environment_is_in_no_message_wherever_it_is_used() {
    for place in [
        "admin: { address: \"%\" }",
        "admin: { token: \"% \" }",
        "listen: [{ address: \"%\" }]",
        "limits: { body_bytes: \"%\" }",
        "limits: { body_timeout: \"%\" }",
        "limits: { segments: \"%\" }",
        "limits: \"%\"",
        "logging: { level: \"%\" }",
        "logging: { prompts: \"%\" }",
        "rules: { default: { list: [{ name: \"%/\", action: block }] } }",
        "rules: { default: { list: [{ name: a, when: \"%\", action: block }] } }",
        "rules: { default: { list: [{ name: a, action: redact, categories: [\"%\"] }] } }",
        "rules: { default: { on_error: \"%\" } }",
    ] {
        let error = fails(&place.replace('%', "${SECRET}"));
        assert!(!error.contains("s3cret"), "{place}: {error}");
        assert!(error.starts_with("lockgate.yaml:3:"), "{place}: {error}");
    }
    for base in [
        BASE.replace("http://127.0.0.1:8081", "${SECRET}"),
        BASE.replace("upstream: demo", "upstream: \"${SECRET}\""),
        BASE.replace("name: demo", "name: \"${SECRET}/\""),
        BASE.replace("name: demo", "name: a, host: \"${SECRET}:1\""),
        BASE.replace("name: demo", "name: a, path: \"${SECRET}\""),
    ] {
        let error = parse(&base, "lockgate.yaml", &env).unwrap_err();
        let shown = format!("{error} {error:?} {:?}", error.mistakes());
        assert!(!shown.contains("s3cret"), "{shown}");
    }
}

#[test]
fn a_secret_written_in_the_file_is_in_no_message_either() {
    for value in ["[s3cret]", "{ s3cret: 1 }", "12345", "\"s3cret value\"", "1.2345"] {
        let error = fails(&format!("admin: {{ token: {value} }}\n"));
        assert!(!error.contains("s3cret") && !error.contains("2345"), "{error}");
    }
}

#[test]
fn debug_shows_what_is_in_the_file() {
    let config = works("server: { threads: \"${SEVEN}\" }\nadmin: { token: \"${SECRET}-0123456789\" }\n");
    let shown = format!("{config:?}");
    assert!(shown.contains("\"threads\": \"${SEVEN}\""), "{shown}");
    assert!(
        shown.contains("\"token\": \"${SECRET}-0123456789\"") && !shown.contains("s3cret"),
        "{shown}"
    );
}
