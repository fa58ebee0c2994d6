//! Frames of HTTP/2 (RFC 9113), as many as a script needs.

use std::io;

use super::connection::Connection;

/// The number of the first stream that a client opens.
pub const FIRST: u32 = 1;
/// `CANCEL`: the stream is not wanted any more.
pub const CANCEL: u32 = 8;
/// `INTERNAL_ERROR`.
pub const INTERNAL_ERROR: u32 = 2;
/// `REFUSED_STREAM`: the request was not looked at.
pub const REFUSED_STREAM: u32 = 7;

const PREFACE: usize = 24;
const HEAD: usize = 9;
const SETTINGS: u8 = 4;
const ACK: u8 = 1;
const END_STREAM: u8 = 1;
const END_HEADERS: u8 = 4;

/// One frame.
#[derive(Clone, Debug)]
pub struct Frame {
    kind: u8,
    flags: u8,
    stream: u32,
    payload: Vec<u8>,
}

impl Frame {
    fn new(kind: u8, flags: u8, stream: u32, payload: impl Into<Vec<u8>>) -> Self {
        Self {
            kind,
            flags,
            stream,
            payload: payload.into(),
        }
    }

    /// What a server says first.
    pub fn settings() -> Self {
        Self::new(SETTINGS, 0, 0, [])
    }

    /// The head of an answer with status 200 and this media type.
    pub fn head(media_type: &str) -> Self {
        // `:status: 200` is entry 8 of the static table; content-type is entry 31, its value not to be indexed.
        let mut block = vec![0x88, 0x0f, 0x10, u8::try_from(media_type.len()).unwrap()];
        block.extend_from_slice(media_type.as_bytes());
        Self::new(1, END_HEADERS, FIRST, block)
    }

    /// A piece of the body.
    pub fn data(bytes: impl AsRef<[u8]>) -> Self {
        Self::new(0, 0, FIRST, bytes.as_ref())
    }

    /// Ends the stream before its end.
    pub fn reset(code: u32) -> Self {
        Self::new(3, 0, FIRST, code.to_be_bytes())
    }

    /// Says that streams after `last` were not looked at, and that the connection is over.
    pub fn go_away(last: u32, code: u32) -> Self {
        Self::new(7, 0, 0, [last.to_be_bytes(), code.to_be_bytes()].concat())
    }

    pub(super) fn bytes(self) -> Vec<u8> {
        let length = u32::try_from(self.payload.len()).unwrap().to_be_bytes();
        let mut bytes = length[1..].to_vec();
        bytes.extend([self.kind, self.flags]);
        bytes.extend(self.stream.to_be_bytes());
        bytes.extend(self.payload);
        bytes
    }
}

/// Takes the preface and frames, up to the end of a stream, and acknowledges settings.
pub(super) async fn take(connection: &mut Connection, unread: &mut Vec<u8>) -> io::Result<()> {
    need(connection, unread, PREFACE).await?;
    unread.drain(..PREFACE);
    loop {
        need(connection, unread, HEAD).await?;
        let length = usize::from(unread[0]) << 16 | usize::from(unread[1]) << 8 | usize::from(unread[2]);
        let (kind, flags) = (unread[3], unread[4]);
        need(connection, unread, HEAD + length).await?;
        unread.drain(..HEAD + length);
        match kind {
            SETTINGS if flags & ACK == 0 => {
                connection.send(&Frame::new(SETTINGS, ACK, 0, []).bytes()).await?;
            }
            0 | 1 if flags & END_STREAM != 0 => return Ok(()),
            _ => {}
        }
    }
}

async fn need(connection: &mut Connection, unread: &mut Vec<u8>, bytes: usize) -> io::Result<()> {
    while unread.len() < bytes {
        connection.fill(unread).await?;
    }
    Ok(())
}
