//! Heads that mean two things, or nothing: each gets its own problem and none reaches the origin.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests report by panicking"
)]

use lockgate_tests::{Curl, Gate, Origin, Version};

fn start() -> (Origin, Gate) {
    let origin = Origin::start();
    let gate = Gate::before(&origin).with_tls().start();
    (origin, gate)
}

#[test]
fn lengths_that_mean_two_things_are_refused() {
    let (origin, gate) = start();
    for framing in [
        "content-length: 5\r\ntransfer-encoding: chunked",
        "transfer-encoding: chunked\r\ntransfer-encoding: chunked",
        "transfer-encoding: gzip, chunked",
        "transfer-encoding: xchunked",
        "content-length: 5\r\ncontent-length: 6",
        "content-length: five",
        "content-length: -5",
        "content-length: 5, 5",
        "content-length: 99999999999999999999999999",
    ] {
        let request = format!("POST /echo HTTP/1.1\r\nhost: x\r\n{framing}\r\n\r\n0\r\n\r\n");
        gate.raw(request).expect_problem(400, "ambiguous_length");
    }
    gate.assert_shielded(&origin);
}

/// What comes after the declared end is no part of the first request: it is refused, or the connection closed.
#[test]
fn bytes_past_the_declared_length_are_not_forwarded() {
    let (origin, gate) = start();
    let mut wire = gate.wire();
    wire.send("POST /echo HTTP/1.1\r\nhost: x\r\ncontent-type: text/plain\r\ncontent-length: 3\r\n\r\nabcdefgh\r\n\r\n");
    assert_eq!(wire.reply().expect(200).text(), "abc");
    let rest = wire.read_to_close();
    assert!(
        rest.is_empty() || rest.starts_with(b"HTTP/1.1 400"),
        "{}",
        String::from_utf8_lossy(&rest)
    );
    assert_eq!(origin.only_record().text(), "abc");
    gate.assert_alive();
}

#[test]
fn a_missing_host_is_refused() {
    let (origin, gate) = start();
    for head in [
        "GET /echo HTTP/1.1\r\n\r\n",
        "GET /echo HTTP/1.1\r\nx-other: 1\r\n\r\n",
        "GET /echo HTTP/1.1\r\nhost:\r\n\r\n",
    ] {
        gate.raw(head).expect_problem(400, "missing_host");
    }
    gate.assert_shielded(&origin);
}

#[test]
fn an_unknown_method_is_refused() {
    let (origin, gate) = start();
    for version in Version::ALL {
        let reply = Curl::new(&gate, version, "/echo").method("BREW").send();
        reply.expect_problem(501, "method_unknown");
    }
    gate.assert_shielded(&origin);
}

#[test]
fn what_is_no_http_is_refused() {
    let (origin, gate) = start();
    for bytes in [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\n".as_slice(),
        b"GET\r\n\r\n",
        b"GET / HTTP/9.9\r\nhost: x\r\n\r\n",
        b"\x00\x00\n\n",
    ] {
        gate.raw(bytes).expect_problem(400, "malformed_request");
    }
    gate.assert_shielded(&origin);
}

#[test]
fn a_broken_http2_connection_is_closed() {
    let (origin, gate) = start();
    let mut wire = gate.wire();
    wire.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\nthis is no frame at all, and never will be one");
    wire.finish();
    wire.read_to_close();
    gate.assert_shielded(&origin);
}
