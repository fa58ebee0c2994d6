//! The protocols that bodies speak.

use serde::Serialize;

mod response;

pub use response::response_shape;

/// The protocol that a body speaks, by its shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Protocol {
    /// OpenAI chat completions, and the many that copy them.
    #[serde(rename = "openai_chat")]
    OpenAiChat,
    /// OpenAI responses.
    #[serde(rename = "openai_responses")]
    OpenAiResponses,
    /// OpenAI completions (`prompt`).
    #[serde(rename = "openai_completions")]
    OpenAiCompletions,
    /// OpenAI embeddings.
    #[serde(rename = "openai_embeddings")]
    OpenAiEmbeddings,
    /// Anthropic messages.
    Anthropic,
    /// Gemini `generateContent`.
    Gemini,
    /// Ollama `/api/chat`, `/api/generate`, `/api/embed`.
    Ollama,
    /// Cohere chat (v2 and v1), embed and rerank.
    Cohere,
    /// JSON-RPC 2.0, as the Model Context Protocol uses it.
    McpJsonRpc,
    /// JSON of no known shape.
    UnknownJson,
    /// Plain text.
    PlainText,
    /// Nothing that could hold a prompt.
    None,
}

impl Protocol {
    /// The name used in rules, logs and JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::OpenAiChat => "openai_chat",
            Self::OpenAiResponses => "openai_responses",
            Self::OpenAiCompletions => "openai_completions",
            Self::OpenAiEmbeddings => "openai_embeddings",
            Self::Anthropic => "anthropic",
            Self::Gemini => "gemini",
            Self::Ollama => "ollama",
            Self::Cohere => "cohere",
            Self::McpJsonRpc => "mcp_json_rpc",
            Self::UnknownJson => "unknown_json",
            Self::PlainText => "plain_text",
            Self::None => "none",
        }
    }

    /// Whether this shape alone says that a language model answers.
    #[must_use]
    pub fn is_llm(self) -> bool {
        !matches!(
            self,
            Self::McpJsonRpc | Self::UnknownJson | Self::PlainText | Self::None
        )
    }
}

impl std::fmt::Display for Protocol {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}
