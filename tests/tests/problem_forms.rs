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

#[test]
fn the_type_of_a_problem_resolves_on_the_gate() {
    let origin = Origin::start();
    let gate = Gate::before(&origin).start();
    let problem = gate.post("/v1/chat/completions", b"{").json();
    let uri = problem["type"].as_str().expect("a type").to_owned();
    let page = gate.get(&uri).expect(200).json();
    assert_eq!(page["code"], problem["code"]);
    let list = gate.get("/.well-known/lockgate/problems").expect(200).json();
    let types = list["problems"].as_array().expect("a list");
    assert!(types.iter().any(|entry| entry["type"] == uri.as_str()), "{list}");
    origin.assert_unheard();
}
