//! An address where connections are neither made nor refused.

use std::net::SocketAddr;
use std::time::Duration;

use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::runtime::{Builder, Runtime};
use tokio::time::timeout;

/// How long a connection over loopback may take to be made; it is made by the call itself or not at all.
const SOON: Duration = Duration::from_millis(300);

/// A listener whose queue of connections is full and that accepts none of them: Linux then drops what asks for more, and
/// a client sees nothing at all.
#[derive(Debug)]
pub struct Deaf {
    address: SocketAddr,
    _listener: TcpListener,
    _queue: Vec<TcpStream>,
    _runtime: Runtime,
}

impl Deaf {
    /// Fills the queue.
    pub fn start() -> Self {
        let runtime = Builder::new_current_thread().enable_all().build().unwrap();
        let (listener, queue) = runtime.block_on(async {
            let socket = TcpSocket::new_v4().unwrap();
            socket.bind(SocketAddr::from(([127, 0, 0, 1], 0))).unwrap();
            let listener = socket.listen(1).unwrap();
            let address = listener.local_addr().unwrap();
            let mut queue = Vec::new();
            // Twice in a row, so that one slow moment is not taken for a full queue.
            let mut unheard = 0;
            while unheard < 2 {
                match timeout(SOON, TcpStream::connect(address)).await {
                    Ok(connected) => queue.push(connected.unwrap()),
                    Err(_) => unheard += 1,
                }
                assert!(queue.len() < 64, "the queue of {address} does not fill");
            }
            (listener, queue)
        });
        Self {
            address: listener.local_addr().unwrap(),
            _listener: listener,
            _queue: queue,
            _runtime: runtime,
        }
    }

    /// Where nobody answers.
    pub fn address(&self) -> SocketAddr {
        self.address
    }
}
