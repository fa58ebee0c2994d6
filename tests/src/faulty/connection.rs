//! A connection with or without TLS, that can be reset.

use std::io;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio_rustls::server::TlsStream;

/// Largest request that is taken; more is a mistake of the test.
const MOST: usize = 64 << 20;

pub(super) enum Connection {
    Plain(TcpStream),
    Tls(Box<TlsStream<TcpStream>>),
}

impl Connection {
    /// Reads what has come into the buffer; an error at the end.
    pub(super) async fn fill(&mut self, buffer: &mut Vec<u8>) -> io::Result<()> {
        let mut piece = vec![0; 16 * 1024];
        let count = match self {
            Self::Plain(stream) => stream.read(&mut piece).await?,
            Self::Tls(stream) => stream.read(&mut piece).await?,
        };
        if count == 0 || buffer.len() > MOST {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        buffer.extend_from_slice(&piece[..count]);
        Ok(())
    }

    pub(super) async fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        match self {
            Self::Plain(stream) => stream.write_all(bytes).await,
            Self::Tls(stream) => {
                stream.write_all(bytes).await?;
                stream.flush().await
            }
        }
    }

    /// Says that no more will come, and takes what still comes for a moment: closed over unread bytes, a connection is
    /// reset.
    pub(super) async fn close(mut self) -> io::Result<()> {
        match &mut self {
            Self::Plain(stream) => stream.shutdown().await?,
            Self::Tls(stream) => stream.shutdown().await?,
        }
        let mut rest = Vec::new();
        while self.fill(&mut rest).await.is_ok() {
            rest.clear();
        }
        Ok(())
    }

    pub(super) fn reset(self) -> io::Result<()> {
        match &self {
            Self::Plain(stream) => stream.set_zero_linger(),
            Self::Tls(stream) => stream.get_ref().0.set_zero_linger(),
        }
    }
}
