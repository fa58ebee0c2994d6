//! The form of a problem.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests report by panicking"
)]

use lockgate_tests::prompts::CHAT;
use lockgate_tests::{Gate, Origin};

#[test]
fn a_problem_comes_in_the_form_that_was_asked_for() {
    let origin = Origin::start();
    let gate = Gate::before(&origin).start();
    for (accept, content_type) in [
        ("application/problem+json", "application/problem+json"),
        ("application/json", "application/json"),
        ("text/markdown", "text/markdown"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "text/html"),
        ("*/*", "application/json"),
    ] {
        let headers = format!("content-type: application/json\r\naccept: {accept}\r\n");
        let reply = gate.post_with(CHAT, &headers, "{").expect(400);
        let given = reply.header("content-type").unwrap_or_default();
        assert!(given.starts_with(content_type), "{accept}: {reply}");
        assert!(reply.text().contains("invalid_json"), "{accept}: {reply}");
    }
}
