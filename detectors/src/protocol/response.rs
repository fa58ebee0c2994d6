//! What answers look like: discovery tells an endpoint by them.

use super::Protocol;
use crate::json::{Doc, Kind, Limits, View};

/// As much of an answer as is looked at.
const START: usize = 8 * 1024;
/// As many events of a stream as are looked at.
const EVENTS: usize = 4;
const LIMITS: Limits = Limits {
    depth: 64,
    nodes: 2000,
};

/// The protocol of a response, by its content type and first bytes; they may end anywhere.
///
/// Only the first 8 KiB are looked at.
#[must_use]
pub fn response_shape(content_type: Option<&str>, start: &[u8]) -> Option<Protocol> {
    let start = start.get(..START).unwrap_or(start);
    let text = match std::str::from_utf8(start) {
        Ok(text) => text,
        Err(error) => std::str::from_utf8(start.get(..error.valid_up_to())?).ok()?,
    };
    let text = text.strip_prefix('\u{feff}').unwrap_or(text).trim_start();
    let essence = content_type
        .unwrap_or_default()
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    if essence == "text/event-stream" || text.starts_with("data:") || text.starts_with("event:") {
        let events = text.lines().filter_map(|line| line.strip_prefix("data:"));
        return events.take(EVENTS).find_map(json);
    }
    let is_json = essence.is_empty() || essence.contains("json") || essence == "text/plain";
    if is_json { json(text) } else { None }
}

/// The shape of a JSON text, of the first value of NDJSON, or of the first item of an array (Gemini streams
/// one that way).
fn json(text: &str) -> Option<Protocol> {
    let doc = Doc::parse_start(text, LIMITS);
    let root = doc.root()?;
    let first = if root.is(Kind::Array) {
        root.items().next()?
    } else {
        root
    };
    first.is(Kind::Object).then(|| object(first))?
}

fn object(root: View<'_>) -> Option<Protocol> {
    let text = |key| root.last(key).and_then(View::text).unwrap_or_default();
    match &*text("object") {
        "chat.completion" | "chat.completion.chunk" => return Some(Protocol::OpenAiChat),
        "text_completion" => return Some(Protocol::OpenAiCompletions),
        "response" => return Some(Protocol::OpenAiResponses),
        "list" if is_embedding(root) => return Some(Protocol::OpenAiEmbeddings),
        _ => {}
    }
    let kind = text("type");
    match &*kind {
        "message_start" | "content_block_start" | "content_block_delta" => return Some(Protocol::Anthropic),
        "message" if root.has("content") && text("role") == "assistant" => return Some(Protocol::Anthropic),
        "message-start" | "content-start" | "content-delta" => return Some(Protocol::Cohere),
        _ if kind.starts_with("response.") && root.has("sequence_number") => {
            return Some(Protocol::OpenAiResponses);
        }
        _ => {}
    }
    if root
        .all("candidates")
        .flat_map(View::items)
        .any(|candidate| candidate.has_any(&["content", "finishReason"]))
    {
        return Some(Protocol::Gemini);
    }
    if root.has("model")
        && root.has("created_at")
        && root.has_any(&["message", "response"])
        && root.has("done")
    {
        return Some(Protocol::Ollama);
    }
    if root.has("model") && root.has("embeddings") && root.has("total_duration") {
        return Some(Protocol::Ollama);
    }
    let cohere_message = root
        .all("message")
        .any(|message| message.has("content") || message.has("tool_calls"));
    if cohere_message && root.has("finish_reason") {
        return Some(Protocol::Cohere);
    }
    // Servers that copy OpenAI and leave out `object`.
    let copies = root
        .all("choices")
        .flat_map(View::items)
        .any(|choice| choice.has_any(&["message", "delta"]));
    copies.then_some(Protocol::OpenAiChat)
}

fn is_embedding(root: View<'_>) -> bool {
    root.all("data")
        .flat_map(View::items)
        .any(|item| item.has("embedding"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_answers() {
        for (protocol, body) in [
            (
                Protocol::OpenAiChat,
                r#"{"id": "c", "object": "chat.completion", "choices": [{"message": {"content": "x"}}]}"#,
            ),
            (
                Protocol::OpenAiChat,
                r#"{"id": "c", "choices": [{"message": {"content": "x"}}]}"#,
            ),
            (
                Protocol::OpenAiCompletions,
                r#"{"object": "text_completion", "choices": [{"text": "x"}]}"#,
            ),
            (
                Protocol::OpenAiResponses,
                r#"{"id": "r", "object": "response", "output": []}"#,
            ),
            (
                Protocol::OpenAiEmbeddings,
                r#"{"object": "list", "data": [{"object": "embedding", "embedding": [0.1]}]}"#,
            ),
            (
                Protocol::Anthropic,
                r#"{"id": "m", "type": "message", "role": "assistant", "content": []}"#,
            ),
            (
                Protocol::Gemini,
                r#"{"candidates": [{"content": {"parts": [{"text": "x"}]}}]}"#,
            ),
            (
                Protocol::Gemini,
                r#"[{"candidates": [{"content": {"parts": [{"text": "x"}]}}]}"#,
            ),
            (
                Protocol::Ollama,
                r#"{"model": "m", "created_at": "t", "message": {"role": "assistant"}, "done": true}"#,
            ),
            (
                Protocol::Ollama,
                "{\"model\": \"m\", \"created_at\": \"t\", \"response\": \"x\", \"done\": false}\n{\"mod",
            ),
            (
                Protocol::Cohere,
                r#"{"id": "c", "finish_reason": "COMPLETE", "message": {"role": "assistant", "content": []}}"#,
            ),
        ] {
            assert_eq!(
                response_shape(Some("application/json; charset=utf-8"), body.as_bytes()),
                Some(protocol),
                "{body}"
            );
        }
    }

    #[test]
    fn streams() {
        let stream = |body: &str| response_shape(Some("text/event-stream"), body.as_bytes());
        assert_eq!(
            stream("data: {\"object\": \"chat.completion.chunk\", \"choices\": [{\"del"),
            Some(Protocol::OpenAiChat)
        );
        assert_eq!(
            stream(": hello\n\nevent: message_start\ndata: {\"type\": \"message_start\"}\n\n"),
            Some(Protocol::Anthropic)
        );
        assert_eq!(
            stream(
                "event: response.created\ndata: {\"type\": \"response.created\", \"sequence_number\": 0}\n\n"
            ),
            Some(Protocol::OpenAiResponses)
        );
        assert_eq!(
            stream("data: {\"candidates\": [{\"content\": {\"parts\": []}}]}\r\n\r\n"),
            Some(Protocol::Gemini)
        );
        assert_eq!(
            stream("event: message-start\ndata: {\"type\": \"message-start\"}\n\n"),
            Some(Protocol::Cohere)
        );
        assert_eq!(stream("data: {\"price\": 3}\n\n"), None);
    }

    #[test]
    fn an_answer_that_is_cut_is_told_by_its_start() {
        let long = format!(
            "{{\"object\": \"chat.completion\", \"choices\": [{{\"message\": {{\"content\": \"{}",
            "é".repeat(9000)
        );
        assert_eq!(response_shape(None, long.as_bytes()), Some(Protocol::OpenAiChat));
    }

    #[test]
    fn other_answers() {
        for (content_type, body) in [
            ("application/json", "{\"message\": \"ok\"}"),
            ("application/json", "{\"type\": \"message\", \"content\": \"hi\"}"),
            ("application/json", "{\"choices\": [1, 2]}"),
            ("application/json", "[]"),
            ("application/json", ""),
            ("application/json", "\u{0}\u{0}"),
            ("text/html", "<html>{\"object\": \"chat.completion\"}"),
            ("image/png", "{\"object\": \"chat.completion\"}"),
        ] {
            assert_eq!(
                response_shape(Some(content_type), body.as_bytes()),
                None,
                "{body}"
            );
        }
        assert_eq!(response_shape(None, b"\xff\xfe"), None);
    }
}
