//! An upstream that fails is told to the client as a problem, and the gate serves on.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests report by panicking"
)]

use lockgate_tests::gate::{Settings, free_port};
use lockgate_tests::{Gate, Origin};

#[test]
fn an_upstream_that_is_not_there_is_a_problem() {
    let gate = Settings::new(&format!("http://{}", free_port())).start();
    let problem = gate.get("/echo").expect_problem(502, "upstream_connect_failed");
    assert_eq!(problem["category"], "upstream");
    gate.get("/echo").expect_problem(502, "upstream_connect_failed");
}

#[test]
fn an_upstream_without_an_address_is_a_problem() {
    let gate = Settings::new("http://no-such-host.invalid:80").start();
    gate.get("/echo").expect_problem(502, "upstream_dns");
}

#[test]
fn an_upstream_that_hangs_up_is_a_problem() {
    let origin = Origin::start();
    let gate = Gate::before(&origin).start();
    gate.post("/hang-up", "{}").expect_problem(502, "upstream_reset");
    gate.assert_alive();
}

#[test]
fn an_upstream_that_never_answers_is_a_problem() {
    let origin = Origin::start();
    let upstream = format!(
        "{{ origin: {{ url: \"http://{}\", read_timeout: 300ms }} }}",
        origin.address()
    );
    let gate = Gate::before(&origin).section("upstreams", upstream).start();
    gate.get("/silent").expect_problem(504, "upstream_timeout");
    gate.assert_alive();
}

#[test]
fn an_upstream_that_speaks_no_http_is_a_problem() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("its address");
    let origin = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().expect("a connection");
        let mut head = [0; 16];
        std::io::Read::read_exact(&mut stream, &mut head).expect("a request");
        std::io::Write::write_all(&mut stream, b"220 smtp.example.com ready\r\n\r\n").expect("an answer");
    });
    let gate = Settings::new(&format!("http://{address}")).start();
    gate.get("/echo").expect_problem(502, "upstream_invalid_response");
    origin.join().expect("it ended");
}

#[test]
fn an_upstream_that_speaks_no_tls_is_a_problem() {
    let origin = Origin::start();
    let gate = Settings::new(&format!("https://{}", origin.address())).start();
    gate.get("/echo").expect_problem(502, "upstream_tls");
}

#[test]
fn an_answer_of_the_upstream_passes_with_its_status() {
    let origin = Origin::start();
    let gate = Gate::before(&origin).start();
    for status in [200, 204, 301, 404, 429, 500, 503] {
        assert_eq!(gate.get(&format!("/status/{status}")).status, status);
    }
}

#[test]
fn a_path_that_no_route_takes_is_a_problem() {
    let origin = Origin::start();
    let gate = Gate::before(&origin)
        .section("routes", "[{ name: v1, path: /v1, upstream: origin }]")
        .start();
    gate.get("/echo").expect_problem(404, "route_not_found");
    gate.get("/v10").expect_problem(404, "route_not_found");
    assert_eq!(origin.connections(), 0);
}

/// The origin may have acted on a request before it hung up: sending it again is for the client to decide.
#[test]
fn a_post_is_sent_once_even_on_a_connection_that_was_used_before() {
    let origin = Origin::start();
    let gate = Gate::before(&origin).start();
    gate.post("/echo", "{}").expect(200);
    gate.post("/hang-up", "{}").expect_problem(502, "upstream_reset");
    let sent: Vec<_> = origin
        .records()
        .into_iter()
        .filter(|record| record.path == "/hang-up")
        .collect();
    assert_eq!(sent.len(), 1, "{sent:?}");
}
