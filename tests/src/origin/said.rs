//! What an API of a provider says, before it is put on the wire.

use hyper::Response;
use serde_json::Value;

use super::body::{self, Body};

/// An answer in a provider's shape.
pub(super) enum Said {
    /// A JSON document.
    Whole(Value),
    /// Server-sent events, each whole.
    Events(Vec<String>),
    /// JSON documents, one a line.
    Lines(Vec<Value>),
    /// A status without a body.
    Bare(u16),
}

impl Said {
    /// The answer as it should be.
    pub(super) fn whole(self) -> Response<Body> {
        match self {
            Self::Whole(document) => body::json(200, &document),
            Self::Events(events) => body::pieces("text/event-stream", events, false),
            Self::Lines(lines) => body::pieces("application/x-ndjson", to_lines(&lines), false),
            Self::Bare(status) => body::whole(status, "text/plain", ""),
        }
    }

    /// The answer, broken off after so many pieces of its text. A document is broken off before its end.
    pub(super) fn broken(self, after: usize) -> Response<Body> {
        let first = |pieces: Vec<String>| pieces.into_iter().take(after).collect();
        match self {
            Self::Whole(document) => {
                let text = document.to_string();
                body::pieces("application/json", vec![text[..text.len() / 2].to_owned()], true)
            }
            Self::Events(events) => body::pieces("text/event-stream", first(events), true),
            Self::Lines(lines) => body::pieces("application/x-ndjson", first(to_lines(&lines)), true),
            Self::Bare(_) => self.whole(),
        }
    }
}

fn to_lines(documents: &[Value]) -> Vec<String> {
    documents.iter().map(|document| format!("{document}\n")).collect()
}

/// One event without a name.
pub(super) fn event(document: &Value) -> String {
    format!("data: {document}\n\n")
}

/// One event with its type as its name.
pub(super) fn named(document: &Value) -> String {
    format!(
        "event: {}\ndata: {document}\n\n",
        document["type"].as_str().unwrap_or_default()
    )
}

/// The text of the last message, whether its content is a string or a list of parts.
pub(super) fn last_text(messages: &Value) -> String {
    let last = messages
        .as_array()
        .and_then(|all| all.last())
        .unwrap_or(&Value::Null);
    let content = if last["parts"].is_array() {
        &last["parts"]
    } else {
        &last["content"]
    };
    let parts = content
        .as_array()
        .map(|parts| parts.iter().filter_map(|part| part["text"].as_str()).collect());
    parts.unwrap_or_else(|| content.as_str().unwrap_or_default().to_owned())
}

/// `You said: ...`, so that a client sees what the gate changed.
pub(super) fn echo(text: &str) -> String {
    format!("You said: {text}")
}
