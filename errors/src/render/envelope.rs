//! The error bodies that the SDKs of the providers read, beside or around the problem.
//!
//! What each SDK looks at was read in its source (versions of November 2026):
//! - openai (Python 2 and 3, npm 6 and 7) and Vercel's for OpenAI: `error.message`, `.type`, `.code`, `.param`.
//! - anthropic (Python, npm): `error.type`, `.message`, `.details.error_code`; npm shows `message` first.
//!   Vercel's for Anthropic reads nothing of a body whose outer `type` is not the word `error`.
//! - google-genai (Python): `message` and `status` at the top before those of `error`; npm: only
//!   `application/json`, whole; Vercel's for Google: `error.code`, `.message`, `.status`.
//! - cohere (Python, npm) keeps the whole body; Vercel's for Cohere reads `message`.
//! - mistralai (Python, npm) shows the whole body; Vercel's for Mistral wants five members of Mistral's own
//!   and else shows the reason phrase, with the body in `responseBody`.
//! - ollama (Python, npm): `error`, a string.

use serde::{Serialize, Serializer, ser::SerializeMap};
use serde_json::Value;
use serde_json::value::RawValue;

use crate::problem::{Entries, Kept, Problem};

use words::{anthropic_type, json_rpc_code, openai_type};

pub(super) use words::canonical;

mod gemini;
mod words;

pub(super) use gemini::Gemini;

/// Whose SDK is likely to read the answer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Envelope {
    /// Nobody's: the problem alone.
    #[default]
    None,
    /// OpenAI and those that speak like it: `error` with `message`, `type`, `code` and `param`.
    OpenAi,
    /// OpenAI's Responses API: the same body, but a frame of its own in a stream.
    OpenAiResponses,
    /// Anthropic: `error` with `type`, `message` and `details`, and `message`.
    ///
    /// Anthropic's own bodies have `"type": "error"`, and Vercel's SDK insists on it. Under
    /// [`Form::Json`](crate::Form::Json), which is what all of these SDKs get, so does this one, and the URI
    /// of the problem is `problem_type`. Under `application/problem+json` `type` is the URI, as RFC 9457 has it.
    Anthropic,
    /// Gemini: `error` alone, with the problem in `details`.
    ///
    /// Google's SDK would take the number in `status` of a problem for its own word.
    Gemini,
    /// Cohere: `message`.
    Cohere,
    /// Ollama: `error`, a string.
    Ollama,
    /// JSON-RPC, for MCP and A2A: an error response with the problem as its `data`.
    JsonRpc,
}

/// The problem with the members that the provider's SDK looks for beside those of the problem.
pub(super) struct Beside<'a> {
    pub(super) problem: &'a Problem,
    pub(super) envelope: Envelope,
    /// What the upstream said itself: its names are taken.
    pub(super) kept: Option<&'a Kept>,
    /// What the provider has as its `type` where a problem has its URI.
    pub(super) word: Option<&'static str>,
}

/// JSON-RPC's whole body.
#[derive(Serialize)]
pub(super) struct JsonRpc<'a> {
    jsonrpc: &'static str,
    id: &'a Value,
    error: JsonRpcError<'a>,
}

#[derive(Serialize)]
struct JsonRpcError<'a> {
    code: i32,
    message: &'a str,
    data: JsonRpcData<'a>,
}

/// The problem, with the document of the upstream as one more member.
struct JsonRpcData<'a> {
    problem: &'a Problem,
    kept: Option<&'a Kept>,
}

#[derive(Serialize)]
struct OpenAiError<'a> {
    message: &'a str,
    #[serde(rename = "type")]
    kind: &'static str,
    code: &'static str,
    param: Option<&'a str>,
}

#[derive(Serialize)]
struct AnthropicError<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    message: &'a str,
    details: AnthropicDetails,
}

#[derive(Serialize)]
struct AnthropicDetails {
    error_code: &'static str,
}

// === impl Beside ===

impl Serialize for Beside<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut entries = Entries::new(serializer.serialize_map(None)?, self.kept, self.word);
        self.problem.members(&mut entries)?;
        self.provided(&mut entries)?;
        entries.end()
    }
}

impl Beside<'_> {
    /// Writes what the SDK looks for, but for what the upstream said already.
    pub(super) fn provided<M: SerializeMap>(&self, entries: &mut Entries<'_, M>) -> Result<(), M::Error> {
        let problem = self.problem;
        let message = problem.detail_text();
        match self.envelope {
            Envelope::None | Envelope::JsonRpc => Ok(()),
            Envelope::OpenAi | Envelope::OpenAiResponses => {
                entries.provide("error", &OpenAiError::from(problem))
            }
            Envelope::Anthropic => {
                entries.provide("error", &AnthropicError::from(problem))?;
                entries.provide("message", message)
            }
            Envelope::Gemini => entries.provide("error", &gemini::short(problem)),
            Envelope::Cohere => entries.provide("message", message),
            Envelope::Ollama => entries.provide("error", message),
        }
    }
}

// === impl JsonRpc ===

impl<'a> JsonRpc<'a> {
    pub(super) fn new(problem: &'a Problem, kept: Option<&'a Kept>) -> Self {
        let error = JsonRpcError {
            code: json_rpc_code(problem),
            message: problem.detail_text(),
            data: JsonRpcData { problem, kept },
        };
        Self {
            jsonrpc: "2.0",
            id: problem.rpc(),
            error,
        }
    }
}

impl Serialize for JsonRpcData<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut entries = Entries::new(serializer.serialize_map(None)?, None, None);
        self.problem.members(&mut entries)?;
        // It was checked to be JSON when it was kept.
        if let Some(said) = self
            .kept
            .and_then(|kept| serde_json::from_str::<&RawValue>(kept.said()).ok())
        {
            entries.add("upstream_error", said)?;
        }
        entries.end()
    }
}

// === impl OpenAiError, AnthropicError ===

impl<'a> From<&'a Problem> for OpenAiError<'a> {
    fn from(problem: &'a Problem) -> Self {
        Self {
            message: problem.detail_text(),
            kind: openai_type(problem),
            code: problem.code(),
            param: problem.extension("param").and_then(Value::as_str),
        }
    }
}

impl<'a> From<&'a Problem> for AnthropicError<'a> {
    fn from(problem: &'a Problem) -> Self {
        Self {
            kind: anthropic_type(problem),
            message: problem.detail_text(),
            details: AnthropicDetails {
                error_code: problem.code(),
            },
        }
    }
}
