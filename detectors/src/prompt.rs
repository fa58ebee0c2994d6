//! Prompts: the text of a body that a model will read.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::{Protocol, Role};

/// One piece of a prompt, with its role and where it came from.
#[derive(Clone, PartialEq, Eq)]
pub struct Segment {
    /// Who speaks.
    pub role: Role,
    /// JSON pointer (RFC 6901) of the string; empty for a body that is plain text.
    ///
    /// A key longer than 64 bytes is cut and ends in `…`: a pointer is for people and logs, [`Segment::raw`]
    /// is what the program goes by. Text in an object's key has the pointer of that key's value.
    pub pointer: String,
    /// The decoded text.
    pub text: String,
    /// The string literal in the body, quotes included; for plain text the whole text.
    pub raw: Range<usize>,
}

/// All prompts of one request body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prompts {
    /// The protocol that the body speaks.
    pub protocol: Protocol,
    /// The pieces of text, in the order of the body.
    pub segments: Vec<Segment>,
    /// The model that the request names.
    pub model: Option<String>,
    /// Whether the request asks for a streamed answer.
    pub stream: bool,
}

// === impl Segment ===

/// Shows everything but the text: a segment that ends up in a log must not take the prompt with it.
impl std::fmt::Debug for Segment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Segment")
            .field("role", &self.role)
            .field("pointer", &self.pointer)
            .field("bytes", &self.text.len())
            .field("raw", &self.raw)
            .finish()
    }
}

// === impl Prompts ===

impl Prompts {
    /// No prompts: a body without text for a model.
    #[must_use]
    pub fn none() -> Self {
        Self {
            protocol: Protocol::None,
            segments: Vec::new(),
            model: None,
            stream: false,
        }
    }

    /// The text of one user message, as `lockgate scan` reads it from standard input.
    #[must_use]
    pub fn from_text(text: impl Into<String>) -> Self {
        let text = text.into();
        let raw = 0..text.len();
        let segment = Segment {
            role: Role::User,
            pointer: String::new(),
            text,
            raw,
        };
        Self {
            protocol: Protocol::PlainText,
            segments: vec![segment],
            model: None,
            stream: false,
        }
    }

    /// The roles that occur, each once, as rules see them in `prompt.roles`.
    #[must_use]
    pub fn roles(&self) -> Vec<Role> {
        self.segments
            .iter()
            .map(|segment| segment.role)
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect()
    }
}
