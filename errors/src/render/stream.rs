//! An error in the middle of a stream, in the form that the provider's SDK reads there.
//!
//! | envelope | server-sent event | what its SDK does with it |
//! |---|---|---|
//! | OpenAI | `data: {..., "error": {...}}` | raises `APIError` with message, type and code (Python, npm, Vercel) |
//! | OpenAI Responses | `event: error`, `{"type": "error", "sequence_number": 0, ..., "error": {...}, "message": ...}` | raises `APIError`; Vercel ends with the error |
//! | Anthropic | `event: error`, `{"type": "error", ..., "error": {...}}` | raises `APIStatusError` (Python), `APIError` (npm) with the type |
//! | Gemini | `data: {"error": {"code", "message", "status", ...}}`, `error` first | raises `ClientError` or `ServerError` (Python), `ApiError` (npm) |
//! | Cohere | `event: message-end`, `{"type": "message-end", "delta": {"finish_reason": "ERROR", "error": ...}}` | hands it on as the last event; it raises for no event at all |
//! | JSON-RPC | `data: {"jsonrpc": "2.0", ...}` | fails the call with code, message and data |
//! | none | `event: error`, the problem | fires `error` in a browser's `EventSource` |
//!
//! In lines, Ollama's `{"error": "..."}` raises `ResponseError` (Python) and `Error` (npm).

use serde::{Serialize, Serializer};
use serde_json::json;

use super::Envelope;
use super::envelope::Beside;
use super::json;
use crate::negotiate::Form;
use crate::problem::{Entries, Problem};

/// How a stream is cut into pieces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Framing {
    /// Server-sent events: `text/event-stream`.
    Sse,
    /// A JSON document on each line: `application/x-ndjson`, as Ollama has it.
    Lines,
    /// A JSON array that is open, as Gemini streams without `alt=sse`.
    Array,
}

/// Writes the problem as the last piece of a stream whose head is long gone.
///
/// It is to be written on a boundary of the framing: after a whole event, a whole line, at least one whole
/// element. It is one piece, whatever the problem says, and the stream is to be ended properly behind it,
/// unless [`is_raised`] says otherwise. What an upstream said itself ([`Problem::kept`]) is not part of it.
///
/// ```
/// use lockgate_errors::{Envelope, Framing, Problem, catalogue, frame};
///
/// let problem = Problem::new(&catalogue::UPSTREAM_STALLED);
/// let last = frame(&problem, Envelope::OpenAi, Framing::Sse);
/// assert!(last.starts_with("data: {") && last.ends_with("}\n\n"));
/// ```
pub fn frame(problem: &Problem, envelope: Envelope, framing: Framing) -> String {
    let event = match (framing, envelope) {
        (Framing::Array, _) => return format!(",{}]", json::alone(problem, Form::Json, envelope)),
        (Framing::Lines, Envelope::Cohere) => {
            return format!("{}\n", json::text(&Ended(problem, STREAM_END)));
        }
        (Framing::Lines, _) => return format!("{}\n", json::alone(problem, Form::Json, envelope)),
        (Framing::Sse, Envelope::Cohere) => {
            let document = json::text(&Ended(problem, MESSAGE_END));
            return format!("event: {MESSAGE_END}\ndata: {document}\n\n");
        }
        (Framing::Sse, Envelope::OpenAiResponses) => json::text(&Responses(problem)),
        (Framing::Sse, _) => json::alone(problem, Form::Json, envelope),
    };
    // JSON on one line has no line break that could end the event.
    match envelope {
        Envelope::OpenAi | Envelope::Gemini | Envelope::JsonRpc => format!("data: {event}\n\n"),
        _ => format!("event: error\ndata: {event}\n\n"),
    }
}

/// Whether the provider's SDK makes an exception of the [`frame`].
///
/// Cohere's gives it to the program as the last event, like that of an answer that came whole. Where the
/// connection is cut behind it, it raises the error of a broken connection besides.
pub fn is_raised(envelope: Envelope) -> bool {
    envelope != Envelope::Cohere
}

/// The last event of Cohere's v2 streams.
const MESSAGE_END: &str = "message-end";
/// That of its v1 streams, which come in lines.
const STREAM_END: &str = "stream-end";

/// Cohere's last event, which says that and why it is the last.
struct Ended<'a>(&'a Problem, &'static str);

/// The error event of OpenAI's Responses. Its members stand at the top in the documentation and inside of `error`
/// on the wire; SDKs read the one or the other.
struct Responses<'a>(&'a Problem);

impl Serialize for Ended<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(problem, last) = *self;
        let v2 = last == MESSAGE_END;
        let mut entries = Entries::new(serializer.serialize_map(None)?, None, v2.then_some(last));
        problem.members(&mut entries)?;
        let message = problem.detail_text();
        if v2 {
            entries.add("delta", &json!({ "finish_reason": "ERROR", "error": message }))?;
        } else {
            entries.add("event_type", last)?;
            entries.add("is_finished", &true)?;
            entries.add("finish_reason", "ERROR")?;
        }
        entries.add("message", message)?;
        entries.end()
    }
}

impl Serialize for Responses<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(problem) = *self;
        let mut entries = Entries::new(serializer.serialize_map(None)?, None, Some("error"));
        problem.members(&mut entries)?;
        // Nobody counts what the upstream sent; Vercel's SDK wants a number here, whichever.
        entries.add("sequence_number", &0)?;
        let beside = Beside {
            problem,
            envelope: Envelope::OpenAi,
            kept: None,
            word: None,
        };
        beside.provided(&mut entries)?;
        entries.add("message", problem.detail_text())?;
        if problem.extension("param").is_none() {
            entries.add("param", &())?;
        }
        entries.end()
    }
}
