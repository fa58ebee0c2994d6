use lockgate_errors::catalogue;

use super::*;

fn stream(content_type: &str, envelope: Envelope, path: &str) -> Stream {
    let mut head = ResponseHeader::build(200, None).unwrap();
    head.insert_header("content-type", content_type.to_owned())
        .unwrap();
    Stream::of(&head, || envelope, path).expect("a stream")
}

fn events() -> Stream {
    stream(
        "text/event-stream; charset=utf-8",
        Envelope::OpenAi,
        "/v1/chat/completions",
    )
}

fn pass(stream: &mut Stream, text: &str) -> String {
    let mut chunk = Some(Bytes::copy_from_slice(text.as_bytes()));
    assert!(!stream.pass(&mut chunk, false));
    chunk.map_or_else(String::new, |bytes| String::from_utf8(bytes.to_vec()).unwrap())
}

fn last_words(stream: &Stream) -> Option<String> {
    let problem = Problem::new(&catalogue::UPSTREAM_RESET);
    let words = stream.last_words(&problem)?;
    Some(String::from_utf8(words.to_vec()).unwrap())
}

#[test]
fn only_whole_events_are_passed_on() {
    let mut stream = events();
    assert_eq!(pass(&mut stream, "data: 1\n\ndata: 2"), "data: 1\n\n");
    assert_eq!(pass(&mut stream, "2\n"), "");
    assert_eq!(pass(&mut stream, "\n"), "data: 22\n\n");
    assert_eq!(pass(&mut stream, "data: 3\n\n"), "data: 3\n\n");
    let frame = last_words(&stream).unwrap();
    assert!(frame.starts_with("data: {") && frame.ends_with("\n\n"), "{frame}");
}

#[test]
fn a_chunk_of_whole_events_is_not_copied() {
    let mut stream = events();
    let bytes = Bytes::from_static(b"data: 1\n\n");
    let mut chunk = Some(bytes.clone());
    stream.pass(&mut chunk, false);
    assert_eq!(chunk.unwrap().as_ptr(), bytes.as_ptr());
}

#[test]
fn the_beginning_of_an_endless_event_is_passed_on_and_no_frame_put_into_it() {
    let mut stream = events();
    let long = "x".repeat(HELD_BYTES);
    assert_eq!(pass(&mut stream, "data: "), "");
    assert_eq!(pass(&mut stream, &long).len(), 6 + HELD_BYTES);
    assert_eq!(last_words(&stream), None);
    assert_eq!(pass(&mut stream, "yy"), "");
    assert_eq!(pass(&mut stream, "\n\n"), "yy\n\n");
    assert!(last_words(&stream).is_some());
}

#[test]
fn after_its_end_a_stream_cannot_break_off() {
    let mut stream = events();
    pass(&mut stream, "data: 1\n\ndata: [DONE]\n\n");
    assert_eq!(last_words(&stream).as_deref(), Some(""));
}

#[test]
fn a_stream_that_ends_with_its_connection_needs_the_end_of_its_protocol() {
    for (last, broken) in [
        ("data: 2\n\n", true),
        ("data: 2", true),
        ("data: [DONE]\n\n", false),
    ] {
        let mut stream = events();
        pass(&mut stream, "data: 1\n\n");
        let mut chunk = Some(Bytes::copy_from_slice(last.as_bytes()));
        assert_eq!(stream.pass(&mut chunk, true), broken, "{last:?}");
    }
    let mut unknown = stream("text/event-stream", Envelope::None, "/events");
    let mut chunk = Some(Bytes::from_static(b"data: 1\n\ndata: 2"));
    assert!(!unknown.pass(&mut chunk, true));
    assert_eq!(chunk.unwrap().as_ref(), b"data: 1\n\ndata: 2");
}

#[test]
fn an_end_that_is_told_is_believed() {
    let mut head = ResponseHeader::build(200, None).unwrap();
    head.insert_header("content-type", "text/event-stream").unwrap();
    head.insert_header("transfer-encoding", "chunked").unwrap();
    let mut stream = Stream::of(&head, || Envelope::OpenAi, "/").unwrap();
    assert!(!stream.pass(&mut None, true));
}

#[test]
fn an_array_is_closed_behind_the_error() {
    let path = "/v1beta/models/gemini-x:streamGenerateContent";
    let mut begun = stream("application/json", Envelope::Gemini, path);
    assert_eq!(pass(&mut begun, "[{\"a\":1}\n,\n{\"b\""), "[{\"a\":1}");
    let text = format!("[{{\"a\":1}}{}", last_words(&begun).unwrap());
    let list: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert!(list[1]["error"].is_object(), "{text}");
    let never_begun = stream("application/json", Envelope::Gemini, path);
    let list: serde_json::Value = serde_json::from_str(&last_words(&never_begun).unwrap()).unwrap();
    assert!(list[0]["error"].is_object(), "{list}");
}

#[test]
fn lines_of_ollama() {
    let mut stream = stream("application/x-ndjson", Envelope::Ollama, "/api/chat");
    assert_eq!(pass(&mut stream, "{\"done\":false}\n{\"do"), "{\"done\":false}\n");
    let line: serde_json::Value = serde_json::from_str(&last_words(&stream).unwrap()).unwrap();
    assert!(line["error"].is_string(), "{line}");
}

#[test]
fn what_nothing_can_be_added_to_is_left_alone() {
    for (name, value) in [("content-length", "100"), ("content-encoding", "gzip")] {
        let mut head = ResponseHeader::build(200, None).unwrap();
        head.insert_header("content-type", "text/event-stream").unwrap();
        head.insert_header(name, value).unwrap();
        assert!(Stream::of(&head, || Envelope::OpenAi, "/").is_none(), "{name}");
    }
    let mut head = ResponseHeader::build(200, None).unwrap();
    head.insert_header("content-type", "application/json").unwrap();
    assert!(Stream::of(&head, || Envelope::OpenAi, "/v1/chat/completions").is_none());
}

proptest::proptest! {
    /// Nothing is lost, added or put in another order, and nothing but whole events leaves before the end.
    #[test]
    fn every_byte_arrives(chunks in proptest::collection::vec("(data: [a-c]{0,5})?\r?\n?\n?", 0..20)) {
        let mut stream = stream("text/event-stream", Envelope::None, "/");
        let mut passed = Vec::new();
        for chunk in &chunks {
            let mut chunk = Some(Bytes::copy_from_slice(chunk.as_bytes()));
            stream.pass(&mut chunk, false);
            if let Some(whole) = chunk {
                proptest::prop_assert_eq!(boundary::of_events(&[b"\n", &*whole].concat(), 0), whole.len() + 1);
                passed.extend_from_slice(&whole);
            }
        }
        let mut chunk = None;
        stream.pass(&mut chunk, true);
        passed.extend_from_slice(&chunk.unwrap_or_default());
        proptest::prop_assert_eq!(String::from_utf8(passed).unwrap(), chunks.concat());
    }
}
