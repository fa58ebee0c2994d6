//! A gate that is told to stop finishes what it has begun.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests report by panicking"
)]

use lockgate_tests::origin::STEPS;
use lockgate_tests::{Gate, Origin};

#[test]
fn a_stream_under_way_is_finished() {
    let origin = Origin::start();
    let mut gate = Gate::before(&origin).start();
    let mut wire = gate.wire();
    wire.send("GET /stepped HTTP/1.1\r\nhost: gate.test\r\n\r\n");
    assert_eq!(wire.head().status, 200);
    wire.chunk();
    gate.terminate();
    gate.wait("the end of listening", || {
        std::net::TcpStream::connect(gate.address).is_err().then_some(())
    });
    for step in 1..STEPS {
        origin.step();
        assert_eq!(wire.chunk(), format!("data: {{\"n\":{step}}}\n\n").into_bytes());
    }
    assert!(wire.chunk().is_empty());
    drop(wire);
    assert!(gate.wait_for_end().success());
}

#[test]
fn an_idle_gate_stops_at_once() {
    let origin = Origin::start();
    let mut gate = Gate::before(&origin)
        .section("server", "{ grace_period: 20s }")
        .start();
    gate.assert_alive();
    // A connection that only waits for its next request holds nothing up.
    let mut wire = gate.wire();
    wire.send("GET /echo HTTP/1.1\r\nhost: gate.test\r\n\r\n");
    wire.reply().expect(200);
    let told = std::time::Instant::now();
    gate.terminate();
    assert!(gate.wait_for_end().success());
    assert!(told.elapsed().as_secs() < 10, "{:?}", told.elapsed());
}
