//! Stage: a streamed answer that may break off.
//!
//! What an SDK reads of a stream that just ends is a complete answer, so a broken one ends with the provider's
//! error frame.  A frame must start where a piece ends (an event, a line, an element of an array), therefore only
//! whole pieces are passed on and the beginning of the next one waits.  A chunk that ends where a piece ends, as
//! most do, goes through untouched.

mod boundary;
mod ending;

use bytes::{Bytes, BytesMut};
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, TRANSFER_ENCODING};
use lockgate_errors::{Envelope, Framing, Problem, frame, is_raised};
use pingora::http::ResponseHeader;

use boundary::Elements;

/// As much of an unfinished piece as is held back; of a longer one the beginning is passed on.
const HELD_BYTES: usize = 64 * 1024;

/// A stream on its way to the client.
#[derive(Debug)]
pub(crate) struct Stream {
    framing: Framing,
    envelope: Envelope,
    /// The end of the connection is all that says that the answer is over.
    ends_with_connection: bool,
    elements: Elements,
    /// The beginning of an unfinished piece.
    held: BytesMut,
    /// Whether the beginning of an unfinished piece had to be passed on.
    torn: bool,
    /// What was passed on last: whole pieces.
    last: Bytes,
}

// === impl Stream ===

impl Stream {
    /// A stream whose breaking off can be told inside of it, if this answer is one.
    ///
    /// Nothing can be added to an answer with a declared length, nor inside of a content coding.
    pub(crate) fn of(head: &ResponseHeader, envelope: impl FnOnce() -> Envelope, path: &str) -> Option<Self> {
        let text = |name| head.headers.get(name).and_then(|value| value.to_str().ok());
        let media = media(text(CONTENT_TYPE)?)?;
        let plain =
            text(CONTENT_ENCODING).is_none_or(|coding| coding.trim().eq_ignore_ascii_case("identity"));
        if !plain || head.headers.contains_key(CONTENT_LENGTH) {
            return None;
        }
        let envelope = envelope();
        let framing = media.framing(envelope, path)?;
        Some(Self {
            framing,
            envelope,
            ends_with_connection: head.version != http::Version::HTTP_2
                && !head.headers.contains_key(TRANSFER_ENCODING),
            elements: Elements::default(),
            held: BytesMut::new(),
            torn: false,
            last: Bytes::new(),
        })
    }

    /// Passes on the whole pieces of a chunk; at the end of the stream, everything.
    ///
    /// Whether the answer ended without the end that its protocol has: the client is then to be told, and what
    /// is left of an unfinished piece is dropped.
    pub(crate) fn pass(&mut self, chunk: &mut Option<Bytes>, end: bool) -> bool {
        if let Some(bytes) = chunk.take() {
            *chunk = self.whole(bytes);
        }
        if let Some(passed) = chunk {
            self.last = passed.clone();
        }
        if !end {
            return false;
        }
        if self.ends_with_connection
            && ending::is_expected(self.envelope, self.framing)
            && !self.is_complete()
            // The last empty line is sometimes left out.
            && !ending::is_in(&self.held, self.framing)
        {
            return true;
        }
        if !self.held.is_empty() {
            let rest = self.held.split().freeze();
            *chunk = Some(match chunk.take() {
                Some(passed) => [passed, rest].concat().into(),
                None => rest,
            });
        }
        false
    }

    /// What the client is told last, after the stream broke off: nothing more where it had come to its end.
    ///
    /// `None` where nothing can be said, because the client is in the middle of a piece.
    pub(crate) fn last_words(&self, problem: &Problem) -> Option<Bytes> {
        if self.is_complete() {
            return Some(Bytes::new());
        }
        if self.torn {
            return None;
        }
        let frame = frame(problem, self.envelope, self.framing);
        Some(match self.framing {
            // An array that was never begun.
            Framing::Array if self.last.is_empty() => format!("[{}", frame.trim_start_matches(',')).into(),
            _ => frame.into(),
        })
    }

    /// Whether the connection is to be cut behind the last words, for the client to notice.
    pub(crate) fn is_to_be_cut(&self) -> bool {
        !is_raised(self.envelope) && !self.is_complete()
    }

    /// Whether what it says last needs the id of the call.
    pub(crate) fn is_json_rpc(&self) -> bool {
        self.envelope == Envelope::JsonRpc
    }

    /// Whether the protocol's own end was passed on.
    pub(crate) fn is_complete(&self) -> bool {
        match self.framing {
            Framing::Array => self.elements.is_closed(),
            framing => ending::is_in(&self.last, framing),
        }
    }

    /// The whole pieces of what was held and a chunk; the rest is held.
    fn whole(&mut self, mut bytes: Bytes) -> Option<Bytes> {
        let old = self.held.len();
        if old > 0 || self.torn {
            return self.joined(&bytes);
        }
        let end = self.boundary(&bytes, 0);
        if end < bytes.len() {
            self.held.extend_from_slice(&bytes.split_off(end));
            self.bounded(bytes)
        } else {
            (end > 0).then_some(bytes)
        }
    }

    fn joined(&mut self, bytes: &Bytes) -> Option<Bytes> {
        let old = self.held.len();
        self.held.extend_from_slice(bytes);
        let held = std::mem::take(&mut self.held);
        let end = self.boundary(&held, old);
        self.held = held;
        let whole = self.held.split_to(end).freeze();
        if !whole.is_empty() {
            self.torn = false;
        }
        self.bounded(whole)
    }

    /// Adds what is held where that has grown too long.
    fn bounded(&mut self, whole: Bytes) -> Option<Bytes> {
        let passed = if self.held.len() > HELD_BYTES {
            self.torn = true;
            let torn = self.held.split().freeze();
            if whole.is_empty() {
                torn
            } else {
                [whole, torn].concat().into()
            }
        } else {
            whole
        };
        (!passed.is_empty()).then_some(passed)
    }

    /// Where the last whole piece ends; the first `old` bytes are known to hold no end of one.
    fn boundary(&mut self, bytes: &[u8], old: usize) -> usize {
        match self.framing {
            Framing::Sse => boundary::of_events(bytes, old),
            Framing::Lines => boundary::of_lines(bytes, old),
            Framing::Array => self.elements.boundary(bytes, old),
        }
    }
}

/// What may be a stream, told from the content type alone: most answers are none.
#[derive(Debug, Clone, Copy)]
enum Media {
    Events,
    Lines,
    Json,
}

fn media(content_type: &str) -> Option<Media> {
    let media = content_type.split(';').next().unwrap_or_default().trim();
    [
        ("text/event-stream", Media::Events),
        ("application/x-ndjson", Media::Lines),
        ("application/stream+json", Media::Lines),
        ("application/json", Media::Json),
    ]
    .into_iter()
    .find(|(name, _)| name.eq_ignore_ascii_case(media))
    .map(|(_, media)| media)
}

impl Media {
    /// How the answer is cut into pieces; `None` where nobody knows what an error in it would look like.
    fn framing(self, envelope: Envelope, path: &str) -> Option<Framing> {
        match self {
            Self::Events => Some(Framing::Sse),
            Self::Lines => matches!(envelope, Envelope::Ollama | Envelope::Cohere).then_some(Framing::Lines),
            Self::Json => (envelope == Envelope::Gemini
                && path.trim_end_matches('/').ends_with(":streamGenerateContent"))
            .then_some(Framing::Array),
        }
    }
}

#[cfg(test)]
mod tests;
