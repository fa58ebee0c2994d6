//! Extraction: from a request body to the prompts in it.

use crate::json::{Doc, Fault, Kind, Limits, View};
use crate::{Prompts, Protocol, Role, Segment};

mod anthropic;
mod cohere;
mod collect;
mod gemini;
mod media;
mod ollama;
mod openai_chat;
mod openai_completions;
mod openai_responses;
mod shape;
mod unknown;

use collect::Collector;
use media::Media;

/// A request, as far as extraction looks at it.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// The HTTP method.
    pub method: &'a str,
    /// The path, with or without its query: a hint where the shape alone is not clear.
    pub path: &'a str,
    /// The value of `Content-Type`.
    pub content_type: Option<&'a str>,
    /// The whole body.
    pub body: &'a [u8],
}

/// What extraction may cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExtractLimits {
    /// Nesting of arrays and objects.
    pub max_depth: usize,
    /// Segments of one body.
    pub max_segments: usize,
    /// Values and keys of one body.
    pub max_nodes: usize,
}

/// Why the prompts of a body cannot be told.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ExtractError {
    /// Occurs when a body that must be text is not UTF-8.
    #[error("the body is not valid UTF-8 at byte {offset}")]
    InvalidUtf8 {
        /// The first byte that is wrong.
        offset: usize,
    },
    /// Occurs when a body that must be JSON is not.
    #[error("the body is not valid JSON at line {line}, column {column}: {message}")]
    InvalidJson {
        /// Line, from 1.
        line: usize,
        /// Column in bytes, from 1.
        column: usize,
        /// What was wrong; never quotes the body.
        message: &'static str,
    },
    /// Occurs when arrays and objects are nested deeper than the limit.
    #[error("the body is nested deeper than {limit} levels")]
    TooDeep {
        /// The limit.
        limit: usize,
    },
    /// Occurs when the body has more values than the limit.
    #[error("the body has more than {limit} JSON values")]
    TooManyNodes {
        /// The limit.
        limit: usize,
    },
    /// Occurs when the body has more pieces of text than the limit.
    #[error("the body has more than {limit} pieces of text")]
    TooManySegments {
        /// The limit.
        limit: usize,
    },
}

/// Finds the prompts of a request body.
///
/// # Errors
/// When the body cannot be read for certain: the caller's rules then say what happens to it.
pub fn extract(input: &Input<'_>, limits: &ExtractLimits) -> Result<Prompts, ExtractError> {
    let start = if input.body.starts_with(b"\xef\xbb\xbf") {
        3
    } else {
        0
    };
    let body = input.body.get(start..).unwrap_or_default();
    if body.iter().all(u8::is_ascii_whitespace) {
        return Ok(Prompts::none());
    }
    let media = Media::of(input.content_type);
    let looks_like_json = matches!(body.trim_ascii_start().first(), Some(b'{' | b'['));
    if !looks_like_json && !media.is_text() {
        return Ok(Prompts::none());
    }
    let text = match std::str::from_utf8(body) {
        Ok(text) => text,
        Err(_) if media == Media::Binary => return Ok(Prompts::none()),
        // No content type, and not text: an upload.
        Err(_) if media == Media::Missing && !looks_like_json => return Ok(Prompts::none()),
        Err(error) => {
            return Err(ExtractError::InvalidUtf8 {
                offset: start + error.valid_up_to(),
            });
        }
    };
    if !looks_like_json && media != Media::Json && media != Media::JsonLines {
        return Ok(plain(text, start));
    }
    let depth = limits.max_depth.min(ExtractLimits::DEEPEST);
    let bounds = Limits {
        depth,
        nodes: limits.max_nodes,
    };
    let parsed = if media == Media::JsonLines {
        Doc::parse_lines(text, bounds)
    } else {
        Doc::parse(text, bounds)
    };
    match parsed {
        Ok(doc) => json(&doc, input.path, limits, start),
        Err(Fault::Depth) => Err(ExtractError::TooDeep { limit: depth }),
        Err(Fault::Nodes) => Err(ExtractError::TooManyNodes {
            limit: limits.max_nodes,
        }),
        Err(Fault::Syntax { .. }) if media == Media::Text => Ok(plain(text, start)),
        Err(Fault::Syntax { .. }) if media == Media::Binary => Ok(Prompts::none()),
        Err(Fault::Syntax { offset, message }) => Err(invalid(text, offset, message)),
        Err(Fault::Trailing { .. }) if media == Media::Text && !text.trim_start().starts_with('{') => {
            Ok(plain(text, start))
        }
        // Whatever the content type says: servers that read the first object and no further (Ollama does)
        // would see a prompt here that we do not.
        Err(Fault::Trailing { offset }) => Err(invalid(text, offset, "something follows the JSON value")),
    }
}

fn plain(text: &str, start: usize) -> Prompts {
    let raw = start..start + text.len();
    let segment = Segment {
        role: Role::User,
        pointer: String::new(),
        text: text.to_owned(),
        raw,
    };
    Prompts {
        protocol: Protocol::PlainText,
        segments: vec![segment],
        model: None,
        stream: false,
    }
}

fn json(doc: &Doc<'_>, path: &str, limits: &ExtractLimits, start: usize) -> Result<Prompts, ExtractError> {
    let Some(root) = doc.root() else {
        return Ok(Prompts::none());
    };
    // A batch is an array of what else stands alone; the first shape that is known names the whole.
    let batch: Vec<_> = if root.is(Kind::Array) {
        root.items().collect()
    } else {
        vec![root]
    };
    let mut prompts = Prompts {
        protocol: Protocol::UnknownJson,
        segments: Vec::new(),
        model: None,
        stream: false,
    };
    let mut collector = Collector::new(doc, limits.max_segments);
    for entry in batch {
        let protocol = shape::shape(entry, path);
        if prompts.protocol == Protocol::UnknownJson {
            prompts.protocol = protocol;
        }
        collect(&mut collector, entry, protocol);
        prompts.model = prompts.model.or_else(|| model(entry, protocol, path));
        prompts.stream |= streams(entry, protocol, path);
    }
    collector.rest();
    prompts.segments = collector.finish()?;
    for segment in &mut prompts.segments {
        segment.raw = segment.raw.start + start..segment.raw.end + start;
    }
    Ok(prompts)
}

fn collect<'d>(collector: &mut Collector<'d>, root: View<'d>, protocol: Protocol) {
    match protocol {
        Protocol::OpenAiChat => openai_chat::collect(collector, root),
        Protocol::OpenAiResponses => openai_responses::collect(collector, root),
        Protocol::OpenAiCompletions | Protocol::OpenAiEmbeddings => {
            openai_completions::collect(collector, root);
        }
        Protocol::Anthropic => anthropic::collect(collector, root),
        Protocol::Gemini => gemini::collect(collector, root),
        Protocol::Ollama => ollama::collect(collector, root),
        Protocol::Cohere => cohere::collect(collector, root),
        Protocol::McpJsonRpc | Protocol::UnknownJson | Protocol::PlainText | Protocol::None => {
            unknown::collect(collector, root);
        }
    }
}

/// The model that a request names: in the body, or in the path (`/models/NAME:generateContent`).
fn model(root: View<'_>, protocol: Protocol, path: &str) -> Option<String> {
    let named = root
        .last("model")
        .and_then(View::text)
        .map(std::borrow::Cow::into_owned);
    let in_path = || {
        let (_, rest) = path
            .split_once("/models/")
            .filter(|_| protocol == Protocol::Gemini)?;
        rest.split([':', '/', '?']).next().map(str::to_owned)
    };
    let mut name = named.or_else(in_path).filter(|name| !name.is_empty())?;
    // It ends up in logs and metrics.
    name.truncate(name.floor_char_boundary(128));
    Some(name)
}

fn streams(root: View<'_>, protocol: Protocol, path: &str) -> bool {
    match protocol {
        Protocol::Gemini => path.contains(":streamGenerateContent"),
        Protocol::Ollama => ollama::streams(root),
        _ => root.all("stream").any(|stream| stream.is(Kind::True)),
    }
}

fn invalid(text: &str, offset: usize, message: &'static str) -> ExtractError {
    let before = text.as_bytes().get(..offset).unwrap_or_default();
    let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
    let column = before.iter().rev().take_while(|byte| **byte != b'\n').count() + 1;
    ExtractError::InvalidJson {
        line,
        column,
        message,
    }
}

impl ExtractLimits {
    /// No limit makes extraction follow a body deeper than this.
    const DEEPEST: usize = 512;
}

impl Default for ExtractLimits {
    fn default() -> Self {
        Self {
            max_depth: 64,
            max_segments: 4096,
            max_nodes: 200_000,
        }
    }
}

impl ExtractError {
    /// The code of the problem, as rules see it in `body.error`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::InvalidUtf8 { .. } => "invalid_utf8",
            Self::InvalidJson { .. } => "invalid_json",
            Self::TooDeep { .. } => "nesting_too_deep",
            Self::TooManyNodes { .. } | Self::TooManySegments { .. } => "too_many_segments",
        }
    }
}

#[cfg(test)]
mod tests;
