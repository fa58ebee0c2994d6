//! Answers in Anthropic's shape.

use serde_json::{Value, json};

use super::said::{Said, echo, last_text, named};

pub(super) fn messages(sent: &Value) -> Said {
    let text = echo(&last_text(&sent["messages"]));
    let message = |content: Value, stop: Value| {
        json!({
            "id": "msg_1", "type": "message", "role": "assistant", "model": "claude-test", "content": content,
            "stop_reason": stop, "stop_sequence": null, "usage": { "input_tokens": 1, "output_tokens": 1 },
        })
    };
    if sent["stream"] != true {
        return Said::Whole(message(
            json!([{ "type": "text", "text": text }]),
            json!("end_turn"),
        ));
    }
    let start = [
        json!({ "type": "message_start", "message": message(json!([]), Value::Null) }),
        json!({ "type": "content_block_start", "index": 0, "content_block": { "type": "text", "text": "" } }),
    ];
    let words = text.split_inclusive(' ').map(|word| {
        json!({ "type": "content_block_delta", "index": 0, "delta": { "type": "text_delta", "text": word } })
    });
    let end = [
        json!({ "type": "content_block_stop", "index": 0 }),
        json!({ "type": "message_delta", "delta": { "stop_reason": "end_turn", "stop_sequence": null }, "usage": { "output_tokens": 1 } }),
        json!({ "type": "message_stop" }),
    ];
    Said::Events(
        start
            .into_iter()
            .chain(words)
            .chain(end)
            .map(|document| named(&document))
            .collect(),
    )
}
