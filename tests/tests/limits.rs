//! Limits of size and time: each has its problem, which names it and its value, and the gate serves on.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests report by panicking"
)]

use std::net::Shutdown;
use std::time::Duration;

use lockgate_tests::prompts::{CHAT, HARMLESS, chat};
use lockgate_tests::{Curl, Framing, Gate, Origin, Version, Wire};

fn limited(limits: &str) -> (Origin, Gate) {
    let origin = Origin::start();
    let gate = Gate::before(&origin).with_tls().section("limits", limits).start();
    (origin, gate)
}

#[test]
fn a_body_over_the_limit_is_refused_and_the_limit_named() {
    let (origin, gate) = limited("{ body_bytes: 2KiB }");
    let body = chat(&HARMLESS.repeat(100)).to_string();
    for version in Version::ALL {
        for framing in Framing::ALL {
            let request = Curl::new(&gate, version, CHAT).header("content-type: application/json");
            let reply = request.post(body.as_bytes(), framing).send();
            let problem = reply.expect_problem(413, "body_too_large");
            assert_eq!(problem["limit"], "limits.body_bytes", "{problem}");
            assert!(
                problem["detail"]
                    .as_str()
                    .is_some_and(|detail| detail.contains("2KiB")),
                "{problem}"
            );
        }
    }
    gate.assert_shielded(&origin);
}

/// Past 64 KiB a body without a declared length is gathered after the upstream was connected to: it must not be
/// sent there all the same.
#[test]
fn a_large_body_over_the_limit_never_completes_at_the_origin() {
    let (origin, gate) = limited("{ body_bytes: 200KiB }");
    let body = chat(&HARMLESS.repeat(10_000)).to_string();
    for version in Version::ALL {
        for framing in Framing::ALL {
            let request = Curl::new(&gate, version, CHAT).header("content-type: application/json");
            let reply = request.post(body.as_bytes(), framing).send();
            reply.expect_problem(413, "body_too_large");
        }
    }
    assert!(
        origin
            .records()
            .iter()
            .all(|record| !record.complete && record.body.is_empty()),
        "{:?}",
        origin.records()
    );
    gate.assert_alive();
}

#[test]
fn a_head_over_the_limit_is_refused() {
    let (origin, gate) = limited("{ header_bytes: 4KiB }");
    let head = format!(
        "GET /echo HTTP/1.1\r\nhost: x\r\nx-long: {}\r\n\r\n",
        "x".repeat(8000)
    );
    let problem = gate.raw(head).expect_problem(431, "header_too_large");
    assert_eq!(problem["limit"], "limits.header_bytes", "{problem}");
    gate.assert_shielded(&origin);
}

#[test]
fn a_slow_head_is_closed_at_the_deadline() {
    let (origin, gate) = limited("{ header_timeout: 500ms }");
    let mut wire = gate.wire();
    wire.send("GET /echo HTTP/1.1\r\nhost: x\r\nx-slow: ");
    let problem = wire.reply().expect_problem(408, "header_timeout");
    assert_eq!(problem["limit"], "limits.header_timeout", "{problem}");
    assert!(wire.read_to_close().is_empty());
    gate.assert_shielded(&origin);
}

/// Bytes that keep coming do not push the deadline on.
#[test]
fn a_head_that_drips_is_closed_at_the_deadline() {
    let (origin, gate) = limited("{ header_timeout: 500ms }");
    let stream = std::net::TcpStream::connect(gate.address).expect("a connection");
    let mut dripping = stream.try_clone().expect("a second handle");
    let drips = std::thread::spawn(move || {
        let mut count = 0;
        while count < 1000 && std::io::Write::write_all(&mut dripping, b"x-drip: 1\r\n").is_ok() {
            std::thread::sleep(Duration::from_millis(50));
            count += 1;
        }
        count
    });
    let mut wire = Wire::from(stream.try_clone().expect("a third handle"));
    wire.send("GET /echo HTTP/1.1\r\nhost: x\r\n");
    wire.read_to_close();
    let _already_closed = stream.shutdown(Shutdown::Both);
    assert!(
        drips.join().expect("it counts") < 1000,
        "the gate was still listening after 50 seconds"
    );
    gate.assert_shielded(&origin);
}

#[test]
fn an_idle_connection_is_closed() {
    let (origin, gate) = limited("{ idle_timeout: 500ms }");
    assert!(gate.wire().read_to_close().is_empty());
    let mut wire = gate.wire();
    wire.send("GET /echo HTTP/1.1\r\nhost: x\r\n\r\n");
    wire.reply().expect(200);
    assert!(
        wire.read_to_close().is_empty(),
        "a second request was awaited for ever"
    );
    assert_eq!(origin.records().len(), 1);
}

#[test]
fn a_client_that_does_not_read_is_let_go() {
    let (_origin, gate) = limited("{ send_timeout: 500ms }");
    let mut wire = gate.wire();
    wire.send("GET /endless HTTP/1.1\r\nhost: x\r\n\r\n");
    let line = gate.wait_for_log(|line| line["path"] == "/endless");
    assert_eq!(line["outcome"], "broken", "{line}");
    assert_eq!(line["error"], "WriteTimedout", "{line}");
    gate.assert_alive();
    drop(wire);
}

#[test]
fn a_body_that_stops_arriving_is_refused() {
    let (origin, gate) = limited("{ body_timeout: 500ms }");
    let head = format!(
        "POST {CHAT} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{{"
    );
    gate.raw(head).expect_problem(408, "body_timeout");
    gate.assert_shielded(&origin);
}
