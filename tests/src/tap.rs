//! A tap on the wire: passes bytes on as they come, and counts the requests that travel through.
//!
//! What an SDK says of its own retries is not taken for granted, and not every SDK can be asked.

mod requests;

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Instant;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::{Builder, Runtime};

use requests::Requests;

/// A loopback port before another one. It closes when it is dropped.
#[derive(Debug)]
pub struct Tap {
    address: SocketAddr,
    seen: Arc<Mutex<Vec<Seen>>>,
    runtime: Option<Runtime>,
}

/// One HTTP/1 request, as it passed.
#[derive(Debug, Clone)]
pub struct Seen {
    /// When its head had come.
    pub at: Instant,
    /// The method.
    pub method: String,
    /// Path and query.
    pub path: String,
    /// What has come of its body, with the chunk sizes if it is chunked.
    pub body: Vec<u8>,
}

impl Tap {
    /// Starts listening for connections to this address.
    pub fn before(target: SocketAddr) -> Self {
        let runtime = Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .expect("a runtime");
        let listener = runtime
            .block_on(TcpListener::bind("127.0.0.1:0"))
            .expect("a port");
        let address = listener.local_addr().expect("its address");
        let seen = Arc::default();
        runtime.spawn(accept(listener, target, Arc::clone(&seen)));
        Self {
            address,
            seen,
            runtime: Some(runtime),
        }
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The requests so far whose path starts so. A request is here before its first byte has been passed on.
    pub fn requests(&self, prefix: &str) -> Vec<Seen> {
        let seen = self.seen.lock().expect("no panic under the lock");
        seen.iter()
            .filter(|request| request.path.starts_with(prefix))
            .cloned()
            .collect()
    }
}

// === impl Drop for Tap ===

impl Drop for Tap {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

// === impl Seen ===

impl Seen {
    /// Whether this text stands in the body.
    pub fn holds(&self, text: &str) -> bool {
        String::from_utf8_lossy(&self.body).contains(text)
    }
}

async fn accept(listener: TcpListener, target: SocketAddr, seen: Arc<Mutex<Vec<Seen>>>) {
    while let Ok((client, _)) = listener.accept().await {
        let seen = Arc::clone(&seen);
        tokio::spawn(async move {
            // Where nobody listens behind it, the client finds its connection closed.
            if let Ok(server) = TcpStream::connect(target).await {
                pass(client, server, &seen).await;
            }
        });
    }
}

/// Passes both directions on until both have ended.
async fn pass(client: TcpStream, server: TcpStream, seen: &Mutex<Vec<Seen>>) {
    let _small_pieces_at_once = (client.set_nodelay(true), server.set_nodelay(true));
    let (from_client, to_client) = client.into_split();
    let (from_server, to_server) = server.into_split();
    let mut requests = Requests::default();
    let count = |bytes: &[u8]| requests.feed(bytes, &mut seen.lock().expect("no panic under the lock"));
    tokio::join!(
        copy(from_client, to_server, count),
        copy(from_server, to_client, |_| {})
    );
}

async fn copy(
    mut from: impl AsyncRead + Unpin,
    mut to: impl AsyncWrite + Unpin,
    mut look: impl FnMut(&[u8]),
) {
    let mut buffer = vec![0; 16 * 1024];
    while let Ok(count @ 1..) = from.read(&mut buffer).await {
        look(&buffer[..count]);
        if to.write_all(&buffer[..count]).await.is_err() {
            break;
        }
    }
    let _already_closed = to.shutdown().await;
}
