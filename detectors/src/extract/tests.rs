use proptest::prelude::*;

use super::*;
use crate::json::tests::any_json;

mod protocols;

pub(crate) fn prompts(path: &str, body: &str) -> Prompts {
    from(path, Some("application/json"), body.as_bytes()).unwrap()
}

fn from(path: &str, content_type: Option<&str>, body: &[u8]) -> Result<Prompts, ExtractError> {
    extract(
        &Input {
            method: "POST",
            path,
            content_type,
            body,
        },
        &ExtractLimits::default(),
    )
}

/// One line per segment: role, pointer, text.
fn lines(prompts: &Prompts) -> String {
    let mut lines = format!(
        "{} {:?} stream={}\n",
        prompts.protocol, prompts.model, prompts.stream
    );
    for segment in &prompts.segments {
        lines.push_str(&format!(
            "{} {} {}\n",
            segment.role, segment.pointer, segment.text
        ));
    }
    lines
}

#[test]
fn every_duplicate_key_is_extracted() {
    let found = prompts(
        "/v1/chat/completions",
        r#"{"messages": [{"role": "user", "content": "one", "content": "two"}],
            "messages": [{"role": "user", "content": "three"}]}"#,
    );
    let texts: Vec<_> = found
        .segments
        .iter()
        .map(|segment| segment.text.as_str())
        .collect();
    assert_eq!(texts, ["one", "two", "three"]);
}

#[test]
fn a_role_that_is_given_twice_is_trusted_by_none() {
    let found = prompts(
        "/v1/chat/completions",
        r#"{"messages": [{"role": "system", "role": "user", "content": "x"}]}"#,
    );
    assert_eq!(found.segments[0].role, Role::Unknown);
}

#[test]
fn keys_written_with_escapes_are_the_same_keys() {
    let found = prompts(
        "/",
        r#"{"m\u0065ssages": [{"rol\u0065": "user", "\u0063ontent": "\u0068i"}]}"#,
    );
    assert_eq!(found.protocol, Protocol::OpenAiChat);
    assert_eq!(found.segments[0].text, "hi");
}

#[test]
fn what_no_rule_covers_is_extracted_all_the_same() {
    let found = prompts(
        "/v1/chat/completions",
        r#"{"messages": [{"role": "user", "content": "x", "hidden": {"deep": ["some text here"]}}],
            "contents": [{"parts": [{"text": "for another server"}]}], "and a key that reads like text": 1}"#,
    );
    insta::assert_snapshot!(lines(&found), @r"
    openai_chat None stream=false
    user /messages/0/content x
    unknown /messages/0/hidden/deep/0 some text here
    unknown /contents/0/parts/0/text for another server
    unknown /and a key that reads like text and a key that reads like text
    ");
}

#[test]
fn images_are_left_out_and_text_in_their_place_is_not() {
    let image: String = "iVBORw0KGgoAAAANSUhEUgAA".repeat(20);
    let body = format!(
        r#"{{"messages": [{{"role": "user", "content": [{{"type": "image_url", "image_url": {{"url": "data:image/png;base64,{image}"}}}},
            {{"type": "image_url", "image_url": {{"url": "data:image/png;base64,ignore all {image}"}}}}]}}]}}"#
    );
    let found = prompts("/v1/chat/completions", &body);
    assert_eq!(found.segments.len(), 1);
    assert!(found.segments[0].pointer.starts_with("/messages/0/content/1"));
}

#[test]
fn positions_are_those_of_the_literal() {
    let body = "\u{feff}{\"prompt\": \"caf\\u00e9\", \"model\": \"m\"}";
    let found = prompts("/v1/completions", body);
    assert_eq!(found.segments[0].text, "café");
    assert_eq!(&body[found.segments[0].raw.clone()], "\"caf\\u00e9\"");
}

#[test]
fn unreadable_bodies_say_where() {
    let error = |body: &[u8]| from("/v1/chat/completions", Some("application/json"), body).unwrap_err();
    insta::assert_snapshot!(error(b"{\"a\":\n  1,}"), @"the body is not valid JSON at line 2, column 5: expected a key in double quotes");
    insta::assert_snapshot!(error(b"{\"a\": \"x"), @"the body is not valid JSON at line 1, column 9: the text ends inside a string");
    insta::assert_snapshot!(error(b"{} x"), @"the body is not valid JSON at line 1, column 4: something follows the JSON value");
    insta::assert_snapshot!(error(b"{\"a\": \"\xff\"}"), @"the body is not valid UTF-8 at byte 7");
    insta::assert_snapshot!(error("[".repeat(100).as_bytes()), @"the body is nested deeper than 64 levels");
    insta::assert_snapshot!(error(format!("[{}1]", "1,".repeat(200_000)).as_bytes()), @"the body has more than 200000 JSON values");
    insta::assert_snapshot!(error(format!("[{}1]", "\"a b c d\",".repeat(4097)).as_bytes()), @"the body has more than 4096 pieces of text");
    assert_eq!(error(b"{").code(), "invalid_json");
}

#[test]
fn the_content_type_is_not_believed_where_the_body_is_json() {
    let body = br#"{"model": "m", "prompt": "hello"}"#;
    for content_type in [
        None,
        Some("text/plain"),
        Some("application/x-www-form-urlencoded"),
        Some("image/png"),
        Some("x"),
    ] {
        assert_eq!(
            from("/", content_type, body).unwrap().protocol,
            Protocol::OpenAiCompletions,
            "{content_type:?}"
        );
    }
    for content_type in [
        None,
        Some("text/plain"),
        Some("application/octet-stream"),
        Some("image/png"),
    ] {
        let trailing = br#"{"model": "m", "prompt": "hello"} and more"#;
        assert!(
            from("/api/generate", content_type, trailing).is_err(),
            "{content_type:?}"
        );
    }
}

#[test]
fn other_bodies() {
    let protocol = |content_type, body: &[u8]| from("/", content_type, body).map(|prompts| prompts.protocol);
    assert_eq!(
        protocol(Some("text/plain; charset=utf-8"), b"hello there"),
        Ok(Protocol::PlainText)
    );
    assert_eq!(
        protocol(Some("text/plain"), b"{name}, hello"),
        Ok(Protocol::PlainText)
    );
    assert_eq!(
        protocol(Some("text/plain"), b"[1] see there"),
        Ok(Protocol::PlainText)
    );
    assert_eq!(protocol(None, b"hello there"), Ok(Protocol::PlainText));
    assert_eq!(protocol(None, b"\xff\xd8\xff"), Ok(Protocol::None));
    assert_eq!(
        protocol(Some("multipart/form-data; boundary=x"), b"--x\r\n"),
        Ok(Protocol::None)
    );
    assert_eq!(protocol(Some("image/png"), b"\x89PNG"), Ok(Protocol::None));
    assert_eq!(
        protocol(Some("application/octet-stream"), b"hello"),
        Ok(Protocol::None)
    );
    assert_eq!(protocol(Some("application/json"), b""), Ok(Protocol::None));
    assert_eq!(
        protocol(Some("application/json"), b"\"just a text\""),
        Ok(Protocol::UnknownJson)
    );
    assert!(protocol(Some("application/json"), b"hello").is_err());
    assert!(protocol(Some("text/plain"), b"caf\xe9").is_err());
}

#[test]
fn a_long_key_does_not_multiply() {
    let body = format!(
        "{{\"{}\": [{}\"end of it\"]}}",
        "k".repeat(1 << 20),
        "\"some text\",".repeat(2000)
    );
    let found = prompts("/", &body);
    assert!(found.segments.iter().all(|segment| segment.pointer.len() < 80));
}

proptest! {
    #[test]
    fn never_panics(body in prop::collection::vec(any::<u8>(), 0..200), json in any::<bool>()) {
        let _ = from("/v1/messages", json.then_some("application/json"), &body);
    }

    #[test]
    fn never_panics_on_near_json(body in r#"[\[\]{}:," \\u0-9a-d"messages"content"]{0,60}"#) {
        let _ = from("/v1/chat/completions", Some("application/json"), body.as_bytes());
    }

    #[test]
    fn finds_every_string_that_is_worth_it(json in any_json()) {
        fn strings(value: &serde_json::Value, found: &mut Vec<String>) {
            match value {
                serde_json::Value::String(text) if text.len() >= 24 && !text.trim().is_empty() => found.push(text.clone()),
                serde_json::Value::Array(items) => items.iter().for_each(|item| strings(item, found)),
                serde_json::Value::Object(map) => map.values().for_each(|item| strings(item, found)),
                _ => {}
            }
        }
        let body = serde_json::to_string(&json).unwrap();
        let found = from("/v1/chat/completions", Some("application/json"), body.as_bytes()).unwrap();
        let mut expected = Vec::new();
        strings(&json, &mut expected);
        for text in expected {
            prop_assert!(found.segments.iter().any(|segment| segment.text == text));
        }
        for segment in &found.segments {
            let literal: String = serde_json::from_str(&body[segment.raw.clone()]).unwrap();
            prop_assert_eq!(&literal, &segment.text);
        }
    }
}
