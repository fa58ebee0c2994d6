//! Streams that break off: the client is told in the provider's own form, or at least sees no clean end.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests report by panicking"
)]

use std::io::Read;
use std::net::TcpListener;
use std::thread::JoinHandle;

use lockgate_tests::gate::Settings;
use lockgate_tests::prompts::{CHAT, HARMLESS, chat};
use lockgate_tests::{Canned, Curl, Framing, Gate, Origin, Version, Wire};
use serde_json::{Value, json};

/// A protocol that streams: where, what is asked, what comes before the stream breaks off.
struct Protocol {
    path: &'static str,
    request: Value,
    content_type: &'static str,
    whole: &'static str,
    unfinished: &'static str,
    /// What stands before the JSON of the error.
    before: &'static str,
}

fn protocols() -> Vec<Protocol> {
    let chat = |model: &str| json!({ "model": model, "stream": true, "messages": [{ "role": "user", "content": "Hello" }] });
    let gemini = || json!({ "contents": [{ "role": "user", "parts": [{ "text": "Hello" }] }] });
    let sse = "text/event-stream";
    vec![
        Protocol {
            path: "/v1/chat/completions",
            request: chat("gpt-test"),
            content_type: sse,
            whole: "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hi\"}}]}\n\n",
            unfinished: "data: {\"choices\":[{\"ind",
            before: "data: ",
        },
        Protocol {
            path: "/v1/responses",
            request: json!({ "model": "gpt-test", "stream": true, "input": "Hello" }),
            content_type: sse,
            whole: "event: response.created\ndata: {\"type\":\"response.created\",\"sequence_number\":0}\n\n",
            unfinished: "event: response.out",
            before: "event: error\ndata: ",
        },
        Protocol {
            path: "/v1/messages",
            request: chat("claude-test"),
            content_type: "text/event-stream; charset=utf-8",
            whole: "event: message_start\r\ndata: {\"type\":\"message_start\"}\r\n\r\n",
            unfinished: "event: ping\r\ndata: {\"type\":\"ping\"}\r\n",
            before: "event: error\ndata: ",
        },
        Protocol {
            path: "/v1beta/models/gemini-test:streamGenerateContent",
            request: gemini(),
            content_type: sse,
            whole: "data: {\"candidates\":[{\"content\":{}}]}\n\n",
            unfinished: "",
            before: "data: ",
        },
        Protocol {
            path: "/api/chat",
            request: chat("llama-test"),
            content_type: "application/x-ndjson",
            whole: "{\"model\":\"llama-test\",\"done\":false}\n",
            unfinished: "{\"model\":\"lla",
            before: "",
        },
        Protocol {
            path: "/mcp",
            request: json!({ "jsonrpc": "2.0", "id": 7, "method": "tools/call", "params": { "name": "f" } }),
            content_type: sse,
            whole: "event: message\ndata: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\"}\n\n",
            unfinished: "event: message\n",
            before: "data: ",
        },
        Protocol {
            path: "/events",
            request: json!({ "ticker": "ABC" }),
            content_type: sse,
            whole: "data: 1\n\nid: 2\ndata: 2\n\n",
            unfinished: "data: 3\n",
            before: "event: error\ndata: ",
        },
    ]
}

/// Asks, waits for what is expected, lets the origin break off, and gives the rest and whether curl saw a clean end.
fn broken(
    origin: &Origin,
    gate: &Gate,
    version: Version,
    path: &str,
    asked: &Value,
    expected: &str,
) -> (String, bool) {
    let curl = Curl::new(gate, version, path)
        .header("content-type: application/json")
        .post(asked.to_string().as_bytes(), Framing::Sized);
    let mut curl = curl.stream();
    let mut output = curl.process.stdout.take().unwrap();
    let mut received = vec![0; expected.len()];
    output.read_exact(&mut received).unwrap();
    assert_eq!(String::from_utf8_lossy(&received), expected, "{version:?} {path}");
    origin.step();
    let mut rest = String::new();
    output.read_to_string(&mut rest).unwrap();
    (rest, curl.process.wait().unwrap().success())
}

#[test]
fn each_protocol_is_told_in_its_own_form() {
    let origin = Origin::start();
    let gate = Gate::both_ways(&origin).with_tls().start();
    for protocol in protocols() {
        let Protocol {
            path,
            request,
            content_type,
            whole,
            unfinished,
            before,
        } = protocol;
        let body = format!("{whole}{unfinished}");
        origin.answer(path, Canned::new(200).body(content_type, body).breaking_off());
        for version in Version::ALL {
            for way in ["", "/h2"] {
                let path = format!("{way}{path}");
                let (rest, clean) = broken(&origin, &gate, version, &path, &request, whole);
                assert!(clean, "{version:?} {path}: {rest}");
                let frame = rest
                    .strip_prefix(before)
                    .unwrap_or_else(|| panic!("{path}: {rest}"));
                let frame: Value =
                    serde_json::from_str(frame).unwrap_or_else(|error| panic!("{error}: {rest}"));
                assert!(
                    !frame["error"].is_null() || way.is_empty() || path.ends_with("/events"),
                    "{rest}"
                );
                assert!(rest.contains("upstream_reset"), "{rest}");
                match path.as_str() {
                    "/mcp" => assert_eq!(frame["id"], 7, "{rest}"),
                    "/v1/messages" => assert_eq!(frame["type"], "error", "{rest}"),
                    "/v1/chat/completions" => assert!(frame["error"]["message"].is_string(), "{rest}"),
                    _ => {}
                }
            }
        }
    }
}

#[test]
fn geminis_array_is_closed_behind_the_error() {
    let origin = Origin::start();
    let gate = Gate::both_ways(&origin).start();
    let path = "/v1beta/models/gemini-test:streamGenerateContent";
    let element = "[{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"]}\"}]}}]}";
    let answer = Canned::new(200).body(
        "application/json; charset=UTF-8",
        format!("{element}\n,\r\n{{\"cand"),
    );
    origin.answer(path, answer.breaking_off());
    let asked = json!({ "contents": [{ "parts": [{ "text": "Hello" }] }] });
    for version in [Version::Http1, Version::H2c] {
        let (rest, clean) = broken(&origin, &gate, version, path, &asked, element);
        let list: Value =
            serde_json::from_str(&format!("{element}{rest}")).unwrap_or_else(|e| panic!("{e}: {rest}"));
        assert!(clean && list[1]["error"]["code"].is_number(), "{list}");
    }
}

#[test]
fn after_its_own_end_nothing_is_added_to_a_stream() {
    let origin = Origin::start();
    let gate = Gate::both_ways(&origin).start();
    let stream = "data: {\"choices\":[]}\n\ndata: [DONE]\n\n";
    origin.answer(
        CHAT,
        Canned::new(200).body("text/event-stream", stream).breaking_off(),
    );
    for version in [Version::Http1, Version::H2c] {
        for path in [CHAT, "/h2/v1/chat/completions"] {
            let (rest, clean) = broken(&origin, &gate, version, path, &chat(HARMLESS), stream);
            assert_eq!((rest.as_str(), clean), ("", true), "{version:?} {path}");
        }
    }
}

#[test]
fn what_cannot_be_told_is_cut() {
    let origin = Origin::start();
    let gate = Gate::both_ways(&origin).with_tls().start();
    let event = "data: {\"choices\":[]}\n\n";
    let answer = |media: &str| Canned::new(200).body(media, event).breaking_off();
    for answer in [
        answer("text/plain"),
        answer("application/json"),
        answer("text/event-stream").header("content-encoding", "br"),
    ] {
        origin.answer(CHAT, answer);
        for version in Version::ALL {
            for path in [CHAT, "/h2/v1/chat/completions"] {
                let (rest, clean) = broken(&origin, &gate, version, path, &chat(HARMLESS), event);
                assert_eq!((rest.as_str(), clean), ("", false), "{version:?} {path}");
            }
        }
    }
    // pingora keeps the pieces of a body with a length together: nothing of it may have arrived by now.
    origin.answer(CHAT, answer("text/event-stream").header("content-length", "500"));
    for version in Version::ALL {
        for path in [CHAT, "/h2/v1/chat/completions"] {
            let (rest, clean) = broken(&origin, &gate, version, path, &chat(HARMLESS), "");
            assert!(event.starts_with(&rest) && !clean, "{version:?} {path}: {rest}");
        }
    }
    gate.assert_alive();
}

/// On the wire: the frame is a chunk of its own, the last chunk follows, and the connection is closed.
#[test]
fn the_frame_is_a_chunk_before_the_last_one() {
    let origin = Origin::start();
    let gate = Gate::before(&origin).start();
    let body = "data: {\"choices\":[]}\n\ndata: {";
    origin.answer(
        CHAT,
        Canned::new(200).body("text/event-stream", body).breaking_off(),
    );
    let mut wire = gate.wire();
    let asked = chat(HARMLESS).to_string();
    wire.send(format!(
        "POST {CHAT} HTTP/1.1\r\nhost: gate.test\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{asked}",
        asked.len()
    ));
    assert_eq!(wire.head().status, 200);
    assert_eq!(wire.chunk(), b"data: {\"choices\":[]}\n\n");
    origin.step();
    let frame = String::from_utf8(wire.chunk()).unwrap();
    assert!(
        frame.starts_with("data: {\"") && frame.ends_with("}\n\n"),
        "{frame}"
    );
    assert!(wire.chunk().is_empty());
    assert!(wire.read_to_close().is_empty());
    let line = gate.wait_for_log(|line| line["path"] == CHAT);
    for (key, value) in [
        ("outcome", "broken"),
        ("problem", "upstream_reset"),
        ("source", "gate"),
    ] {
        assert_eq!(line[key], value, "{line}");
    }
    assert_eq!(line["status"], 200);
    let metrics = gate.admin("/metrics").text();
    assert!(metrics.contains("outcome=\"broken\""), "{metrics}");
}

#[test]
fn a_client_that_leaves_breaks_nothing() {
    let origin = Origin::start();
    let gate = Gate::before(&origin).start();
    let mut wire = gate.wire();
    wire.send("GET /stepped HTTP/1.1\r\nhost: gate.test\r\n\r\n");
    assert_eq!(wire.head().status, 200);
    wire.chunk();
    drop(wire);
    let line = gate.wait_for_log(|line| line["path"] == "/stepped");
    assert_eq!(
        (&line["outcome"], &line["status"]),
        (&json!("left"), &json!(200)),
        "{line}"
    );
    assert!(line.get("problem").is_none(), "{line}");
}

#[test]
fn silence_in_the_middle_of_a_stream_is_told() {
    let origin = Origin::start();
    let upstreams = format!(
        "{{ origin: {{ url: \"http://{}\", read_timeout: 300ms }} }}",
        origin.address()
    );
    let gate = Gate::before(&origin).section("upstreams", upstreams).start();
    let event = "data: {\"choices\":[]}\n\n";
    origin.answer(
        CHAT,
        Canned::new(200).body("text/event-stream", event).breaking_off(),
    );
    let reply = gate.post(CHAT, chat(HARMLESS).to_string()).expect(200);
    let frame = reply.text().split_off(event.len());
    assert!(frame.contains("upstream_stalled"), "{reply}");
}

#[test]
fn events_of_any_length_arrive_whole() {
    let origin = Origin::start();
    let gate = Gate::both_ways(&origin).start();
    let body = format!(
        "data: {}\n\ndata: {}\n\ndata: end",
        "x".repeat(300_000),
        "y".repeat(60_000)
    );
    for pieces in [1000, 16384, 1_000_000] {
        origin.answer(
            "/events",
            Canned::new(200)
                .body("text/event-stream", body.clone())
                .in_pieces(pieces),
        );
        for path in ["/events", "/h2/events"] {
            assert!(gate.get(path).expect(200).text() == body, "{path} {pieces}");
        }
    }
}

/// An upstream of HTTP/1.0's kind: its answer is over when it closes the connection.
fn closing(head: &str, body: &str) -> (Gate, JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let gate = Settings::new(&format!("http://{}", listener.local_addr().unwrap())).start();
    let answer = format!("{head}\r\n\r\n{body}");
    let serving = std::thread::spawn(move || {
        let mut wire = Wire::from(listener.accept().unwrap().0);
        wire.read_exactly(200);
        wire.send(answer);
    });
    (gate, serving)
}

#[test]
fn a_stream_without_length_needs_the_end_of_its_protocol() {
    let asked = chat(HARMLESS).to_string();
    for head in ["HTTP/1.1 200 OK", "HTTP/1.0 200 OK"] {
        for (body, expected) in [
            ("data: {\"choices\":[]}\n\n", None),
            ("data: {\"choices\":[]}\n\ndata: {\"cho", None),
            (
                "data: {\"choices\":[]}\n\ndata: [DONE]\n\n",
                Some("data: [DONE]\n\n"),
            ),
            ("data: {\"choices\":[]}\n\ndata: [DONE]\n", Some("data: [DONE]\n")),
            (
                "data: {\"error\":{\"message\":\"no\"}}\n\n",
                Some("data: {\"error\":{\"message\":\"no\"}}\n\n"),
            ),
        ] {
            let (gate, serving) = closing(&format!("{head}\r\ncontent-type: text/event-stream"), body);
            let reply = gate.post(CHAT, &asked).expect(200);
            serving.join().unwrap();
            match expected {
                Some(end) => assert!(reply.text() == body && reply.text().ends_with(end), "{reply}"),
                None => {
                    let frame = reply.text().split_off("data: {\"choices\":[]}\n\n".len());
                    assert!(
                        frame.starts_with("data: {\"") && frame.contains("upstream_reset"),
                        "{reply}"
                    );
                    let line = gate.wait_for_log(|line| line["path"] == CHAT);
                    assert_eq!(line["outcome"], "broken", "{line}");
                }
            }
        }
        let (gate, serving) = closing(
            &format!("{head}\r\ncontent-type: application/json"),
            "{\"choices\":[]}",
        );
        assert_eq!(gate.post(CHAT, &asked).expect(200).text(), "{\"choices\":[]}");
        serving.join().unwrap();
    }
}
