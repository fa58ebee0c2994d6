//! Errors for gRPC's clients: a status in the head, and a stream that ends with it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests report by panicking"
)]

use lockgate_tests::gate::{Settings, free_port};
use lockgate_tests::origin::PAGE;
use lockgate_tests::{Canned, Curl, Framing, Gate, Origin, Reply, Version, Wire};

/// A message of gRPC: not compressed, five bytes long.
const MESSAGE: &[u8] = b"\0\0\0\0\x05hello";

fn call(gate: &Gate, version: Version, path: &str, media: &str) -> Reply {
    Curl::new(gate, version, path)
        .header(&format!("content-type: {media}"))
        .header("te: trailers")
        .post(MESSAGE, Framing::Unsized)
        .send()
        .expect(200)
}

fn expect_status(reply: &Reply, status: &str, message: &str) {
    assert_eq!(reply.header("grpc-status"), Some(status), "{reply}");
    let told = reply.header("grpc-message").unwrap_or_default();
    assert!(told.starts_with(message), "{reply}");
    assert!(reply.body.is_empty(), "{reply}");
}

#[test]
fn failures_and_refusals_are_a_status() {
    let gate = Settings::new(&format!("http://{}", free_port()))
        .section("routes", "[{ name: one, path: /one, upstream: origin }]")
        .with_tls()
        .start();
    for version in Version::ALL {
        let reply = call(&gate, version, "/one/Service/Method", "application/grpc");
        expect_status(&reply, "14", "upstream_connect_failed: ");
        assert_eq!(reply.header("content-type"), Some("application/grpc"), "{reply}");
        assert_eq!(reply.header("grpc-retry-pushback-ms"), Some("10000"), "{reply}");
        let reply = call(&gate, version, "/other/Service/Method", "application/grpc+proto");
        expect_status(&reply, "5", "route_not_found: ");
        assert_eq!(reply.header("grpc-retry-pushback-ms"), Some("-1"), "{reply}");
    }
    let reply = call(&gate, Version::Http1, "/one/S/M", "application/grpc-web+proto");
    assert_eq!(
        reply.header("content-type"),
        Some("application/grpc-web+proto"),
        "{reply}"
    );
}

#[test]
fn a_page_of_the_upstream_is_a_status() {
    let origin = Origin::start();
    let gate = Gate::both_ways(&origin).start();
    origin.answer(
        "/S/M",
        Canned::new(503)
            .body("text/html", PAGE)
            .header("retry-after", "2"),
    );
    for path in ["/S/M", "/h2/S/M"] {
        let reply = call(&gate, Version::H2c, path, "application/grpc");
        expect_status(&reply, "14", "upstream_overloaded: ");
        assert_eq!(reply.header("grpc-retry-pushback-ms"), Some("2000"), "{reply}");
    }
    origin.answer(
        "/S/M",
        Canned::new(200)
            .body("application/grpc", MESSAGE)
            .header("grpc-status", "0"),
    );
    let reply = call(&gate, Version::H2c, "/h2/S/M", "application/grpc");
    assert_eq!(
        (reply.header("grpc-status"), &*reply.body),
        (Some("0"), MESSAGE),
        "{reply}"
    );
}

/// Clients take a head with a status for the whole answer only if the stream ends with it.
#[test]
fn the_stream_ends_with_its_head() {
    const HEADERS: u8 = 1;
    const END_STREAM: u8 = 1;
    let origin = Origin::start();
    let gate = Gate::before(&origin).start();
    origin.answer("/S/M", Canned::new(502).body("text/html", PAGE));
    for path in ["/S/M", "/.well-known/nothing"] {
        let mut wire = gate.wire();
        wire.send(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
        wire.send(frame(4, 0, 0, &[]));
        let fields = [
            (":method", "POST"),
            (":scheme", "http"),
            (":path", path),
            (":authority", "gate.test"),
            ("content-type", "application/grpc"),
            ("te", "trailers"),
        ];
        wire.send(frame(HEADERS, 4, 1, &literal(&fields)));
        wire.send(frame(0, END_STREAM, 1, MESSAGE));
        let (kind, flags) = std::iter::repeat_with(|| next_frame(&mut wire))
            .find(|(kind, _)| *kind <= HEADERS)
            .unwrap();
        assert_eq!((kind, flags & END_STREAM), (HEADERS, END_STREAM), "{path}");
    }
}

/// A frame of HTTP/2.
fn frame(kind: u8, flags: u8, stream: u8, payload: &[u8]) -> Vec<u8> {
    let length = u8::try_from(payload.len()).unwrap();
    [&[0, 0, length, kind, flags, 0, 0, 0, stream], payload].concat()
}

/// Header fields that need no table (RFC 7541, section 6.2.2).
fn literal(fields: &[(&str, &str)]) -> Vec<u8> {
    let string = |text: &str| [&[u8::try_from(text.len()).unwrap()], text.as_bytes()].concat();
    let field = |(name, value): &(&str, &str)| [vec![0], string(name), string(value)].concat();
    fields.iter().flat_map(field).collect()
}

/// Kind and flags of the next frame.
fn next_frame(wire: &mut Wire) -> (u8, u8) {
    let head = wire.read_exactly(9);
    let length = usize::from(head[1]) * 256 + usize::from(head[2]);
    wire.read_exactly(length);
    (head[3], head[4])
}
