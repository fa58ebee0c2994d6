//! What a faulty server does, one thing after the other.

use std::time::Duration;

use super::h2;

/// One thing that a faulty server does on a connection. After the last it closes the connection, cleanly.
#[derive(Clone, Debug)]
pub enum Act {
    /// Takes a request of HTTP/1, its body too.
    Take,
    /// Takes the head of a request of HTTP/1 and leaves its body where it is.
    TakeHead,
    /// Takes the preface of HTTP/2 and frames, up to the end of a stream.
    TakeH2,
    /// Waits for bytes, whatever they are.
    Hear,
    /// Sends bytes.
    Send(Vec<u8>),
    /// Sends bytes again and again, with a pause after each time, until nobody takes them.
    SendForever(Vec<u8>, Duration),
    /// Waits until the test says [`Faulty::step`](super::Faulty::step).
    Wait,
    /// Does nothing more, and keeps the connection.
    Stall,
    /// Breaks the connection: the other side sees a reset, not an end.
    Reset,
}

impl Act {
    /// Sends a text.
    pub fn send(text: impl AsRef<[u8]>) -> Self {
        Self::Send(text.as_ref().to_vec())
    }

    /// Sends an answer of HTTP/1: a status line's rest (`200 OK`), header lines, and a body of which the length is told.
    pub fn answer(status: &str, headers: &str, body: impl AsRef<[u8]>) -> Self {
        let body = body.as_ref();
        let mut answer = format!(
            "HTTP/1.1 {status}\r\n{headers}content-length: {}\r\n\r\n",
            body.len()
        )
        .into_bytes();
        answer.extend_from_slice(body);
        Self::Send(answer)
    }

    /// Sends one chunk of a chunked body.
    pub fn chunk(bytes: impl AsRef<[u8]>) -> Self {
        let bytes = bytes.as_ref();
        let mut chunk = format!("{:x}\r\n", bytes.len()).into_bytes();
        chunk.extend_from_slice(bytes);
        chunk.extend_from_slice(b"\r\n");
        Self::Send(chunk)
    }

    /// Sends the frames of HTTP/2 one after the other.
    pub fn frames(frames: impl IntoIterator<Item = h2::Frame>) -> Self {
        Self::Send(frames.into_iter().flat_map(h2::Frame::bytes).collect())
    }
}
