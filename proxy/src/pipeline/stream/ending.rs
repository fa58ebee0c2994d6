//! How the protocols say that a stream is complete.

use lockgate_errors::{Envelope, Framing};
use memchr::memmem;
use serde::Deserialize;
use serde::de::IgnoredAny;

/// As much of an event's beginning as is looked at: the final event of OpenAI's Responses holds the whole answer.
const EVENT_START: usize = 256;
/// Events after which nothing more comes.
const FINAL_EVENTS: [&str; 6] = [
    "message_stop",
    "message-end",
    "response.completed",
    "response.failed",
    "response.incomplete",
    "error",
];

/// Whether streams of this provider have an end of their own, so that one without it has broken off.
pub(super) fn is_expected(envelope: Envelope, framing: Framing) -> bool {
    match framing {
        Framing::Sse => matches!(
            envelope,
            Envelope::OpenAi | Envelope::OpenAiResponses | Envelope::Anthropic | Envelope::Cohere
        ),
        Framing::Lines => true,
        Framing::Array => true,
    }
}

/// Whether one of these whole pieces is the last of its stream.
pub(super) fn is_in(pieces: &[u8], framing: Framing) -> bool {
    match framing {
        Framing::Sse => events(pieces).any(is_final_event),
        Framing::Lines => pieces.split(|byte| *byte == b'\n').any(is_final_line),
        Framing::Array => false,
    }
}

/// The beginnings of the events: each line that follows an empty one, up to the next empty one.
fn events(pieces: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = pieces;
    std::iter::from_fn(move || {
        let start = rest.iter().position(|byte| !matches!(byte, b'\n' | b'\r'))?;
        let event = &rest[start..];
        let end = [&b"\n\n"[..], b"\r\n\r\n", b"\r\r"]
            .iter()
            .filter_map(|mark| memmem::find(event, mark))
            .min()
            .unwrap_or(event.len());
        rest = &event[end..];
        Some(&event[..end])
    })
}

/// An error that the upstream told itself is an end, too.
fn is_final_event(event: &[u8]) -> bool {
    let start = &event[..event.len().min(EVENT_START)];
    start.split(|byte| matches!(byte, b'\n' | b'\r')).any(|line| {
        if let Some(name) = line.strip_prefix(b"event:") {
            return FINAL_EVENTS
                .iter()
                .any(|known| known.as_bytes() == name.trim_ascii());
        }
        let Some(data) = line.strip_prefix(b"data:").map(<[u8]>::trim_ascii) else {
            return false;
        };
        let named = |kind: &str| data.starts_with(format!("{{\"type\":\"{kind}\"").as_bytes());
        data == b"[DONE]" || data.starts_with(b"{\"error\":") || FINAL_EVENTS.iter().any(|kind| named(kind))
    })
}

/// Ollama's last line has `"done": true`, Cohere's `"is_finished": true`; a line with `error` is an end, too.
fn is_final_line(line: &[u8]) -> bool {
    #[derive(Deserialize)]
    struct Line {
        #[serde(default)]
        done: bool,
        #[serde(default)]
        is_finished: bool,
        error: Option<IgnoredAny>,
    }
    serde_json::from_slice::<Line>(line)
        .is_ok_and(|line| line.done || line.is_finished || line.error.is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn final_events() {
        for (events, expected) in [
            ("data: {\"choices\":[]}\n\ndata: [DONE]\n\n", true),
            ("data:[DONE]\r\n\r\n", true),
            ("data: [DONE]\n\n: keepalive\n\n", true),
            ("event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n", true),
            (
                "event: response.completed\ndata: {\"type\":\"response.completed\",\"response\":{}}\n\n",
                true,
            ),
            ("data: {\"type\":\"message-end\",\"delta\":{}}\n\n", true),
            ("data: {\"error\":{\"message\":\"overloaded\"}}\n\n", true),
            ("event: error\ndata: {}\n\n", true),
            (
                "data: {\"choices\":[{\"delta\":{\"content\":\"data: [DONE]\"}}]}\n\n",
                false,
            ),
            (
                "event: message_delta\ndata: {\"type\":\"message_delta\"}\n\n",
                false,
            ),
            (
                "event: content_block_delta\ndata: {\"text\":\"event: message_stop\"}\n\n",
                false,
            ),
            ("", false),
        ] {
            assert_eq!(is_in(events.as_bytes(), Framing::Sse), expected, "{events:?}");
        }
    }

    #[test]
    fn final_lines() {
        let is_final = |lines: &str| is_in(lines.as_bytes(), Framing::Lines);
        assert!(is_final(
            "{\"response\":\"a\",\"done\":false}\n{\"response\":\"\",\"done\": true}\n"
        ));
        assert!(is_final("{\"is_finished\":true,\"event_type\":\"stream-end\"}\n"));
        assert!(is_final("{\"error\":\"no such model\"}\n"));
        assert!(!is_final("{\"response\":\"\\\"done\\\":true\",\"done\":false}\n"));
        assert!(!is_final(""));
    }
}
