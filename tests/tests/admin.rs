//! The admin port: what the gate found out, for its owner alone.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests report by panicking"
)]

use lockgate_tests::command::lockgate;
use lockgate_tests::prompts::{HARMLESS, INJECTION, WITH_CARD, chat};
use lockgate_tests::{Gate, Origin};
use serde_json::{Value, json};

fn endpoint(gate: &Gate, path: &str) -> Option<Value> {
    let listed = gate.admin("/endpoints").expect(200).json();
    let endpoints = listed["endpoints"].as_array().cloned().unwrap_or_default();
    endpoints.into_iter().find(|endpoint| endpoint["path"] == path)
}

#[test]
fn the_ai_endpoint_is_found_from_its_traffic() {
    let origin = Origin::start();
    let gate = Gate::before(&origin).start();
    assert_eq!(gate.admin("/endpoints").json()["endpoints"], json!([]));
    gate.post("/v1/chat/completions", chat(HARMLESS).to_string())
        .expect(200);
    gate.post("/echo", r#"{"order": 7}"#).expect(200);
    let found = gate.wait("the endpoint", || endpoint(&gate, "/v1/chat/completions"));
    assert_eq!(
        [&found["method"], &found["label"], &found["host"]],
        ["POST", "llm", "gate.test"],
        "{found}"
    );
    let other = gate.wait("the other endpoint", || endpoint(&gate, "/echo"));
    assert_eq!(other["label"], "api", "{other}");
}

/// A gateway of its own paths is found by the shape of what passes.
#[test]
fn an_ai_endpoint_on_an_unusual_path_is_found_and_scanned() {
    let origin = Origin::start();
    let gate = Gate::before(&origin).start();
    gate.post("/echo", chat(HARMLESS).to_string()).expect(200);
    let found = gate.wait("the endpoint", || endpoint(&gate, "/echo"));
    assert_eq!(found["label"], "llm", "{found}");
    assert!(
        gate.post("/echo", chat(WITH_CARD).to_string())
            .expect(200)
            .text()
            .contains("[CREDIT_CARD]")
    );
}

#[test]
fn paths_with_variables_are_one_endpoint() {
    let origin = Origin::start();
    let gate = Gate::before(&origin).start();
    for status in [200, 201, 202] {
        gate.get(&format!("/status/{status}"));
    }
    let count = || {
        let listed = gate.admin("/endpoints").json();
        let endpoints = listed["endpoints"].as_array().cloned().unwrap_or_default();
        (endpoints.len() == 1 && endpoints[0]["exchanges"] == 3).then_some(())
    };
    gate.wait("one endpoint with three exchanges", count);
}

#[test]
fn health_and_metrics_are_served() {
    let origin = Origin::start();
    let gate = Gate::before(&origin).with_model().start();
    gate.admin("/healthz").expect(200);
    gate.post("/v1/chat/completions", chat(INJECTION).to_string())
        .expect_problem(403, "prompt_injection");
    gate.get("/echo").expect(200);
    let metrics = gate.wait("the count", || {
        let text = gate.admin("/metrics").expect(200).text();
        text.contains(r#"outcome="passed""#).then_some(text)
    });
    assert!(
        metrics.contains("# TYPE lockgate_exchanges_total counter"),
        "{metrics}"
    );
    assert!(
        metrics.contains(r#"lockgate_problems_total{code="prompt_injection"} 1"#),
        "{metrics}"
    );
    assert!(
        metrics.contains(r#"lockgate_exchanges_total{outcome="blocked",route="all",status="403"} 1"#),
        "{metrics}"
    );
}

#[test]
fn a_token_is_asked_for_where_one_is_set() {
    let origin = Origin::start();
    let gate = Gate::before(&origin).with_admin_token("the-token").start();
    gate.admin("/endpoints").expect_problem(401, "admin_unauthorized");
    gate.admin_with("/endpoints", "authorization: Bearer another\r\n")
        .expect_problem(401, "admin_unauthorized");
    gate.admin_with("/endpoints", "authorization: Bearer the-token\r\n")
        .expect(200);
    assert!(!gate.output().contains("the-token"), "{}", gate.output());
}

#[test]
fn unknown_paths_and_methods_are_problems() {
    let origin = Origin::start();
    let gate = Gate::before(&origin).start();
    gate.admin("/nothing").expect_problem(404, "not_found");
    let mut wire = lockgate_tests::Wire::connect(gate.admin);
    wire.send("DELETE /endpoints HTTP/1.1\r\nhost: x\r\ncontent-length: 0\r\n\r\n");
    wire.reply().expect_problem(405, "method_not_allowed");
    gate.admin("/healthz").expect(200);
}

#[test]
fn an_admin_port_for_everybody_needs_a_token() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = "admin: { address: 0.0.0.0:9090 }\nupstreams: { o: { url: http://127.0.0.1:1 } }\nroutes: [{ name: o, upstream: o }]\n";
    std::fs::write(folder.path().join("open.yaml"), file).expect("a file");
    for command in ["check", "run"] {
        let done = lockgate(folder.path(), &[command, "--config", "open.yaml"], "");
        assert_eq!(done.code, Some(1), "{done:?}");
        assert!(
            done.stderr.contains("open.yaml:1:") && done.stderr.contains("token"),
            "{}",
            done.stderr
        );
    }
}
