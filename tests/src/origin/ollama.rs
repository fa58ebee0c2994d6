//! Answers in Ollama's shape.

use serde_json::{Value, json};

use super::said::{Said, echo, last_text};

pub(super) fn chat(sent: &Value) -> Said {
    let text = echo(&last_text(&sent["messages"]));
    let part = |text: &str, done: bool| {
        json!({
            "model": "llama-test", "created_at": "2026-11-22T00:00:00Z", "done": done,
            "message": { "role": "assistant", "content": text },
        })
    };
    if sent["stream"] == false {
        return Said::Whole(part(&text, true));
    }
    let words = text.split_inclusive(' ').map(|word| part(word, false));
    Said::Lines(words.chain([part("", true)]).collect())
}
