//! The harness itself: the origin answers and records as it says, straight and without a gate between.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests report by panicking"
)]

use lockgate_tests::{Origin, Wire};

#[test]
fn the_origin_records_method_path_headers_and_body() {
    let origin = Origin::start();
    let mut wire = Wire::connect(origin.address());
    wire.send("POST /echo?a=1 HTTP/1.1\r\nhost: x\r\nX-Marker: 7\r\ncontent-length: 5\r\n\r\nhello");
    assert_eq!(wire.reply().expect(200).text(), "hello");
    let record = origin.only_record();
    assert_eq!(
        (
            record.method.as_str(),
            record.path.as_str(),
            record.text().as_str()
        ),
        ("POST", "/echo?a=1", "hello")
    );
    assert_eq!(record.header("x-marker"), Some("7"));
    assert!(record.complete);
}

#[test]
fn the_origin_sends_each_step_when_it_is_told() {
    let origin = Origin::start();
    let mut wire = Wire::connect(origin.address());
    wire.send("GET /stepped HTTP/1.1\r\nhost: x\r\n\r\n");
    assert_eq!(wire.head().status, 200);
    for step in 0..lockgate_tests::origin::STEPS {
        assert_eq!(wire.chunk(), format!("data: {{\"n\":{step}}}\n\n").into_bytes());
        origin.step();
    }
    assert!(wire.chunk().is_empty());
}

#[test]
fn the_origin_can_hang_up_before_and_within_an_answer() {
    let origin = Origin::start();
    let mut wire = Wire::connect(origin.address());
    wire.send("GET /hang-up HTTP/1.1\r\nhost: x\r\n\r\n");
    assert!(wire.read_to_close().is_empty());
    let mut wire = Wire::connect(origin.address());
    wire.send("GET /half HTTP/1.1\r\nhost: x\r\n\r\n");
    assert_eq!(wire.head().status, 200);
    assert_eq!(wire.chunk(), b"the first half");
    origin.step();
    assert!(wire.read_to_close().is_empty());
}
