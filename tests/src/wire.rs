//! A raw HTTP/1.1 connection, for requests that no client library would send.

mod reply;

pub use reply::Reply;

use std::io::{ErrorKind, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};

use crate::PATIENCE;

/// One connection, on which bytes are written as they are.
#[derive(Debug)]
pub struct Wire {
    stream: TcpStream,
    unread: Vec<u8>,
}

impl Wire {
    /// Connects.
    pub fn connect(address: SocketAddr) -> Self {
        let stream =
            TcpStream::connect(address).unwrap_or_else(|error| panic!("no connection to {address}: {error}"));
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream.set_nodelay(true).unwrap();
        Self {
            stream,
            unread: Vec::new(),
        }
    }

    /// Writes bytes. A peer that has already answered and closed is not an error: its answer is still to be read.
    pub fn send(&mut self, bytes: impl AsRef<[u8]>) {
        match self.stream.write_all(bytes.as_ref()) {
            Err(error) if !matches!(error.kind(), ErrorKind::BrokenPipe | ErrorKind::ConnectionReset) => {
                panic!("cannot write: {error}");
            }
            _ => {}
        }
    }

    /// Says that no more bytes will come.
    pub fn finish(&mut self) {
        let _already_closed = self.stream.shutdown(Shutdown::Write);
    }

    /// Reads one whole reply, after any interim ones.
    pub fn reply(&mut self) -> Reply {
        loop {
            let mut reply = self.head();
            if reply.status == 101 || reply.status >= 200 {
                reply.body = self.body(&reply);
                return reply;
            }
        }
    }

    /// Reads the head of a reply.
    pub fn head(&mut self) -> Reply {
        Reply::parse_head(&self.read_past(b"\r\n\r\n"))
    }

    /// Reads one chunk of a chunked body, empty at its end.
    pub fn chunk(&mut self) -> Vec<u8> {
        let line = self.read_past(b"\r\n");
        let size = String::from_utf8_lossy(&line);
        let size =
            usize::from_str_radix(size.trim(), 16).unwrap_or_else(|_| panic!("not a chunk size: {size:?}"));
        let mut chunk = self.read_exactly(size + 2);
        chunk.truncate(size);
        chunk
    }

    /// Reads a number of bytes.
    pub fn read_exactly(&mut self, count: usize) -> Vec<u8> {
        while self.unread.len() < count {
            assert!(
                self.fill(),
                "closed after {:?}",
                String::from_utf8_lossy(&self.unread)
            );
        }
        self.unread.drain(..count).collect()
    }

    /// Reads until the peer closes the connection, and gives what came before.
    pub fn read_to_close(&mut self) -> Vec<u8> {
        while self.fill() {}
        std::mem::take(&mut self.unread)
    }

    fn read_past(&mut self, mark: &[u8]) -> Vec<u8> {
        loop {
            if let Some(at) = self.unread.windows(mark.len()).position(|window| window == mark) {
                return self.unread.drain(..at + mark.len()).collect();
            }
            assert!(
                self.fill(),
                "closed before {mark:?}; came: {:?}",
                String::from_utf8_lossy(&self.unread)
            );
        }
    }

    fn body(&mut self, reply: &Reply) -> Vec<u8> {
        if matches!(reply.status, 101 | 204 | 304) {
            return Vec::new();
        }
        if reply
            .header("transfer-encoding")
            .is_some_and(|value| value.contains("chunked"))
        {
            return std::iter::repeat_with(|| self.chunk())
                .take_while(|chunk| !chunk.is_empty())
                .flatten()
                .collect();
        }
        match reply.header("content-length") {
            Some(length) => self.read_exactly(length.parse().unwrap()),
            None => self.read_to_close(),
        }
    }

    /// Reads what has come; false once the peer has closed.
    fn fill(&mut self) -> bool {
        let mut buffer = [0; 16 * 1024];
        match self.stream.read(&mut buffer) {
            Ok(0) => false,
            Ok(count) => {
                self.unread.extend_from_slice(&buffer[..count]);
                true
            }
            Err(error) if error.kind() == ErrorKind::ConnectionReset => false,
            Err(error) => panic!(
                "nothing came: {error}; before that: {:?}",
                String::from_utf8_lossy(&self.unread)
            ),
        }
    }
}

// === impl From for Wire ===

impl From<TcpStream> for Wire {
    fn from(stream: TcpStream) -> Self {
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream.set_nodelay(true).unwrap();
        Self {
            stream,
            unread: Vec::new(),
        }
    }
}
