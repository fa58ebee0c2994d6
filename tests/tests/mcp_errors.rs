//! Errors for MCP's and A2A's clients: a JSON-RPC error with the id of the call, whoever failed.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests report by panicking"
)]

use lockgate_tests::gate::{Settings, free_port};
use lockgate_tests::origin::PAGE;
use lockgate_tests::{Canned, Curl, Framing, Gate, Origin, Reply, Version};
use serde_json::{Value, json};

/// What MCP's clients send.
const MCP: &str = "content-type: application/json\r\naccept: application/json, text/event-stream\r\n";
const EVENTS_ONLY: &str = "content-type: application/json\r\naccept: text/event-stream\r\n";

fn call(id: impl Into<Value>) -> Value {
    json!({ "jsonrpc": "2.0", "id": id.into(), "method": "tools/call", "params": { "name": "f", "arguments": {} } })
}

/// The problem in an answer that is a whole JSON-RPC error for this call.
fn problem_for(answer: &Value, id: &Value) -> Value {
    assert_eq!(answer["jsonrpc"], "2.0", "{answer}");
    assert_eq!(answer["id"], *id, "{answer}");
    assert!(answer["error"]["code"].is_i64(), "{answer}");
    assert!(answer["error"]["message"].is_string(), "{answer}");
    answer["error"]["data"].clone()
}

fn send(gate: &Gate, body: &Value) -> Reply {
    gate.post_with("/mcp", MCP, body.to_string())
}

#[test]
fn a_page_of_the_upstream_becomes_an_error_of_the_call() {
    let origin = Origin::start();
    let gate = Gate::both_ways(&origin).start();
    let page = Canned::new(502)
        .body("text/html", PAGE)
        .header("retry-after", "3");
    origin.answer("/mcp", page.header("mcp-session-id", "s1"));
    for version in [Version::Http1, Version::H2c] {
        for path in ["/mcp", "/h2/mcp"] {
            for id in [json!(7), json!("call-7")] {
                let reply = Curl::new(&gate, version, path)
                    .header("content-type: application/json")
                    .header("accept: application/json, text/event-stream")
                    .post(call(id.clone()).to_string().as_bytes(), Framing::Sized)
                    .send()
                    .expect(200);
                assert_eq!(reply.header("content-type"), Some("application/json"), "{reply}");
                assert_eq!(reply.header("mcp-session-id"), Some("s1"), "{reply}");
                let problem = problem_for(&reply.json(), &id);
                assert_eq!(
                    (&problem["status"], &problem["code"]),
                    (&json!(502), &json!("upstream_failed"))
                );
                assert_eq!(problem["retry_after"], 3, "{reply}");
                assert!(
                    problem["detail"].as_str().unwrap().contains("backend is gone"),
                    "{reply}"
                );
            }
        }
    }
    let line = gate.wait_for_log(|line| line["path"] == "/mcp");
    assert_eq!(
        (&line["status"], &line["source"]),
        (&json!(502), &json!("upstream")),
        "{line}"
    );
}

#[test]
fn statuses_that_mean_something_stay() {
    let origin = Origin::start();
    let gate = Gate::before(&origin).start();
    for status in [401, 403, 404, 405, 406, 409] {
        let answer = Canned::new(status).body("text/plain", "No.");
        origin.answer(
            "/mcp",
            answer.header("www-authenticate", "Bearer resource_metadata=\"x\""),
        );
        let reply = send(&gate, &call(7)).expect(status);
        assert!(reply.header("www-authenticate").is_some(), "{reply}");
        assert_eq!(problem_for(&reply.json(), &json!(7))["status"], status, "{reply}");
    }
    for status in [400, 410, 429, 500, 503] {
        origin.answer(
            "/mcp",
            Canned::new(status).body("application/json", r#"{"detail":"No."}"#),
        );
        let reply = send(&gate, &call(7)).expect(200);
        assert_eq!(problem_for(&reply.json(), &json!(7))["status"], status, "{reply}");
    }
    // The stream that a client opens to listen: to have none is an answer like another.
    origin.answer("/mcp", Canned::new(405));
    gate.raw("GET /mcp HTTP/1.1\r\nhost: x\r\naccept: text/event-stream\r\n\r\n")
        .expect(405);
}

#[test]
fn an_error_of_the_server_itself_is_left_alone() {
    let origin = Origin::start();
    let gate = Gate::both_ways(&origin).start();
    let own = r#"{ "jsonrpc": "2.0", "id": 7, "error": { "code": -32602, "message": "Unknown tool" } }"#;
    for status in [400, 404, 500] {
        let answer = Canned::new(status)
            .body("application/json", own)
            .header("etag", "\"e\"");
        origin.answer("/mcp", answer.in_pieces(9));
        for path in ["/mcp", "/h2/mcp"] {
            let reply = gate.post_with(path, MCP, call(7).to_string()).expect(status);
            assert_eq!(
                (reply.text().as_str(), reply.header("etag")),
                (own, Some("\"e\""))
            );
            assert_eq!(reply.header("x-should-retry"), None, "{reply}");
        }
    }
}

#[test]
fn a_server_that_is_not_there_is_an_error_of_the_call() {
    let gate = Settings::new(&format!("http://{}", free_port())).start();
    let reply = send(&gate, &call("a")).expect(200);
    let problem = problem_for(&reply.json(), &json!("a"));
    assert_eq!(problem["code"], "upstream_connect_failed");
    let line = gate.wait_for_log(|line| line["path"] == "/mcp");
    assert_eq!(
        (&line["outcome"], &line["source"]),
        (&json!("refused"), &json!("gate")),
        "{line}"
    );
}

#[test]
fn a_call_that_a_rule_refuses_is_answered_with_its_id() {
    let origin = Origin::start();
    let rules = "{ default: { list: [{ name: no, when: 'request.path == \"/mcp\"', action: block }] } }";
    let gate = Gate::before(&origin).section("rules", rules).start();
    let reply = send(&gate, &call(7)).expect(200);
    assert_eq!(problem_for(&reply.json(), &json!(7))["code"], "rule_blocked");
    origin.assert_unheard();
}

#[test]
fn each_call_of_a_batch_is_answered_and_notifications_are_not() {
    let gate = Settings::new(&format!("http://{}", free_port())).start();
    let notification = json!({ "jsonrpc": "2.0", "method": "notifications/initialized" });
    let batch = json!([call(1), notification, call("b")]);
    let reply = send(&gate, &batch).expect(200);
    let answers = reply.json();
    assert_eq!(answers.as_array().unwrap().len(), 2, "{reply}");
    problem_for(&answers[0], &json!(1));
    problem_for(&answers[1], &json!("b"));
    for nobody in [notification, json!({ "jsonrpc": "2.0", "id": 7, "result": {} })] {
        let reply = send(&gate, &nobody).expect(502);
        assert_eq!(
            problem_for(&reply.json(), &Value::Null)["code"],
            "upstream_connect_failed"
        );
    }
}

#[test]
fn who_reads_events_only_gets_an_event() {
    let origin = Origin::start();
    let gate = Gate::before(&origin).start();
    origin.answer("/mcp", Canned::new(500).body("text/html", PAGE));
    let reply = gate
        .post_with("/mcp", EVENTS_ONLY, call(7).to_string())
        .expect(200);
    assert_eq!(reply.header("content-type"), Some("text/event-stream"), "{reply}");
    let text = reply.text();
    let data = text
        .trim_end()
        .strip_prefix("data: ")
        .unwrap_or_else(|| panic!("{reply}"));
    problem_for(&serde_json::from_str(data).unwrap(), &json!(7));
}

#[test]
fn agents_that_speak_a2a_read_the_same() {
    let origin = Origin::start();
    let gate = Gate::before(&origin).start();
    origin.answer("/agent", Canned::new(503).body("text/html", PAGE));
    for method in ["message/send", "SendMessage", "tasks/get", "tasks/cancel"] {
        let message =
            json!({ "role": "user", "parts": [{ "kind": "text", "text": "Hello" }], "messageId": "m" });
        let asked =
            json!({ "jsonrpc": "2.0", "id": "r1", "method": method, "params": { "message": message } });
        let reply = gate.post("/agent", asked.to_string()).expect(200);
        let problem = problem_for(&reply.json(), &json!("r1"));
        assert_eq!(problem["code"], "upstream_overloaded", "{method}");
    }
    let streamed =
        json!({ "jsonrpc": "2.0", "id": "r2", "method": "message/stream", "params": { "message": {} } });
    let reply = gate
        .post_with("/agent", EVENTS_ONLY, streamed.to_string())
        .expect(200);
    assert_eq!(reply.header("content-type"), Some("text/event-stream"), "{reply}");
}
