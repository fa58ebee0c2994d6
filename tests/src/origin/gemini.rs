//! Answers in Gemini's shape.

use serde_json::{Value, json};

use super::said::{Said, echo, event, last_text};

pub(super) fn generate(sent: &Value, stream: bool) -> Said {
    let text = echo(&last_text(&sent["contents"]));
    let part = |text: &str, reason: Value| {
        json!({
            "candidates": [{ "index": 0, "finishReason": reason, "content": { "role": "model", "parts": [{ "text": text }] } }],
            "usageMetadata": { "promptTokenCount": 1, "candidatesTokenCount": 1, "totalTokenCount": 2 },
            "modelVersion": "gemini-test",
        })
    };
    if !stream {
        return Said::Whole(part(&text, json!("STOP")));
    }
    let words = text
        .split_inclusive(' ')
        .map(|word| event(&part(word, Value::Null)));
    Said::Events(words.chain([event(&part("", json!("STOP")))]).collect())
}
