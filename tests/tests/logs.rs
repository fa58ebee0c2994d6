//! The line of an exchange says what happened and repeats no prompt.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests report by panicking"
)]

use lockgate_tests::prompts::{CARD, CHAT, HARMLESS, INJECTION, WITH_CARD, chat};
use lockgate_tests::{Gate, Origin};

#[test]
fn every_exchange_has_one_line_and_no_prompt_in_it() {
    for format in ["json", "human"] {
        let origin = Origin::start();
        let gate = Gate::before(&origin)
            .with_model()
            .section("logging", format!("{{ format: {format}, level: debug }}"))
            .start();
        gate.post(CHAT, chat(HARMLESS).to_string()).expect(200);
        gate.post(CHAT, chat(WITH_CARD).to_string()).expect(200);
        gate.post(CHAT, chat(INJECTION).to_string()).expect(403);
        gate.post(CHAT, format!("{{ {INJECTION} }}")).expect(400);
        gate.wait("four lines", || (lines(&gate) == 4).then_some(()));
        let output = gate.output();
        for secret in [
            HARMLESS,
            WITH_CARD,
            INJECTION,
            CARD,
            "4111",
            "Portugal",
            "Ignore all",
            "book the hotel",
        ] {
            assert!(!output.contains(secret), "`{secret}` is in the log:\n{output}");
        }
    }
}

fn lines(gate: &Gate) -> usize {
    gate.output().lines().filter(|line| line.contains(CHAT)).count()
}

#[test]
fn a_line_names_outcome_rule_and_problem() {
    let origin = Origin::start();
    let gate = Gate::before(&origin).with_model().start();
    let problem = gate
        .post(CHAT, chat(INJECTION).to_string())
        .expect_problem(403, "prompt_injection");
    let line = gate.wait_for_log(|line| line["problem"] == "prompt_injection");
    assert_eq!(
        [&line["outcome"], &line["route"], &line["method"]],
        ["blocked", "all", "POST"],
        "{line}"
    );
    assert_eq!(line["request_id"], problem["request_id"], "{line}");
    assert!(
        line["rules"].to_string().contains("injection") && line["scan"]["injection"].is_number(),
        "{line}"
    );
    gate.post(CHAT, chat(WITH_CARD).to_string()).expect(200);
    let line = gate.wait_for_log(|line| line["outcome"] == "redacted");
    assert!(line["scan"]["pii"].to_string().contains("CREDIT_CARD"), "{line}");
}

#[test]
fn prompts_are_logged_where_the_owner_turns_that_on_and_then_as_the_upstream_got_them() {
    let origin = Origin::start();
    let gate = Gate::before(&origin)
        .section("logging", "{ format: json, prompts: true }")
        .start();
    gate.post(CHAT, chat(WITH_CARD).to_string()).expect(200);
    let line = gate
        .wait_for_log(|line| line["outcome"] == "redacted")
        .to_string();
    assert!(
        line.contains("book the hotel") && line.contains("[CREDIT_CARD]") && !line.contains("4111"),
        "{line}"
    );
}

/// People press "stop": a client that leaves while the model thinks has sent a whole request, and no broken one.
#[test]
fn a_client_that_leaves_is_not_taken_for_a_truncated_body() {
    let origin = Origin::start();
    let gate = Gate::before(&origin).start();
    for (path, chunks) in [("/silent", 0), ("/stepped", 1)] {
        let mut wire = gate.wire();
        wire.send(format!("GET {path} HTTP/1.1\r\nhost: gate.test\r\n\r\n"));
        for _ in 0..chunks {
            assert_eq!(wire.head().status, 200);
            wire.chunk();
        }
        gate.wait("the request", || {
            origin
                .records()
                .iter()
                .any(|record| record.path == path)
                .then_some(())
        });
        drop(wire);
        let line = gate.wait_for_log(|line| line["path"] == path);
        assert_ne!(line["problem"], "truncated_body", "{line}");
    }
}
