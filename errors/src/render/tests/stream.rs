//! The last piece of a stream that broke off.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;

const ALL: [Envelope; 8] = [
    Envelope::None,
    Envelope::OpenAi,
    Envelope::OpenAiResponses,
    Envelope::Anthropic,
    Envelope::Gemini,
    Envelope::Cohere,
    Envelope::Ollama,
    Envelope::JsonRpc,
];

fn stalled() -> Problem {
    overload()
        .detail("The upstream 'x' fell silent.")
        .rpc_id(json!(7))
}

#[test]
fn events() {
    let all: Vec<_> = ALL
        .iter()
        .map(|envelope| format!("{envelope:?}\n{}", frame(&stalled(), *envelope, Framing::Sse)))
        .collect();
    insta::assert_snapshot!(all.concat().replace(",\"", ",\n\""), @r#"
    None
    event: error
    data: {"type":"/.well-known/lockgate/problems/overloaded",
    "title":"Gate is overloaded",
    "status":503,
    "detail":"The upstream 'x' fell silent.",
    "code":"overloaded",
    "category":"overload",
    "retryable":true,
    "retry_after":2,
    "owner_action_required":false,
    "what_to_do":"Wait 2 seconds, then send the same request again, with fewer requests at a time.",
    "timestamp":"2026-11-18T11:06:40Z",
    "source":"gate"}

    OpenAi
    data: {"type":"/.well-known/lockgate/problems/overloaded",
    "title":"Gate is overloaded",
    "status":503,
    "detail":"The upstream 'x' fell silent.",
    "code":"overloaded",
    "category":"overload",
    "retryable":true,
    "retry_after":2,
    "owner_action_required":false,
    "what_to_do":"Wait 2 seconds, then send the same request again, with fewer requests at a time.",
    "timestamp":"2026-11-18T11:06:40Z",
    "source":"gate",
    "error":{"message":"The upstream 'x' fell silent.",
    "type":"server_error",
    "code":"overloaded",
    "param":null}}

    OpenAiResponses
    event: error
    data: {"type":"error",
    "problem_type":"/.well-known/lockgate/problems/overloaded",
    "title":"Gate is overloaded",
    "status":503,
    "detail":"The upstream 'x' fell silent.",
    "code":"overloaded",
    "category":"overload",
    "retryable":true,
    "retry_after":2,
    "owner_action_required":false,
    "what_to_do":"Wait 2 seconds, then send the same request again, with fewer requests at a time.",
    "timestamp":"2026-11-18T11:06:40Z",
    "source":"gate",
    "sequence_number":0,
    "error":{"message":"The upstream 'x' fell silent.",
    "type":"server_error",
    "code":"overloaded",
    "param":null},
    "message":"The upstream 'x' fell silent.",
    "param":null}

    Anthropic
    event: error
    data: {"type":"error",
    "problem_type":"/.well-known/lockgate/problems/overloaded",
    "title":"Gate is overloaded",
    "status":503,
    "detail":"The upstream 'x' fell silent.",
    "code":"overloaded",
    "category":"overload",
    "retryable":true,
    "retry_after":2,
    "owner_action_required":false,
    "what_to_do":"Wait 2 seconds, then send the same request again, with fewer requests at a time.",
    "timestamp":"2026-11-18T11:06:40Z",
    "source":"gate",
    "error":{"type":"overloaded_error",
    "message":"The upstream 'x' fell silent.",
    "details":{"error_code":"overloaded"}},
    "message":"The upstream 'x' fell silent."}

    Gemini
    data: {"error":{"code":503,
    "message":"The upstream 'x' fell silent.",
    "status":"UNAVAILABLE",
    "details":[{"type":"/.well-known/lockgate/problems/overloaded",
    "title":"Gate is overloaded",
    "status":503,
    "detail":"The upstream 'x' fell silent.",
    "code":"overloaded",
    "category":"overload",
    "retryable":true,
    "retry_after":2,
    "owner_action_required":false,
    "what_to_do":"Wait 2 seconds, then send the same request again, with fewer requests at a time.",
    "timestamp":"2026-11-18T11:06:40Z",
    "source":"gate"},{"@type":"type.googleapis.com/google.rpc.RetryInfo",
    "retryDelay":"2s"}]}}

    Cohere
    event: message-end
    data: {"type":"message-end",
    "problem_type":"/.well-known/lockgate/problems/overloaded",
    "title":"Gate is overloaded",
    "status":503,
    "detail":"The upstream 'x' fell silent.",
    "code":"overloaded",
    "category":"overload",
    "retryable":true,
    "retry_after":2,
    "owner_action_required":false,
    "what_to_do":"Wait 2 seconds, then send the same request again, with fewer requests at a time.",
    "timestamp":"2026-11-18T11:06:40Z",
    "source":"gate",
    "delta":{"error":"The upstream 'x' fell silent.",
    "finish_reason":"ERROR"},
    "message":"The upstream 'x' fell silent."}

    Ollama
    event: error
    data: {"type":"/.well-known/lockgate/problems/overloaded",
    "title":"Gate is overloaded",
    "status":503,
    "detail":"The upstream 'x' fell silent.",
    "code":"overloaded",
    "category":"overload",
    "retryable":true,
    "retry_after":2,
    "owner_action_required":false,
    "what_to_do":"Wait 2 seconds, then send the same request again, with fewer requests at a time.",
    "timestamp":"2026-11-18T11:06:40Z",
    "source":"gate",
    "error":"The upstream 'x' fell silent."}

    JsonRpc
    data: {"jsonrpc":"2.0",
    "id":7,
    "error":{"code":-32010,
    "message":"The upstream 'x' fell silent.",
    "data":{"type":"/.well-known/lockgate/problems/overloaded",
    "title":"Gate is overloaded",
    "status":503,
    "detail":"The upstream 'x' fell silent.",
    "code":"overloaded",
    "category":"overload",
    "retryable":true,
    "retry_after":2,
    "owner_action_required":false,
    "what_to_do":"Wait 2 seconds, then send the same request again, with fewer requests at a time.",
    "timestamp":"2026-11-18T11:06:40Z",
    "source":"gate"}}}
    "#);
}

#[test]
fn lines_and_arrays() {
    let table = [
        (Envelope::Ollama, Framing::Lines),
        (Envelope::Cohere, Framing::Lines),
        (Envelope::None, Framing::Lines),
        (Envelope::Gemini, Framing::Array),
    ];
    let all = table.map(|(envelope, framing)| frame(&stalled(), envelope, framing));
    insta::assert_snapshot!(all.concat().replace(",\"", ",\n\""), @r#"
    {"type":"/.well-known/lockgate/problems/overloaded",
    "title":"Gate is overloaded",
    "status":503,
    "detail":"The upstream 'x' fell silent.",
    "code":"overloaded",
    "category":"overload",
    "retryable":true,
    "retry_after":2,
    "owner_action_required":false,
    "what_to_do":"Wait 2 seconds, then send the same request again, with fewer requests at a time.",
    "timestamp":"2026-11-18T11:06:40Z",
    "source":"gate",
    "error":"The upstream 'x' fell silent."}
    {"type":"/.well-known/lockgate/problems/overloaded",
    "title":"Gate is overloaded",
    "status":503,
    "detail":"The upstream 'x' fell silent.",
    "code":"overloaded",
    "category":"overload",
    "retryable":true,
    "retry_after":2,
    "owner_action_required":false,
    "what_to_do":"Wait 2 seconds, then send the same request again, with fewer requests at a time.",
    "timestamp":"2026-11-18T11:06:40Z",
    "source":"gate",
    "event_type":"stream-end",
    "is_finished":true,
    "finish_reason":"ERROR",
    "message":"The upstream 'x' fell silent."}
    {"type":"/.well-known/lockgate/problems/overloaded",
    "title":"Gate is overloaded",
    "status":503,
    "detail":"The upstream 'x' fell silent.",
    "code":"overloaded",
    "category":"overload",
    "retryable":true,
    "retry_after":2,
    "owner_action_required":false,
    "what_to_do":"Wait 2 seconds, then send the same request again, with fewer requests at a time.",
    "timestamp":"2026-11-18T11:06:40Z",
    "source":"gate"}
    ,{"error":{"code":503,
    "message":"The upstream 'x' fell silent.",
    "status":"UNAVAILABLE",
    "details":[{"type":"/.well-known/lockgate/problems/overloaded",
    "title":"Gate is overloaded",
    "status":503,
    "detail":"The upstream 'x' fell silent.",
    "code":"overloaded",
    "category":"overload",
    "retryable":true,
    "retry_after":2,
    "owner_action_required":false,
    "what_to_do":"Wait 2 seconds, then send the same request again, with fewer requests at a time.",
    "timestamp":"2026-11-18T11:06:40Z",
    "source":"gate"},{"@type":"type.googleapis.com/google.rpc.RetryInfo",
    "retryDelay":"2s"}]}}]
    "#);
}

#[test]
fn google_genai_knows_an_error_by_its_first_member() {
    assert!(frame(&stalled(), Envelope::Gemini, Framing::Sse).starts_with("data: {\"error\":{\"code\":503,"));
}

#[test]
fn what_an_upstream_said_is_no_part_of_a_piece() {
    let kept = crate::Kept::object(b"{\n\n\"a\":\n1}").expect("an object");
    for envelope in ALL {
        let plain = frame(&stalled(), envelope, Framing::Sse);
        assert_eq!(
            frame(&stalled().kept(kept.clone()), envelope, Framing::Sse),
            plain
        );
    }
}

/// The events of a stream, by the rules of the HTML standard: name and data.
fn parsed(stream: &str) -> Vec<(String, String)> {
    let mut events = Vec::new();
    let (mut name, mut data) = (String::new(), Vec::new());
    for line in stream.replace("\r\n", "\n").split(['\n', '\r']) {
        if line.is_empty() {
            if !data.is_empty() {
                events.push((std::mem::take(&mut name), data.join("\n")));
            }
            name.clear();
            data.clear();
        }
        let (field, value) = line.split_once(':').unwrap_or((line, ""));
        match field {
            "event" => value.trim_start().clone_into(&mut name),
            "data" => data.push(value.strip_prefix(' ').unwrap_or(value).to_owned()),
            _ => {}
        }
    }
    events
}

proptest! {
    #[test]
    fn no_text_breaks_out_of_its_piece(
        detail in "(\r|\n|\r\n|data: |event: x|\\[DONE\\]|\\]|\\}|\u{2028}|\u{85}|\"|\\\\|[a-z]|\u{0}){0,30}",
        envelope in prop::sample::select(&ALL[..]),
    ) {
        let problem = overload().detail(detail.clone()).with("extra", detail);
        let events = parsed(&frame(&problem, envelope, Framing::Sse));
        prop_assert_eq!(events.len(), 1);
        let (name, data) = &events[0];
        let expected = match envelope {
            Envelope::OpenAi | Envelope::Gemini | Envelope::JsonRpc => "",
            Envelope::Cohere => "message-end",
            _ => "error",
        };
        prop_assert_eq!(name, expected);
        let value: Value = serde_json::from_str(data).expect("JSON");
        let said = ["/error/message", "/delta/error", "/detail", "/error"].iter().find_map(|at| value.pointer(at)?.as_str());
        prop_assert_eq!(said, Some(problem.detail_text()));

        let lines = frame(&problem, envelope, Framing::Lines);
        prop_assert_eq!(lines.matches('\n').count(), 1);
        prop_assert!(lines.ends_with('\n') && !lines.contains('\r'));
        prop_assert!(serde_json::from_str::<Value>(&lines).is_ok());

        let array = format!("[{{}}{}", frame(&problem, envelope, Framing::Array));
        let array: Value = serde_json::from_str(&array).expect("JSON");
        prop_assert_eq!(array.as_array().map(Vec::len), Some(2));
    }
}
