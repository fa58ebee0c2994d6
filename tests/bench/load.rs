//! A bounded load: so many connections, each sending its next request when the answer to the last has come.

use std::io::{Error, ErrorKind, Result};
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::JoinSet;

/// How much, and for how long.
pub(crate) struct Load {
    pub(crate) connections: usize,
    pub(crate) duration: Duration,
}

/// What came of it.
pub(crate) struct Measured {
    pub(crate) took: Duration,
    pub(crate) latencies: Vec<Duration>,
}

impl Load {
    /// Sends one request again and again.
    ///
    /// # Errors
    /// Where an answer is not 200, or a connection fails: a proxy that refuses is not fast.
    pub(crate) async fn run(&self, address: SocketAddr, request: &[u8]) -> Result<Measured> {
        let started = Instant::now();
        let end = started + self.duration;
        let mut clients = JoinSet::new();
        for _ in 0..self.connections {
            clients.spawn(client(address, request.to_vec(), end));
        }
        let mut latencies = Vec::new();
        while let Some(done) = clients.join_next().await {
            latencies.extend(done.map_err(Error::other)??);
        }
        latencies.sort_unstable();
        Ok(Measured {
            took: started.elapsed(),
            latencies,
        })
    }
}

async fn client(address: SocketAddr, request: Vec<u8>, end: Instant) -> Result<Vec<Duration>> {
    let mut stream = TcpStream::connect(address).await?;
    stream.set_nodelay(true)?;
    let mut latencies = Vec::new();
    let mut buffer = Vec::with_capacity(16 * 1024);
    while Instant::now() < end {
        let started = Instant::now();
        stream.write_all(&request).await?;
        read_answer(&mut stream, &mut buffer).await?;
        latencies.push(started.elapsed());
    }
    Ok(latencies)
}

async fn read_answer(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> Result<()> {
    buffer.clear();
    loop {
        if stream.read_buf(buffer).await? == 0 {
            return Err(Error::new(
                ErrorKind::UnexpectedEof,
                "the proxy closed the connection",
            ));
        }
        let Some(head) = buffer.windows(4).position(|window| window == b"\r\n\r\n") else {
            continue;
        };
        let text = String::from_utf8_lossy(&buffer[..head]).to_ascii_lowercase();
        if !text.starts_with("http/1.1 200") {
            return Err(Error::other(format!(
                "not 200: {}",
                String::from_utf8_lossy(buffer)
            )));
        }
        let length = text
            .lines()
            .find_map(|line| line.strip_prefix("content-length:")?.trim().parse().ok());
        let length: usize = length.ok_or_else(|| Error::other("an answer without content-length"))?;
        while buffer.len() < head + 4 + length {
            if stream.read_buf(buffer).await? == 0 {
                return Err(Error::new(ErrorKind::UnexpectedEof, "the answer broke off"));
            }
        }
        return Ok(());
    }
}
