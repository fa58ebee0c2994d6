//! Answers that go on: events arrive as they are sent, and an upgraded connection carries both directions.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests report by panicking"
)]

use std::io::Read;

use lockgate_tests::origin::STEPS;
use lockgate_tests::{Curl, Gate, Origin, Version};

/// The origin sends event n + 1 only after the client has received event n: a gate that holds back, or puts two
/// events together, makes this wait for ever.
#[test]
fn each_event_arrives_alone_before_the_next_is_sent() {
    let origin = Origin::start();
    let gate = Gate::before(&origin).start();
    let mut wire = gate.wire();
    wire.send("GET /stepped HTTP/1.1\r\nhost: gate.test\r\n\r\n");
    let head = wire.head();
    assert_eq!(
        (head.status, head.header("content-type")),
        (200, Some("text/event-stream"))
    );
    for step in 0..STEPS {
        assert_eq!(String::from_utf8_lossy(&wire.chunk()), event(step));
        origin.step();
    }
    assert!(wire.chunk().is_empty());
}

#[test]
fn each_event_arrives_before_the_next_is_sent_over_h2c() {
    arrives_before_the_next_is_sent(Version::H2c);
}

#[test]
fn each_event_arrives_before_the_next_is_sent_over_tls_h2() {
    arrives_before_the_next_is_sent(Version::TlsH2);
}

fn arrives_before_the_next_is_sent(version: Version) {
    let origin = Origin::start();
    let gate = Gate::before(&origin).with_tls().start();
    let mut curl = Curl::new(&gate, version, "/stepped").stream();
    let mut output = curl.process.stdout.take().expect("a pipe");
    for step in 0..STEPS {
        let mut received = vec![0; event(step).len()];
        output.read_exact(&mut received).expect("an event");
        assert_eq!(String::from_utf8_lossy(&received), event(step));
        origin.step();
    }
    assert_eq!(output.read(&mut [0]).expect("the end"), 0);
    assert!(curl.process.wait().expect("its end").success());
}

#[test]
fn a_stream_that_breaks_off_does_not_look_complete() {
    let origin = Origin::start();
    let gate = Gate::before(&origin).start();
    let mut wire = gate.wire();
    wire.send("GET /half HTTP/1.1\r\nhost: gate.test\r\n\r\n");
    assert_eq!(wire.head().status, 200);
    assert_eq!(wire.chunk(), b"the first half");
    origin.step();
    // A last chunk would say that this was all.
    assert!(wire.read_to_close().is_empty());
    gate.assert_alive();
}

#[test]
fn an_upgraded_connection_carries_both_directions() {
    let origin = Origin::start();
    let gate = Gate::before(&origin).start();
    let mut wire = gate.wire();
    wire.send(
        "GET /socket HTTP/1.1\r\nhost: gate.test\r\nconnection: Upgrade\r\nupgrade: websocket\r\n\
         sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
    );
    let reply = wire.reply().expect(101);
    assert_eq!(reply.header("upgrade"), Some("websocket"));
    // The origin speaks first, then answers; nothing of it is HTTP any more.
    assert_eq!(wire.read_exactly(22), b"hello from the origin\n");
    for word in ["first", "second", "\u{0}\u{1}third"] {
        wire.send(word);
        assert_eq!(
            wire.read_exactly(word.len()),
            word.to_ascii_uppercase().as_bytes()
        );
    }
    assert!(origin.only_record().header("upgrade").is_some());
    drop(wire);
    gate.assert_alive();
}

fn event(step: usize) -> String {
    format!("data: {{\"n\":{step}}}\n\n")
}
