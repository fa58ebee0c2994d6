//! Answers in OpenAI's shapes. Each says back what the user said, so that a client sees what the gate changed.

use hyper::Response;
use serde_json::{Value, json};

use super::body::{self, Body};

pub(super) fn chat(sent: &Value) -> Response<Body> {
    let text = format!("You said: {}", last_text(&sent["messages"]));
    if sent["stream"] != true {
        return body::json(200, &completion(&text));
    }
    let chunk = |delta: Value, finish: Value| {
        let choices = json!([{ "index": 0, "delta": delta, "finish_reason": finish }]);
        event(
            &json!({ "id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1, "model": "gpt-test", "choices": choices }),
        )
    };
    let words = text
        .split_inclusive(' ')
        .map(|word| chunk(json!({ "content": word }), Value::Null));
    let start = std::iter::once(chunk(json!({ "role": "assistant", "content": "" }), Value::Null));
    let end = [chunk(json!({}), json!("stop")), "data: [DONE]\n\n".to_owned()];
    body::events(start.chain(words).chain(end).collect())
}

pub(super) fn responses(sent: &Value) -> Response<Body> {
    let input = &sent["input"];
    let said = input.as_str().map_or_else(|| last_text(input), str::to_owned);
    let text = format!("You said: {said}");
    if sent["stream"] != true {
        return body::json(200, &response(&text, "completed"));
    }
    let created =
        json!({ "type": "response.created", "sequence_number": 0, "response": response("", "in_progress") });
    let words = text.split_inclusive(' ').enumerate().map(|(index, word)| {
        json!({
            "type": "response.output_text.delta", "sequence_number": index + 1, "item_id": "msg_1",
            "output_index": 0, "content_index": 0, "delta": word, "logprobs": [],
        })
    });
    let completed = json!({ "type": "response.completed", "sequence_number": 999, "response": response(&text, "completed") });
    let events = std::iter::once(created).chain(words).chain([completed]);
    body::events(events.map(|document| named(&document)).collect())
}

/// The text of the last message, whether its content is a string or a list of parts.
pub(super) fn last_text(messages: &Value) -> String {
    let content = &messages
        .as_array()
        .and_then(|all| all.last())
        .unwrap_or(&Value::Null)["content"];
    let parts = content
        .as_array()
        .map(|parts| parts.iter().filter_map(|part| part["text"].as_str()).collect());
    parts.unwrap_or_else(|| content.as_str().unwrap_or_default().to_owned())
}

/// One event with its type as its name.
pub(super) fn named(document: &Value) -> String {
    format!(
        "event: {}\ndata: {document}\n\n",
        document["type"].as_str().unwrap_or_default()
    )
}

fn event(document: &Value) -> String {
    format!("data: {document}\n\n")
}

fn completion(text: &str) -> Value {
    json!({
        "id": "chatcmpl-1", "object": "chat.completion", "created": 1, "model": "gpt-test",
        "choices": [{ "index": 0, "message": { "role": "assistant", "content": text }, "finish_reason": "stop" }],
        "usage": { "prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2 },
    })
}

fn response(text: &str, status: &str) -> Value {
    let content = json!([{ "type": "output_text", "text": text, "annotations": [] }]);
    json!({
        "id": "resp_1", "object": "response", "created_at": 1, "status": status, "model": "gpt-test",
        "output": [{ "type": "message", "id": "msg_1", "status": status, "role": "assistant", "content": content }],
        "parallel_tool_calls": true, "tool_choice": "auto", "tools": [],
    })
}
