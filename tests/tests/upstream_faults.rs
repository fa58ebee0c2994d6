//! Upstreams that fail before they answer: what the client is told, and whether it may try again.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests report by panicking"
)]

use std::time::Duration;

use lockgate_tests::faulty::{Deaf, Identity, gate_before, h2};
use lockgate_tests::gate::{Settings, free_port};
use lockgate_tests::prompts::{CHAT, HARMLESS, chat};
use lockgate_tests::{Act, Faulty, Gate, Reply};
use serde_json::Value;

const IMPATIENT: &str = "connect_timeout: 400ms, read_timeout: 400ms, write_timeout: 400ms";

/// Requests of each sort, and whether they can be repeated after they may have been carried out.
fn requests(gate: &Gate) -> Vec<(&'static str, Reply, bool)> {
    let sized = "content-length: 0\r\n";
    let plain = |method: &str, headers: &str| {
        gate.raw(format!("{method} /orders HTTP/1.1\r\nhost: x\r\n{headers}\r\n"))
    };
    let ask = |path: &str| gate.post(path, chat(HARMLESS).to_string());
    vec![
        ("GET", plain("GET", ""), true),
        ("PUT", plain("PUT", sized), true),
        ("DELETE", plain("DELETE", ""), true),
        ("POST", plain("POST", sized), false),
        ("PATCH", plain("PATCH", sized), false),
        (
            "POST with a key",
            plain("POST", &format!("{sized}idempotency-key: 7\r\n")),
            true,
        ),
        ("POST of a prompt", ask(CHAT), true),
        ("POST of a prompt to Anthropic", ask("/v1/messages"), true),
    ]
}

/// Nothing had reached the upstream: everything can be repeated.
fn assert_nothing_was_done(gate: &Gate, status: u16, code: &str) {
    for (what, reply, _) in requests(gate) {
        assert_problem(what, &reply, status, code, true);
    }
    assert_forms(gate, status, code);
    gate.assert_alive();
}

/// The upstream may have acted: only what does no harm twice can be repeated.
fn assert_something_may_be_done(gate: &Gate, status: u16, code: &str) {
    for (what, reply, harmless) in requests(gate) {
        assert_problem(what, &reply, status, code, harmless);
    }
    assert_forms(gate, status, code);
    gate.assert_alive();
}

fn assert_problem(what: &str, reply: &Reply, status: u16, code: &str, retryable: bool) {
    let problem = reply.expect_problem(status, code);
    assert_eq!(problem["retryable"], retryable, "{what}: {reply}");
    let told = reply.header("x-should-retry");
    assert_eq!(
        told,
        Some(if retryable { "true" } else { "false" }),
        "{what}: {reply}"
    );
    assert_eq!(
        reply.header("retry-after").is_some(),
        retryable,
        "{what}: {reply}"
    );
    assert_eq!(problem["retry_after"].is_u64(), retryable, "{what}: {reply}");
    if let Some(wait) = problem["retry_after"].as_u64() {
        assert!(wait <= 60, "{what}: {reply}");
        assert_eq!(
            reply.header("retry-after"),
            Some(wait.to_string().as_str()),
            "{reply}"
        );
    }
    let detail = problem["detail"].as_str().unwrap_or_default();
    assert!(detail.contains("'faulty'"), "{what}: {reply}");
    assert!(!detail.contains("127.0.0.1"), "{what}: {reply}");
    assert_eq!(reply.header("cache-control"), Some("no-store"), "{reply}");
}

/// The same problem in each form that can be asked for.
fn assert_forms(gate: &Gate, status: u16, code: &str) {
    let kinds = [
        ("application/problem+json", "application/problem+json"),
        ("text/markdown", "text/markdown"),
        ("text/html", "text/html"),
    ];
    for (accept, media_type) in kinds {
        let reply = gate.raw(format!(
            "GET /orders HTTP/1.1\r\nhost: x\r\naccept: {accept}\r\n\r\n"
        ));
        assert_eq!(reply.status, status, "{reply}");
        let content_type = reply.header("content-type").unwrap_or_default();
        assert!(content_type.starts_with(media_type), "{reply}");
        assert!(reply.text().contains(code), "{reply}");
        assert!(
            reply.header("vary").unwrap_or_default().contains("accept"),
            "{reply}"
        );
    }
    let head = gate.wire_head("/orders");
    assert_eq!(head.status, status, "{head}");
}

/// `HEAD`, whose answer has no body.
trait WireHead {
    fn wire_head(&self, path: &str) -> Reply;
}

impl WireHead for Gate {
    fn wire_head(&self, path: &str) -> Reply {
        let mut wire = self.wire();
        wire.send(format!(
            "HEAD {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n"
        ));
        let head = wire.head();
        assert_eq!(wire.read_to_close(), b"", "a body after {head}");
        head
    }
}

#[test]
fn a_refused_connection() {
    let (_origin, settings) = gate_before(&format!("http://{}", free_port()), "");
    assert_nothing_was_done(&settings.start(), 502, "upstream_connect_failed");
}

#[test]
fn a_connection_that_is_never_made() {
    let deaf = Deaf::start();
    let (_origin, settings) = gate_before(&format!("http://{}", deaf.address()), IMPATIENT);
    assert_nothing_was_done(&settings.start(), 504, "upstream_connect_timeout");
}

#[test]
fn a_name_that_has_no_address() {
    let (_origin, settings) = gate_before("http://no-such-host.invalid", "");
    let gate = settings.start();
    assert_nothing_was_done(&gate, 502, "upstream_dns");
    let problem = gate.get("/orders").json();
    assert_eq!(problem["category"], "dns", "{problem}");
}

#[test]
fn silence_instead_of_an_answer() {
    let faulty = Faulty::playing([Act::Take, Act::Stall]);
    let (_origin, settings) = faulty.gate(IMPATIENT);
    let gate = settings.start();
    assert_something_may_be_done(&gate, 504, "upstream_timeout");
    let problem = gate.get("/orders").json();
    assert_eq!(problem["category"], "timeout", "{problem}");
}

/// What the upstream does not take in cannot be sent: far more than fits on the way.
#[test]
fn a_request_that_is_not_taken() {
    let faulty = Faulty::playing([Act::TakeHead, Act::Stall]);
    let (_origin, settings) = faulty.gate(IMPATIENT);
    let gate = settings.section("limits", "{ body_bytes: 64MiB }").start();
    let space = " ".repeat(16 << 20);
    for (path, body, retryable) in [
        ("/orders/7", "{}".to_owned(), false),
        (CHAT, chat(HARMLESS).to_string(), true),
    ] {
        let reply = gate.post(path, body + &space);
        assert_problem(path, &reply, 504, "upstream_send_timeout", retryable);
    }
    gate.assert_alive();
}

#[test]
fn a_reset_instead_of_an_answer() {
    let faulty = Faulty::playing([Act::Take, Act::Reset]);
    let (_origin, settings) = faulty.gate("");
    assert_something_may_be_done(&settings.start(), 502, "upstream_reset");
}

#[test]
fn an_end_instead_of_an_answer() {
    let faulty = Faulty::playing([Act::Take]);
    let (_origin, settings) = faulty.gate("");
    assert_something_may_be_done(&settings.start(), 502, "upstream_reset");
}

#[test]
fn a_reset_in_the_head() {
    let faulty = Faulty::playing([
        Act::Take,
        Act::send("HTTP/1.1 200 OK\r\ncontent-type: appl"),
        Act::Reset,
    ]);
    let (_origin, settings) = faulty.gate("");
    assert_something_may_be_done(&settings.start(), 502, "upstream_reset");
}

#[test]
fn a_head_that_stops() {
    let faulty = Faulty::playing([
        Act::Take,
        Act::send("HTTP/1.1 200 OK\r\ncontent-type: appl"),
        Act::Stall,
    ]);
    let (_origin, settings) = faulty.gate(IMPATIENT);
    assert_something_may_be_done(&settings.start(), 504, "upstream_timeout");
}

#[test]
fn answers_that_are_not_http() {
    let long = format!("HTTP/1.1 200 OK\r\nx-long: {}\r\n\r\n", "x".repeat(2 << 20));
    let many = format!("HTTP/1.1 200 OK\r\n{}\r\n", "x-field: x\r\n".repeat(10_000));
    let bytes: Vec<u8> = (0..=255).cycle().take(4096).collect();
    let all: [(&str, &[u8]); 9] = [
        ("another protocol", b"220 smtp.example.com ready\r\n\r\n"),
        ("HTTP/0.9", b"<html><body>It works!</body></html>"),
        ("an alert of TLS", b"\x15\x03\x03\x00\x02\x02\x0a"),
        ("bytes", &bytes),
        (
            "a status that is none",
            b"HTTP/1.1 99999 Much\r\ncontent-length: 0\r\n\r\n",
        ),
        (
            "a field without a name",
            b"HTTP/1.1 200 OK\r\n: x\r\ncontent-length: 0\r\n\r\n",
        ),
        (
            "a NUL in a field",
            b"HTTP/1.1 200 OK\r\nx-a: a\0b\r\ncontent-length: 0\r\n\r\n",
        ),
        ("a field of 2 MiB", long.as_bytes()),
        ("10,000 fields", many.as_bytes()),
    ];
    for (what, answer) in all {
        let faulty = Faulty::playing([Act::Take, Act::send(answer)]);
        let (_origin, settings) = faulty.gate(IMPATIENT);
        let gate = settings.start();
        let reply = gate.get("/orders");
        println!("{what}: {reply}");
        assert_problem(what, &reply, 502, "upstream_invalid_response", true);
        let reply = gate.post("/orders", "{}");
        assert_problem(what, &reply, 502, "upstream_invalid_response", false);
        gate.assert_alive();
    }
}

/// Two servers could read these in two ways; what follows the answer must not become somebody else's.
#[test]
fn lengths_that_contradict_each_other() {
    for framing in [
        "content-length: 5\r\ncontent-length: 6\r\n",
        "content-length: five\r\n",
        "content-length: -5\r\n",
        "content-length: 99999999999999999999999\r\n",
    ] {
        let answer = format!("HTTP/1.1 200 OK\r\n{framing}\r\nhello!");
        let faulty = Faulty::playing([Act::Take, Act::Send(answer.into())]);
        let (_origin, settings) = faulty.gate(IMPATIENT);
        let gate = settings.start();
        let reply = gate.get("/orders");
        assert_problem(framing, &reply, 502, "upstream_invalid_response", true);
        gate.assert_alive();
    }
}

/// An answer with another one behind it: the second is nobody's, least of all that of the next request.
#[test]
fn an_answer_that_nobody_asked_for_reaches_nobody() {
    let stray = b"helloHTTP/1.1 200 OK\r\nx-stray: yes\r\ncontent-length: 5\r\n\r\nstray";
    let faulty = Faulty::playing([
        Act::Take,
        Act::send([b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\n".as_slice(), stray].concat()),
        Act::Take,
        Act::answer("200 OK", "", "second"),
        Act::Take,
        Act::answer("200 OK", "", "third"),
    ]);
    let (_origin, settings) = faulty.gate("");
    let gate = settings.start();
    for _ in 0..3 {
        let reply = gate.get("/orders");
        assert_eq!(reply.header("x-stray"), None, "{reply}");
        assert_ne!(reply.text(), "stray", "{reply}");
    }
}

#[test]
fn interim_answers_without_end() {
    let interim = b"HTTP/1.1 100 Continue\r\n\r\n".to_vec();
    let faulty = Faulty::playing([Act::Take, Act::SendForever(interim, Duration::from_millis(5))]);
    let (_origin, settings) = faulty.gate(IMPATIENT);
    let gate = settings.start();
    let reply = gate.get("/orders");
    assert_problem("GET", &reply, 502, "upstream_invalid_response", true);
    let reply = gate.post("/orders", "{}");
    assert_problem("POST", &reply, 502, "upstream_invalid_response", false);
    gate.assert_alive();
}

/// What a server of HTTP/2 may say instead of an answer.
#[test]
fn http2_that_gives_up() {
    let cases = [
        (
            "a reset",
            vec![h2::Frame::reset(h2::INTERNAL_ERROR)],
            "upstream_reset",
        ),
        (
            "the end of the connection",
            vec![h2::Frame::go_away(h2::FIRST, h2::INTERNAL_ERROR)],
            "upstream_reset",
        ),
    ];
    for (what, frames, code) in cases {
        let faulty = Faulty::playing([
            Act::frames([h2::Frame::settings()]),
            Act::TakeH2,
            Act::frames(frames),
        ]);
        let (_origin, settings) = faulty.gate("protocol: http2");
        let gate = settings.start();
        println!("{what}");
        assert_something_may_be_done(&gate, 502, code);
    }
}

/// The one reset that says that nothing was done (RFC 9113, section 8.7).
#[test]
fn http2_that_refuses_a_stream_has_done_nothing() {
    let faulty = Faulty::playing([
        Act::frames([h2::Frame::settings()]),
        Act::TakeH2,
        Act::frames([h2::Frame::reset(h2::REFUSED_STREAM)]),
    ]);
    let (_origin, settings) = faulty.gate("protocol: http2");
    assert_nothing_was_done(&settings.start(), 502, "upstream_reset");
}

#[test]
fn http1_where_http2_is_expected() {
    let faulty = Faulty::playing([Act::answer("400 Bad Request", "", "")]);
    let (_origin, settings) = faulty.gate("protocol: http2");
    let gate = settings.start();
    let reply = gate.get("/orders");
    assert_problem("GET", &reply, 502, "upstream_invalid_response", true);
    gate.assert_alive();
}

// === TLS ===

fn assert_tls(settings: Settings) -> Value {
    let gate = settings.start();
    assert_nothing_was_done(&gate, 502, "upstream_tls");
    let problem = gate.get("/orders").json();
    assert_eq!(problem["category"], "tls", "{problem}");
    assert_eq!(problem["owner_action_required"], true, "{problem}");
    problem
}

/// The settings of a gate that trusts the authority of this certificate.
fn trusting(
    identity: &Identity,
    faulty: &Faulty,
    folder: &std::path::Path,
    more: &str,
) -> (lockgate_tests::Origin, Settings) {
    let file = folder.join("authority.pem");
    identity.write_authority(&file);
    let url = format!("https://localhost:{}", faulty.address().port());
    gate_before(&url, &format!("tls: {{ ca: \"{}\" }}{more}", file.display()))
}

fn well() -> [Act; 2] {
    [Act::Take, Act::answer("200 OK", "", "well")]
}

#[test]
fn a_certificate_that_is_good() {
    let folder = tempfile::tempdir().unwrap();
    let identity = Identity::of(&["localhost"]);
    let faulty = Faulty::behind_tls(&identity, well());
    let (_origin, settings) = trusting(&identity, &faulty, folder.path(), "");
    assert_eq!(settings.start().get("/orders").expect(200).text(), "well");
}

#[test]
fn a_certificate_that_has_expired() {
    let folder = tempfile::tempdir().unwrap();
    let identity = Identity::expired(&["localhost"]);
    let faulty = Faulty::behind_tls(&identity, well());
    let (_origin, settings) = trusting(&identity, &faulty, folder.path(), "");
    assert_tls(settings);
    assert!(faulty.requests().is_empty());
}

#[test]
fn a_certificate_of_another_host() {
    let folder = tempfile::tempdir().unwrap();
    let identity = Identity::of(&["other.example"]);
    let faulty = Faulty::behind_tls(&identity, well());
    let (_origin, settings) = trusting(&identity, &faulty, folder.path(), "");
    assert_tls(settings);
    assert!(faulty.requests().is_empty());
}

#[test]
fn a_certificate_of_an_unknown_authority() {
    let folder = tempfile::tempdir().unwrap();
    let identity = Identity::of(&["localhost"]);
    let faulty = Faulty::behind_tls(&identity, well());
    let other = Identity::of(&["localhost"]);
    let (_origin, settings) = trusting(&other, &faulty, folder.path(), "");
    assert_tls(settings);
    assert!(faulty.requests().is_empty());
}

#[test]
fn plain_text_where_tls_is_expected() {
    let faulty = Faulty::playing([Act::send("HTTP/1.1 400 Bad Request\r\n\r\n")]);
    let (_origin, settings) = gate_before(&format!("https://{}", faulty.address()), "");
    assert_tls(settings);
}

#[test]
fn a_handshake_that_breaks_off() {
    let faulty = Faulty::playing([Act::Hear, Act::Reset]);
    let (_origin, settings) = gate_before(&format!("https://{}", faulty.address()), "");
    assert_tls(settings);
}

#[test]
fn a_handshake_that_stops() {
    let faulty = Faulty::playing([Act::Stall]);
    let (_origin, settings) = gate_before(&format!("https://{}", faulty.address()), IMPATIENT);
    assert_nothing_was_done(&settings.start(), 504, "upstream_connect_timeout");
}
