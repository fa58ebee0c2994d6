//! Who speaks in a segment.

use serde::{Deserialize, Serialize};

/// Who speaks in a segment, as far as the body says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// The system prompt of the application.
    System,
    /// OpenAI's `developer` role: instructions of the application.
    Developer,
    /// The person, or what the application took from the person.
    User,
    /// An earlier answer of the model, with its tool calls.
    Assistant,
    /// The result of a tool: often text from outside, the usual way in for an indirect injection.
    Tool,
    /// Name, description and parameters of a tool that the model may call.
    ToolDefinition,
    /// A document given for grounding.
    Document,
    /// Text that no protocol rule covers.
    Unknown,
}

impl Role {
    /// The name used in rules, logs and JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Developer => "developer",
            Self::User => "user",
            Self::Assistant => "assistant",
            Self::Tool => "tool",
            Self::ToolDefinition => "tool_definition",
            Self::Document => "document",
            Self::Unknown => "unknown",
        }
    }

    /// The role that a body names, over all protocols; an unheard-of name is [`Role::Unknown`], which is
    /// never trusted.
    pub(crate) fn from_name(name: &str) -> Self {
        match name.to_ascii_lowercase().as_str() {
            "system" => Self::System,
            "developer" => Self::Developer,
            "user" | "human" => Self::User,
            "assistant" | "model" | "chatbot" | "ai" => Self::Assistant,
            "tool" | "function" => Self::Tool,
            _ => Self::Unknown,
        }
    }
}

impl std::fmt::Display for Role {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}
