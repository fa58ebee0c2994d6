//! Error answers of the upstream on the wire: lengths, codings, connections, and what comes before and after them.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests report by panicking"
)]

use lockgate_tests::gate::Settings;
use lockgate_tests::origin::PAGE;
use lockgate_tests::prompts::{CHAT, HARMLESS, chat};
use lockgate_tests::{Canned, Curl, Framing, Gate, Origin, Reply, Version, Wire};

fn with_errors(origin: &Origin, errors: &str) -> Gate {
    Gate::before(origin).section("errors", errors).start()
}

fn ask(gate: &Gate, path: &str) -> Reply {
    gate.post(path, chat(HARMLESS).to_string())
}

/// `<html><title>502 Bad Gateway</title><p>The backend is gone.</p></html>`, compressed.
#[test]
fn compressed_pages_are_read() {
    let origin = Origin::start();
    let gate = Gate::before(&origin).start();
    for (coding, packed) in [
        (
            "gzip",
            "1f8b0800000000000203b3c928c9cdb1b329c92cc949b533353052704a4c51704f2c492d4facb4d18708db14d88564a42a24252667a7e6a52864162ba4e7e7a5ead9e817d8d9e883f503001eb68c7046000000",
        ),
        (
            "deflate",
            "789cb3c928c9cdb1b329c92cc949b533353052704a4c51704f2c492d4facb4d18708db14d88564a42a24252667a7e6a52864162ba4e7e7a5ead9e817d8d9e883f503004a9817a4",
        ),
        (
            "br",
            "1b4500508c9354fd3d1ca1d2d56da92eb48b59162c963cf8418b1c14c4aaa102871c6940dc76c9f022549e04e165c7991b8f061ea5a2cb3174e3e9f7809267408aed5867c49366c9b68c",
        ),
        (
            "zstd",
            "28b52ffd04583102003c68746d6c3e3c7469746c653e3530322042616420476174657761793c2f7469746c653e3c703e546865206261636b656e6420697320676f6e652e3c2f703e3c2f68746d6c3eb522ba62",
        ),
    ] {
        let packed: Vec<u8> = (0..packed.len())
            .step_by(2)
            .map(|at| u8::from_str_radix(&packed[at..at + 2], 16).unwrap())
            .collect();
        let answer = Canned::new(502).body("text/html", packed.clone());
        origin.answer("/page", answer.clone().header("content-encoding", coding));
        let reply = gate.get("/page");
        let problem = reply.expect_problem(502, "upstream_failed");
        assert!(
            problem["detail"].as_str().unwrap().contains("backend is gone"),
            "{coding}: {reply}"
        );
        assert_eq!(reply.header("content-encoding"), None);

        origin.answer("/page", answer.header("content-encoding", "x-unheard-of"));
        let reply = gate.get("/page").expect(502);
        assert_eq!(reply.body, packed, "a coding that nobody knows passes");
    }
}

#[test]
fn an_error_that_is_too_large_passes_or_is_cut() {
    let origin = Origin::start();
    let gate = with_errors(&origin, "{ body_bytes: 1KiB }");
    let json = format!(r#"{{"error":{{"message":"{}"}}}}"#, "x".repeat(5000));
    origin.answer(CHAT, Canned::new(500).body("application/json", json.clone()));
    assert_eq!(ask(&gate, CHAT).expect(500).text(), json, "declared: it passes");

    origin.answer(
        CHAT,
        Canned::new(500).body("application/json", json).in_pieces(900),
    );
    let reply = ask(&gate, CHAT);
    let problem = reply.expect_problem(500, "upstream_failed");
    assert_eq!(
        problem["error"]["code"], "upstream_failed",
        "not declared: {reply}"
    );

    let page = format!("<html><title>It is long</title>{}", "<p>long</p>".repeat(1000));
    origin.answer("/page", Canned::new(500).body("text/html", page));
    let mut wire = gate.wire();
    for _ in 0..2 {
        wire.send("GET /page HTTP/1.1\r\nhost: gate.test\r\n\r\n");
        let problem = wire.reply().expect_problem(500, "upstream_failed");
        assert!(
            problem["detail"].as_str().unwrap().contains("It is long"),
            "{problem}"
        );
    }
}

#[test]
fn an_error_without_end_ends() {
    let origin = Origin::start();
    let gate = Gate::both_ways(&origin).start();
    let endless = vec![b'x'; 4 << 20];
    origin.answer(
        "/endless",
        Canned::new(500).body("text/plain", endless).in_pieces(16384),
    );
    for path in ["/endless", "/h2/endless"] {
        let problem = gate.get(path).expect_problem(500, "upstream_failed");
        assert_eq!(problem["truncated"], true, "{problem}");
    }
    gate.assert_alive();
}

#[test]
fn head_requests_get_the_fields_and_no_body() {
    let origin = Origin::start();
    let gate = Gate::both_ways(&origin).start();
    origin.answer(
        "/page",
        Canned::new(503)
            .body("text/html", PAGE)
            .header("retry-after", "3"),
    );
    let mut wire = gate.wire();
    for path in ["/page", "/h2/page", "/page"] {
        wire.send(format!("HEAD {path} HTTP/1.1\r\nhost: gate.test\r\n\r\n"));
        let head = wire.head();
        assert_eq!(head.status, 503);
        for (name, value) in [
            ("content-type", Some("application/problem+json")),
            ("retry-after", Some("3")),
            ("x-should-retry", Some("true")),
            ("content-length", None),
            ("transfer-encoding", None),
        ] {
            assert_eq!(head.header(name), value, "{name} of {head}");
        }
    }
    for version in Version::ALL.into_iter().take(2) {
        let reply = Curl::new(&gate, version, "/page").head().send().expect(503);
        assert_eq!(
            reply.header("content-type"),
            Some("application/problem+json"),
            "{reply}"
        );
    }
}

#[test]
fn a_refused_upgrade_is_an_error_like_any_other() {
    let origin = Origin::start();
    let gate = Gate::before(&origin).start();
    origin.answer("/socket", Canned::new(403).body("text/html", PAGE));
    let mut wire = gate.wire();
    wire.send(
        "GET /socket HTTP/1.1\r\nhost: gate.test\r\nconnection: Upgrade\r\nupgrade: websocket\r\n\
         sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
    );
    wire.reply().expect_problem(403, "upstream_forbidden");
    wire.send("GET /echo HTTP/1.1\r\nhost: gate.test\r\n\r\n");
    wire.reply().expect(200);
}

/// The client waits for the head before it sends its body, or has sent a little of it: it gets the answer before the
/// rest, which the upstream does not want.
#[test]
fn a_client_that_is_still_sending_hears_the_refusal() {
    let length = PAGE.len();
    for (expect, answer) in [
        (
            "expect: 100-continue\r\n",
            format!("content-type: text/html\r\ncontent-length: {length}\r\n\r\n{PAGE}"),
        ),
        (
            "",
            format!(
                "content-type: text/html\r\ntransfer-encoding: chunked\r\n\r\n{length:x}\r\n{PAGE}\r\n0\r\n\r\n"
            ),
        ),
        ("", "content-length: 0\r\n\r\n".to_owned()),
    ] {
        let upstream = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let address = upstream.local_addr().unwrap();
        let serving = std::thread::spawn(move || {
            let mut wire = Wire::from(upstream.accept().unwrap().0);
            wire.read_exactly(16);
            wire.send(format!("HTTP/1.1 413 Too Large\r\n{answer}"));
            wire
        });
        let gate = Settings::new(&format!("http://{address}")).start();
        let mut wire = gate.wire();
        wire.send(format!(
            "PUT /upload HTTP/1.1\r\nhost: gate.test\r\n{expect}\
             content-type: application/octet-stream\r\ncontent-length: 1000000\r\n\r\n"
        ));
        if expect.is_empty() {
            wire.send([7; 1000]);
        }
        let reply = wire.reply();
        let problem = reply.expect_problem(413, "upstream_too_large");
        assert!(problem.get("truncated").is_none(), "{reply}");
        let line = gate.wait_for_log(|line| line["path"] == "/upload");
        assert_eq!(
            (&line["outcome"], line.get("error")),
            (&"passed".into(), None),
            "{line}"
        );
        let _open = serving.join().unwrap();
    }
}

#[test]
fn uploads_that_are_refused_early_get_their_problem() {
    let origin = Origin::start();
    let gate = Gate::both_ways(&origin).with_tls().start();
    origin.answer("/upload", Canned::new(413).body("text/html", PAGE));
    for version in Version::ALL {
        for framing in Framing::ALL {
            for path in ["/upload", "/h2/upload"] {
                let reply = Curl::new(&gate, version, path)
                    .header("content-type: application/octet-stream")
                    .post(&vec![7; 300_000], framing)
                    .send();
                reply.expect_problem(413, "upstream_too_large");
            }
        }
    }
}

#[test]
fn interim_answers_come_before_the_problem() {
    let upstream = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = upstream.local_addr().unwrap();
    let (step, steps) = std::sync::mpsc::channel();
    let serving = std::thread::spawn(move || {
        let mut wire = Wire::from(upstream.accept().unwrap().0);
        wire.read_exactly(16);
        wire.send("HTTP/1.1 103 Early Hints\r\nlink: </a.css>; rel=preload\r\n\r\n");
        steps.recv().unwrap();
        let length = PAGE.len();
        wire.send(format!(
            "HTTP/1.1 500 Oops\r\ncontent-type: text/html\r\ncontent-length: {length}\r\n\r\n{PAGE}"
        ));
        wire
    });
    let gate = Settings::new(&format!("http://{address}")).start();
    let mut wire = gate.wire();
    wire.send("GET /page HTTP/1.1\r\nhost: gate.test\r\n\r\n");
    let early = wire.head();
    assert_eq!((early.status, early.header("link").is_some()), (103, true));
    step.send(()).unwrap();
    wire.reply().expect_problem(500, "upstream_failed");
    let _open = serving.join().unwrap();
}

#[test]
fn an_error_body_that_breaks_off_is_told_as_far_as_it_came() {
    for head in [
        "transfer-encoding: chunked\r\n\r\n40\r\n",
        "content-length: 5000\r\n\r\n",
    ] {
        let upstream = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let address = upstream.local_addr().unwrap();
        let serving = std::thread::spawn(move || {
            let mut wire = Wire::from(upstream.accept().unwrap().0);
            wire.read_exactly(16);
            wire.send(format!(
                "HTTP/1.1 503 Busy\r\nretry-after: 4\r\ncontent-type: text/html\r\n{head}"
            ));
            wire.send("<html><title>Down for maintenance</title><p>");
        });
        let gate = Settings::new(&format!("http://{address}")).start();
        let reply = gate.get("/page");
        let problem = reply.expect_problem(503, "upstream_overloaded");
        assert_eq!(
            (&problem["truncated"], &problem["retry_after"]),
            (&true.into(), &4.into())
        );
        assert!(
            problem["detail"].as_str().unwrap().contains("maintenance"),
            "{reply}"
        );
        serving.join().unwrap();
        let line = gate.wait_for_log(|line| line["path"] == "/page");
        assert_eq!(
            (&line["status"], &line["source"]),
            (&503.into(), &"upstream".into()),
            "{line}"
        );
        assert!(line["error"].is_string(), "{line}");
    }
}

#[test]
fn connections_live_on_on_both_sides() {
    let origin = Origin::start();
    let gate = Gate::before(&origin).start();
    origin.answer("/page", Canned::new(503).body("text/html", PAGE));
    origin.answer("/chunks", Canned::new(500).body("text/html", PAGE).in_pieces(10));
    origin.answer("/empty", Canned::new(404).header("content-length", "0"));
    let mut wire = gate.wire();
    for (path, status, code) in [
        ("/page", 503, "upstream_overloaded"),
        ("/chunks", 500, "upstream_failed"),
        ("/empty", 404, "upstream_not_found"),
        ("/page", 503, "upstream_overloaded"),
    ] {
        wire.send(format!("GET {path} HTTP/1.1\r\nhost: gate.test\r\n\r\n"));
        let reply = wire.reply();
        reply.expect_problem(status, code);
        assert_eq!(reply.header("connection"), Some("keep-alive"), "{reply}");
    }
    wire.send("GET /echo HTTP/1.1\r\nhost: gate.test\r\n\r\n");
    wire.reply().expect(200);
    assert_eq!(origin.connections(), 1);
}
