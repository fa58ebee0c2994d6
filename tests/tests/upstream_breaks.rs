//! Answers that break off in the middle: no client may take a part for the whole.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests report by panicking"
)]

use lockgate_tests::faulty::{gate_before, h2};
use lockgate_tests::prompts::{CHAT, HARMLESS, chat};
use lockgate_tests::{Act, Curl, Faulty, Gate, Origin, Reply, Version};
use serde_json::Value;

const IMPATIENT: &str = "read_timeout: 400ms";
const SIZED: &str = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n";
const CHUNKED: &str =
    "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n";
const EVENTS: &str =
    "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n";
const EVENTS_TO_CLOSE: &str =
    "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n";
const LINES: &str =
    "HTTP/1.1 200 OK\r\ncontent-type: application/x-ndjson\r\ntransfer-encoding: chunked\r\n\r\n";

fn broken(script: Vec<Act>, more: &str) -> (Faulty, Origin, Gate) {
    let faulty = Faulty::playing(script);
    let (origin, settings) = faulty.gate(more);
    let gate = settings.with_tls().start();
    (faulty, origin, gate)
}

/// What came of an answer up to the end of the connection: its head, and all bytes behind it.
fn to_the_end(gate: &Gate, request: &str) -> (Reply, Vec<u8>) {
    let mut wire = gate.wire();
    wire.send(request);
    let head = wire.head();
    (head, wire.read_to_close())
}

fn get(path: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nhost: x\r\n\r\n")
}

fn ask(path: &str, body: &Value) -> String {
    let body = body.to_string();
    format!(
        "POST {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
}

fn streamed(path: &str) -> String {
    let mut body = chat(HARMLESS);
    body["stream"] = true.into();
    ask(path, &body)
}

/// The events of a chunked stream that came to a clean end.
fn events(bytes: &[u8]) -> Vec<String> {
    let text = whole(bytes);
    assert!(text.ends_with("\n\n"), "an event that is cut off: {text:?}");
    text.split_terminator("\n\n").map(str::to_owned).collect()
}

/// A chunked body that came to a clean end.
fn whole(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes).into_owned();
    let (mut rest, mut body) = (text.as_str(), String::new());
    loop {
        let (size, behind) = rest
            .split_once("\r\n")
            .unwrap_or_else(|| panic!("no end: {text:?}"));
        let size = usize::from_str_radix(size, 16).unwrap_or_else(|_| panic!("no end: {text:?}"));
        body.push_str(behind.get(..size).unwrap_or_else(|| panic!("no end: {text:?}")));
        rest = &behind[size + 2..];
        if size == 0 {
            return body;
        }
    }
}

fn data(event: &str) -> Value {
    let line = event.lines().find_map(|line| line.strip_prefix("data: "));
    let line = line.unwrap_or_else(|| panic!("no data: {event:?}"));
    serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {event:?}"))
}

// === Bodies that are no streams ===

/// Every way in which a body can end before its end.
fn cuts() -> Vec<(&'static str, Vec<Act>)> {
    let half = "{\"half\":";
    let sized = || vec![Act::Take, Act::send(SIZED), Act::send(half), Act::Wait];
    let chunked = || vec![Act::Take, Act::send(CHUNKED), Act::chunk(half), Act::Wait];
    let with = |mut script: Vec<Act>, more: Vec<Act>| {
        script.extend(more);
        script
    };
    vec![
        ("sized, a reset", with(sized(), vec![Act::Reset])),
        ("sized, an end", sized()),
        ("sized, silence", with(sized(), vec![Act::Stall])),
        ("chunked, a reset", with(chunked(), vec![Act::Reset])),
        ("chunked, an end", chunked()),
        ("chunked, silence", with(chunked(), vec![Act::Stall])),
        (
            "chunked, an end in a chunk",
            with(chunked(), vec![Act::send("ff\r\nabc")]),
        ),
        (
            "chunked, a size that is none",
            with(chunked(), vec![Act::send("zz\r\nabc\r\n0\r\n\r\n")]),
        ),
        (
            "chunked, a negative size",
            with(chunked(), vec![Act::send("-1\r\nabc\r\n0\r\n\r\n")]),
        ),
        (
            "chunked, a size beyond all numbers",
            with(
                chunked(),
                vec![Act::send("fffffffffffffffff\r\nabc\r\n0\r\n\r\n")],
            ),
        ),
        (
            "chunked, a chunk longer than it says",
            with(chunked(), vec![Act::send("3\r\nabcdef\r\n0\r\n\r\n")]),
        ),
    ]
}

#[test]
fn a_cut_body_does_not_look_whole_over_http1() {
    for (what, script) in cuts() {
        let (faulty, _origin, gate) = broken(script, IMPATIENT);
        let mut wire = gate.wire();
        wire.send(get("/orders"));
        let head = wire.head();
        assert_eq!(head.status, 200, "{what}: {head}");
        faulty.step();
        let rest = wire.read_to_close();
        match head.header("content-length") {
            Some(length) => assert!(rest.len() < length.parse().unwrap(), "{what}: {rest:?}"),
            None => assert!(
                !rest.ends_with(b"0\r\n\r\n"),
                "{what}: {:?}",
                String::from_utf8_lossy(&rest)
            ),
        }
        let line = gate.wait_for_log(|line| line["path"] == "/orders");
        assert_eq!(line["outcome"], "broken", "{what}: {line}");
        gate.assert_alive();
    }
}

#[test]
fn a_cut_body_does_not_look_whole_over_http2() {
    for (what, script) in cuts() {
        let (faulty, _origin, gate) = broken(script, IMPATIENT);
        let mut curl = Curl::new(&gate, Version::H2c, "/orders").stream();
        faulty.wait_for(1);
        faulty.step();
        let mut came = Vec::new();
        let mut output = curl.process.stdout.take().unwrap();
        std::io::Read::read_to_end(&mut output, &mut came).unwrap();
        let status = curl.process.wait().unwrap();
        assert!(!status.success(), "{what}: {:?}", String::from_utf8_lossy(&came));
        gate.assert_alive();
    }
}

/// The status is told, so a body of an HTTP/2 upstream can only be cut.
#[test]
fn a_body_that_http2_breaks_off() {
    let start = [h2::Frame::head("application/json"), h2::Frame::data("{\"half\":")];
    let cases = [
        ("a reset", h2::Frame::reset(h2::INTERNAL_ERROR)),
        ("a reset for no reason", h2::Frame::reset(h2::CANCEL)),
        (
            "the end of the connection",
            h2::Frame::go_away(h2::FIRST, h2::INTERNAL_ERROR),
        ),
    ];
    for (what, end) in cases {
        let script = vec![
            Act::frames([h2::Frame::settings()]),
            Act::TakeH2,
            Act::frames(start.clone()),
            Act::Wait,
            Act::frames([end]),
        ];
        let (faulty, _origin, gate) = broken(script, "protocol: http2");
        let mut wire = gate.wire();
        wire.send(get("/orders"));
        let head = wire.head();
        assert_eq!(head.status, 200, "{what}: {head}");
        faulty.step();
        let rest = wire.read_to_close();
        assert!(
            !rest.ends_with(b"0\r\n\r\n"),
            "{what}: {:?}",
            String::from_utf8_lossy(&rest)
        );
        gate.assert_alive();
    }
}

// === Streams ===

/// Every way in which a stream of events can end before its end, each in the middle of an event.
fn breaks() -> Vec<(&'static str, Vec<Act>, &'static str)> {
    let start = || {
        vec![
            Act::Take,
            Act::send(EVENTS),
            Act::chunk("data: {\"n\":1}\n\ndata: {\"n\""),
        ]
    };
    let with = |act: Act| {
        let mut script = start();
        script.extend([Act::Wait, act]);
        script
    };
    vec![
        ("a reset", with(Act::Reset), "upstream_reset"),
        ("silence", with(Act::Stall), "upstream_stalled"),
        (
            "a size that is none",
            with(Act::send("zz\r\n")),
            "upstream_invalid_response",
        ),
    ]
}

#[test]
fn a_stream_that_breaks_off_ends_with_an_error_event() {
    for (what, script, code) in breaks() {
        let (faulty, _origin, gate) = broken(script, IMPATIENT);
        let mut wire = gate.wire();
        wire.send(streamed(CHAT));
        let head = wire.head();
        assert_eq!(head.status, 200, "{what}: {head}");
        assert_eq!(
            head.header("content-type"),
            Some("text/event-stream"),
            "{what}: {head}"
        );
        faulty.step();
        let came = events(&wire.read_to_close());
        assert_eq!(came.len(), 2, "{what}: {came:?}");
        assert_eq!(came[0], "data: {\"n\":1}", "{what}");
        let error = &data(&came[1])["error"];
        assert_eq!(error["code"], code, "{what}: {came:?}");
        assert!(
            error["message"]
                .as_str()
                .is_some_and(|text| text.contains("'faulty'")),
            "{what}: {came:?}"
        );
        let line = gate.wait_for_log(|line| line["path"] == CHAT);
        assert_eq!(line["outcome"], "broken", "{what}: {line}");
        assert_eq!(line["problem"], code, "{what}: {line}");
        gate.assert_alive();
    }
}

#[test]
fn a_stream_breaks_off_in_the_form_of_its_provider() {
    let script = || {
        vec![
            Act::Take,
            Act::send(EVENTS),
            Act::chunk("event: x\ndata: {\"n\":1}\n\n"),
            Act::Wait,
            Act::Reset,
        ]
    };
    for (path, event, pointer) in [
        (CHAT, "", "/error/code"),
        ("/v1/messages", "event: error\n", "/error/details/error_code"),
        ("/v1/responses", "event: error\n", "/error/code"),
        (
            "/v1beta/models/gemini-test:streamGenerateContent",
            "",
            "/error/details",
        ),
        ("/stream", "event: error\n", "/code"),
    ] {
        let (faulty, _origin, gate) = broken(script(), "");
        let mut wire = gate.wire();
        wire.send(match path {
            "/stream" => get(path).replace("host: x", "host: x\r\nconnection: close"),
            _ => streamed(path),
        });
        wire.head();
        faulty.step();
        let came = events(&wire.read_to_close());
        let last = came.last().unwrap();
        assert_eq!(came[0], "event: x\ndata: {\"n\":1}", "{path}");
        assert!(last.starts_with(event), "{path}: {last:?}");
        let document = data(last);
        let found = document.pointer(pointer);
        assert!(
            found.is_some_and(|it| it.to_string().contains("upstream_reset")),
            "{path}: {document}"
        );
    }
}

#[test]
fn a_stream_that_breaks_off_over_http2_ends_with_an_error_event() {
    let (_, script, code) = breaks().remove(0);
    for version in [Version::H2c, Version::TlsH2] {
        let (faulty, _origin, gate) = broken(script.clone(), "");
        let mut body = chat(HARMLESS);
        body["stream"] = true.into();
        let request = Curl::new(&gate, version, CHAT).header("content-type: application/json");
        let mut curl = request
            .post(body.to_string().as_bytes(), lockgate_tests::Framing::Sized)
            .stream();
        faulty.wait_for(1);
        faulty.step();
        let mut came = String::new();
        let mut output = curl.process.stdout.take().unwrap();
        std::io::Read::read_to_string(&mut output, &mut came).unwrap();
        assert!(curl.process.wait().unwrap().success(), "{came:?}");
        let last = came.trim_end().rsplit("\n\n").next().unwrap();
        assert_eq!(data(last)["error"]["code"], code, "{came:?}");
    }
}

#[test]
fn a_stream_of_http2_that_breaks_off_ends_with_an_error_event() {
    for end in [
        h2::Frame::reset(h2::INTERNAL_ERROR),
        h2::Frame::go_away(h2::FIRST, h2::INTERNAL_ERROR),
    ] {
        let script = vec![
            Act::frames([h2::Frame::settings()]),
            Act::TakeH2,
            Act::frames([
                h2::Frame::head("text/event-stream"),
                h2::Frame::data("data: {\"n\":1}\n\ndata: {\"n\""),
            ]),
            Act::Wait,
            Act::frames([end]),
        ];
        let (faulty, _origin, gate) = broken(script, "protocol: http2");
        let mut wire = gate.wire();
        wire.send(streamed(CHAT));
        assert_eq!(wire.head().status, 200);
        faulty.step();
        let came = events(&wire.read_to_close());
        assert_eq!(came[0], "data: {\"n\":1}");
        assert_eq!(data(&came[1])["error"]["code"], "upstream_reset", "{came:?}");
    }
}

/// Without a length and without chunks the end of the connection is all there is: whether it is that of the answer
/// is only told by the last event.
#[test]
fn a_stream_to_the_end_of_the_connection_needs_its_last_event() {
    let script = |last: &str| {
        vec![
            Act::Take,
            Act::send(EVENTS_TO_CLOSE),
            Act::send("data: {\"n\":1}\n\n"),
            Act::send(last),
        ]
    };
    let (_faulty, _origin, gate) = broken(script("data: [DONE]\n\n"), "");
    let (_, came) = to_the_end(&gate, &streamed(CHAT));
    let came = String::from_utf8_lossy(&came).into_owned();
    assert!(came.contains("[DONE]") && !came.contains("error"), "{came:?}");
    let (_faulty, _origin, gate) = broken(script("data: {\"n\":2}\n\n"), "");
    let (_, came) = to_the_end(&gate, &streamed(CHAT));
    let came = String::from_utf8_lossy(&came).into_owned();
    assert!(
        came.contains("{\"n\":2}") && came.contains("upstream_reset"),
        "{came:?}"
    );
}

#[test]
fn lines_that_break_off_end_with_an_error_line() {
    let (faulty, _origin, gate) = broken(
        vec![
            Act::Take,
            Act::send(LINES),
            Act::chunk("{\"n\":1}\n{\"n\""),
            Act::Wait,
            Act::Reset,
        ],
        "",
    );
    let mut wire = gate.wire();
    wire.send(streamed("/api/chat"));
    wire.head();
    faulty.step();
    let came = whole(&wire.read_to_close());
    let lines: Vec<Value> = came
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines[0]["n"], 1, "{came:?}");
    assert_eq!(lines.len(), 2, "{came:?}");
    assert!(
        lines[1]["error"]
            .as_str()
            .is_some_and(|text| text.contains("'faulty'")),
        "{came:?}"
    );
    assert_eq!(lines[1]["code"], "upstream_reset", "{came:?}");
}

/// Before the first byte of an answer a stream is an answer like any other.
#[test]
fn a_stream_that_never_begins_is_a_problem() {
    let (_origin, settings) = gate_before(&format!("http://{}", lockgate_tests::gate::free_port()), "");
    let gate = settings.start();
    let (head, _) = {
        let mut wire = gate.wire();
        wire.send(streamed(CHAT));
        let reply = wire.reply();
        (reply.clone(), reply.body)
    };
    head.expect_problem(502, "upstream_connect_failed");
}

/// An event that never ends is not waited for with ever more memory.
#[test]
fn an_event_without_end_is_passed_on() {
    let line = "x".repeat(1 << 20);
    let (_faulty, _origin, gate) = broken(
        vec![
            Act::Take,
            Act::send(EVENTS),
            Act::chunk(format!("data: {line}")),
            Act::chunk("\n\n"),
            Act::send("0\r\n\r\n"),
        ],
        "",
    );
    let mut wire = gate.wire();
    wire.send(streamed(CHAT));
    let reply = wire.reply().expect(200);
    assert_eq!(reply.text(), format!("data: {line}\n\n"));
}
