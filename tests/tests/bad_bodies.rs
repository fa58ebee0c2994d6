//! Bodies that cannot be read: each gets its own problem, none reaches the origin, and the gate serves on.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests report by panicking"
)]

use lockgate_tests::prompts::{CHAT, nested};
use lockgate_tests::{Gate, Origin};

fn start() -> (Origin, Gate) {
    let origin = Origin::start();
    let gate = Gate::before(&origin).start();
    (origin, gate)
}

#[test]
fn invalid_json_is_refused() {
    let (origin, gate) = start();
    for body in [
        r#"{"messages": [}"#,
        r#"{"messages": []} trailing"#,
        "{",
        r#"{"a":"unterminated"#,
    ] {
        gate.post(CHAT, body).expect_problem(400, "invalid_json");
    }
    gate.assert_shielded(&origin);
}

#[test]
fn invalid_utf8_is_refused() {
    let (origin, gate) = start();
    let body = b"{\"messages\":[{\"role\":\"user\",\"content\":\"\xff\xfe\"}]}";
    gate.post(CHAT, body).expect_problem(400, "invalid_utf8");
    gate.assert_shielded(&origin);
}

#[test]
fn a_hundred_levels_of_nesting_are_refused() {
    let (origin, gate) = start();
    let body = format!(r#"{{"messages":[{{"role":"user","content":{}}}]}}"#, nested(100));
    let problem = gate.post(CHAT, body).expect_problem(400, "nesting_too_deep");
    assert!(
        problem.to_string().contains("64"),
        "the limit is named: {problem}"
    );
    gate.assert_shielded(&origin);
}

#[test]
fn a_hundred_thousand_levels_of_nesting_are_refused() {
    let (origin, gate) = start();
    gate.post(CHAT, nested(100_000))
        .expect_problem(400, "nesting_too_deep");
    gate.post(CHAT, "[".repeat(500_000))
        .expect_problem(400, "nesting_too_deep");
    gate.assert_shielded(&origin);
}

#[test]
fn a_truncated_body_is_refused() {
    let (origin, gate) = start();
    for framing in [
        "content-length: 100\r\n\r\n{\"messages\":",
        "transfer-encoding: chunked\r\n\r\n40\r\n{\"messages\":",
    ] {
        let mut wire = gate.wire();
        wire.send(format!(
            "POST {CHAT} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n{framing}"
        ));
        wire.finish();
        wire.reply().expect_problem(400, "truncated_body");
    }
    gate.assert_shielded(&origin);
}
