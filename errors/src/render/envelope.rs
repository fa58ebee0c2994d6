//! The error bodies that the SDKs of the providers read, beside or around the problem.

use serde::Serialize;
use serde_json::Value;

use crate::problem::{Entries, Problem};

use words::{anthropic_type, gemini_status, json_rpc_code, openai_type};

mod words;

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
    /// The outer `type` stays the URI of the problem, where Anthropic has `error`: its SDKs do not read it.
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
pub(super) struct Beside<'a>(pub(super) &'a Problem, pub(super) Envelope);

/// Gemini's whole body.
#[derive(Serialize)]
pub(super) struct Gemini<'a> {
    error: GeminiError<'a>,
}

/// What Gemini's body becomes behind an upstream's own: its `error` stays, the problem is a member of its own.
pub(super) struct GeminiBehind<'a>(pub(super) &'a Problem);

/// JSON-RPC's whole body.
#[derive(Serialize)]
pub(super) struct JsonRpc<'a> {
    jsonrpc: &'static str,
    id: &'a Value,
    error: JsonRpcError<'a>,
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

#[derive(Serialize)]
struct GeminiError<'a> {
    code: u16,
    message: &'a str,
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    details: Option<[&'a Problem; 1]>,
}

#[derive(Serialize)]
struct JsonRpcError<'a> {
    code: i32,
    message: &'a str,
    data: &'a Problem,
}

impl Serialize for Beside<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(problem, envelope) = *self;
        let message = problem.detail_text();
        let mut entries = Entries::new(serializer.serialize_map(None)?, problem.kept_object());
        problem.members(&mut entries)?;
        match envelope {
            Envelope::None | Envelope::JsonRpc => {}
            Envelope::OpenAi | Envelope::OpenAiResponses => {
                entries.provide("error", &OpenAiError::from(problem))?;
            }
            Envelope::Anthropic => {
                entries.provide("error", &AnthropicError::from(problem))?;
                entries.provide("message", message)?;
            }
            Envelope::Gemini => entries.provide("error", &GeminiError::new(problem, None))?,
            Envelope::Cohere => entries.provide("message", message)?,
            Envelope::Ollama => entries.provide("error", message)?,
        }
        entries.end()
    }
}

impl Serialize for GeminiBehind<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(problem) = *self;
        let has_error = problem.kept_object().is_some_and(|kept| kept.has("error"));
        let mut entries = Entries::new(serializer.serialize_map(None)?, problem.kept_object());
        if has_error {
            entries.add("problem", problem)?;
        } else {
            entries.add("error", &GeminiError::new(problem, Some([problem])))?;
        }
        entries.end()
    }
}

impl<'a> From<&'a Problem> for OpenAiError<'a> {
    fn from(problem: &'a Problem) -> Self {
        Self {
            message: problem.detail_text(),
            kind: openai_type(problem.status_code()),
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

impl<'a> From<&'a Problem> for Gemini<'a> {
    fn from(problem: &'a Problem) -> Self {
        Self {
            error: GeminiError::new(problem, Some([problem])),
        }
    }
}

impl<'a> GeminiError<'a> {
    fn new(problem: &'a Problem, details: Option<[&'a Problem; 1]>) -> Self {
        let code = problem.status_code();
        Self {
            code,
            message: problem.detail_text(),
            status: gemini_status(code),
            details,
        }
    }
}

impl<'a> From<&'a Problem> for JsonRpc<'a> {
    fn from(problem: &'a Problem) -> Self {
        let error = JsonRpcError {
            code: json_rpc_code(problem),
            message: problem.detail_text(),
            data: problem,
        };
        Self {
            jsonrpc: "2.0",
            id: problem.rpc(),
            error,
        }
    }
}
