//! Connections carry one request after another, and each request stands for itself.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests report by panicking"
)]

use lockgate_tests::prompts::{HARMLESS, INJECTION, WITH_CARD, chat};
use lockgate_tests::{Curl, Framing, Gate, Origin, Version};

fn chat_request(prompt: &str) -> String {
    let body = chat(prompt).to_string();
    let length = body.len();
    format!(
        "POST /v1/chat/completions HTTP/1.1\r\nhost: gate.test\r\ncontent-type: application/json\r\n\
         content-length: {length}\r\n\r\n{body}"
    )
}

#[test]
fn one_connection_carries_many_requests_of_all_outcomes() {
    let origin = Origin::start();
    let gate = Gate::before(&origin).with_model().start();
    let mut wire = gate.wire();
    for _ in 0..3 {
        wire.send(chat_request(HARMLESS));
        wire.reply().expect(200);
        wire.send(chat_request(INJECTION));
        wire.reply().expect_problem(403, "prompt_injection");
        wire.send(chat_request(WITH_CARD));
        assert!(wire.reply().expect(200).text().contains("[CREDIT_CARD]"));
    }
    assert_eq!(origin.records().len(), 6);
    assert_eq!(origin.connections(), 1, "the upstream connection is kept too");
}

/// pingora closes a connection on which a second request came too early; the client then sends it again.
#[test]
fn pipelined_requests_are_answered_in_their_order_or_not_at_all() {
    let origin = Origin::start();
    let gate = Gate::before(&origin)
        .section("limits", "{ idle_timeout: 1s }")
        .start();
    let mut wire = gate.wire();
    let get = |path: &str| format!("GET {path} HTTP/1.1\r\nhost: gate.test\r\n\r\n");
    wire.send(get("/status/201") + &get("/status/202") + &get("/status/203"));
    wire.reply().expect(201);
    let rest = String::from_utf8_lossy(&wire.read_to_close()).into_owned();
    let statuses: Vec<_> = rest
        .lines()
        .filter_map(|line| line.strip_prefix("HTTP/1.1 "))
        .collect();
    assert!(
        ["202 Accepted", "203 Non Authoritative Information"].starts_with(&statuses),
        "{rest}"
    );
    assert_eq!(origin.records().len(), 1 + statuses.len());
}

#[test]
fn a_client_that_expects_100_continue_gets_it_and_its_answer() {
    let origin = Origin::start();
    let gate = Gate::before(&origin).start();
    let mut wire = gate.wire();
    wire.send("POST /echo HTTP/1.1\r\nhost: x\r\nexpect: 100-continue\r\ncontent-type: text/plain\r\ncontent-length: 5\r\n\r\n");
    assert_eq!(wire.head().status, 100);
    wire.send("hello");
    assert_eq!(wire.reply().expect(200).text(), "hello");
    assert_eq!(origin.only_record().header("expect"), None);
}

#[test]
fn a_client_that_leaves_early_does_no_harm() {
    let origin = Origin::start();
    let gate = Gate::before(&origin).start();
    for _ in 0..20 {
        let mut wire = gate.wire();
        wire.send(&chat_request(HARMLESS)[..100]);
        drop(wire);
        let mut wire = gate.wire();
        wire.send("GET /stepped HTTP/1.1\r\nhost: x\r\n\r\n");
        assert_eq!(wire.head().status, 200);
        drop(wire);
    }
    gate.assert_alive();
}

#[test]
fn a_problem_for_a_head_request_has_no_body() {
    let origin = Origin::start();
    let gate = Gate::before(&origin)
        .section("routes", "[{ name: v1, path: /v1, upstream: origin }]")
        .start();
    let mut wire = gate.wire();
    wire.send("HEAD /elsewhere HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
    assert_eq!(wire.head().status, 404);
    assert!(wire.read_to_close().is_empty());
}

/// What the client says about its connection, and who it claims to be for, stays on its side.
#[test]
fn hop_by_hop_fields_are_not_forwarded() {
    let origin = Origin::start();
    let gate = Gate::before(&origin).start();
    let mut wire = gate.wire();
    wire.send("GET /echo HTTP/1.1\r\nhost: gate.test\r\nconnection: keep-alive, x-private\r\nx-private: 1\r\nte: trailers\r\n\r\n");
    wire.reply().expect(200);
    let record = origin.only_record();
    for field in ["x-private", "te"] {
        assert_eq!(record.header(field), None, "{record:?}");
    }
}

#[test]
fn many_requests_at_once_all_get_their_own_answer() {
    let origin = Origin::start();
    let gate = Gate::before(&origin).with_tls().start();
    std::thread::scope(|scope| {
        for (number, version) in Version::ALL.into_iter().cycle().take(12).enumerate() {
            let gate = &gate;
            scope.spawn(move || {
                let said = format!("I am number {number}.");
                let request =
                    Curl::new(gate, version, "/v1/chat/completions").header("content-type: application/json");
                let reply = request
                    .post(chat(&said).to_string().as_bytes(), Framing::Sized)
                    .send()
                    .expect(200);
                assert!(reply.text().contains(&format!("You said: {said}")), "{reply}");
            });
        }
    });
    assert_eq!(origin.records().len(), 12);
}

#[test]
fn the_connection_lives_on_after_a_refused_body() {
    let origin = Origin::start();
    let gate = Gate::before(&origin).start();
    let mut wire = gate.wire();
    wire.send(
        "POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n\
         content-length: 1\r\n\r\n{",
    );
    wire.reply().expect_problem(400, "invalid_json");
    origin.assert_unheard();
    wire.send("GET /echo HTTP/1.1\r\nhost: x\r\n\r\n");
    wire.reply().expect(200);
}
