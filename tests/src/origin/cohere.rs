//! Answers in the shape of Cohere's second chat.

use serde_json::{Value, json};

use super::said::{Said, echo, last_text, named};

pub(super) fn chat(sent: &Value) -> Said {
    let text = echo(&last_text(&sent["messages"]));
    let usage = json!({ "tokens": { "input_tokens": 1, "output_tokens": 1 } });
    if sent["stream"] != true {
        return Said::Whole(json!({
            "id": "chat-1", "finish_reason": "COMPLETE", "usage": usage,
            "message": { "role": "assistant", "content": [{ "type": "text", "text": text }] },
        }));
    }
    let content = |kind: &str, content: Value| json!({ "type": kind, "index": 0, "delta": { "message": { "content": content } } });
    let start = [
        json!({ "type": "message-start", "id": "chat-1", "delta": { "message": { "role": "assistant" } } }),
        content("content-start", json!({ "type": "text", "text": "" })),
    ];
    let words = text
        .split_inclusive(' ')
        .map(|word| content("content-delta", json!({ "text": word })));
    let end = [
        json!({ "type": "content-end", "index": 0 }),
        json!({ "type": "message-end", "delta": { "finish_reason": "COMPLETE", "usage": usage } }),
    ];
    let events = start.into_iter().chain(words).chain(end);
    Said::Events(events.map(|document| named(&document)).collect())
}
