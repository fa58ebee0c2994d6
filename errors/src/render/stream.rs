//! An error in the middle of a stream, in the form that the provider's SDK reads there.

use super::{Envelope, json};
use crate::negotiate::Form;
use crate::problem::Problem;

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
/// It is to be written on a boundary of the framing: after a whole event, a whole line, a whole element.
pub fn frame(problem: &Problem, envelope: Envelope, framing: Framing) -> String {
    let document = json::body(problem, Form::Json, envelope);
    let document = document.trim_end();
    match (framing, envelope) {
        (Framing::Sse, Envelope::OpenAi | Envelope::Gemini | Envelope::JsonRpc) => {
            format!("data: {document}\n\n")
        }
        (Framing::Sse, _) => format!("event: error\ndata: {document}\n\n"),
        (Framing::Lines, _) => format!("{document}\n"),
        (Framing::Array, _) => format!(",{document}]"),
    }
}
