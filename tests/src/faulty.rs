//! Upstreams that fail: a server that plays a script on each connection, whatever it does to HTTP, and others that fail
//! in ways that take more than bytes.

mod act;
mod connection;
mod deaf;
pub mod h2;
mod identity;
mod nginx;
mod player;

pub use act::Act;
pub use deaf::Deaf;
pub use identity::Identity;
pub use nginx::Nginx;

use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Instant;

use tokio::net::{TcpListener, TcpSocket};
use tokio::runtime::{Builder, Runtime};
use tokio::sync::Semaphore;
use tokio_rustls::TlsAcceptor;

use crate::gate::Settings;
use crate::{Gate, Origin, PATIENCE};

/// How much a connection takes in before somebody reads: little, so that a large request does not fit in.
const RECEIVE_BYTES: u32 = 16 * 1024;

/// A server on a loopback port that plays a script on each connection. It stops when it is dropped.
#[derive(Debug)]
pub struct Faulty {
    address: SocketAddr,
    state: Arc<State>,
    runtime: Option<Runtime>,
}

#[derive(Debug)]
struct State {
    connections: AtomicUsize,
    requests: Mutex<Vec<String>>,
    steps: Semaphore,
}

impl Faulty {
    /// Plays this script on every connection, and closes it then.
    pub fn playing(script: impl Into<Vec<Act>>) -> Self {
        Self::in_turn([script.into()])
    }

    /// Plays the first script on the first connection and so on; the last one on all that follow.
    pub fn in_turn(scripts: impl IntoIterator<Item = Vec<Act>>) -> Self {
        Self::start(scripts.into_iter().collect(), None)
    }

    /// Plays this script on every connection, once the TLS handshake is made.
    pub fn behind_tls(identity: &Identity, script: impl Into<Vec<Act>>) -> Self {
        Self::start(vec![script.into()], Some(identity.acceptor()))
    }

    fn start(scripts: Vec<Vec<Act>>, tls: Option<TlsAcceptor>) -> Self {
        let runtime = Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .unwrap();
        let listener = runtime.block_on(async { listen() });
        let address = listener.local_addr().unwrap();
        let state = Arc::new(State {
            connections: AtomicUsize::new(0),
            requests: Mutex::default(),
            steps: Semaphore::new(0),
        });
        runtime.spawn(player::accept(listener, scripts, tls, Arc::clone(&state)));
        Self {
            address,
            state,
            runtime: Some(runtime),
        }
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// How many connections were made to it so far.
    pub fn connections(&self) -> usize {
        self.state.connections.load(Ordering::SeqCst)
    }

    /// The head of every request that it took, as it came.
    pub fn requests(&self) -> Vec<String> {
        self.state.requests.lock().unwrap().clone()
    }

    /// Waits until so many requests were taken.
    pub fn wait_for(&self, count: usize) -> Vec<String> {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let requests = self.requests();
            if requests.len() >= count {
                return requests;
            }
            assert!(
                Instant::now() < deadline,
                "{} of {count} requests came",
                requests.len()
            );
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
    }

    /// Lets a script go on from its next [`Act::Wait`].
    pub fn step(&self) {
        self.state.steps.add_permits(1);
    }

    /// A gate in front of it, with these settings of the upstream in YAML's flow style. `/echo` leads to an origin that
    /// is well.
    pub fn gate(&self, more: &str) -> (Origin, Settings) {
        gate_before(&format!("http://{}", self.address), more)
    }
}

// === impl Drop for Faulty ===

impl Drop for Faulty {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

/// The settings of a gate whose requests go to this URL, but for those for `/echo`, which go to an origin that is well:
/// so [`Gate::assert_alive`] says something.
pub fn gate_before(url: &str, more: &str) -> (Origin, Settings) {
    let origin = Origin::start();
    let comma = if more.is_empty() { "" } else { ", " };
    let upstreams = format!(
        "{{ origin: {{ url: \"http://{}\" }}, faulty: {{ url: \"{url}\"{comma}{more} }} }}",
        origin.address()
    );
    let routes = "[{ name: well, path: /echo, upstream: origin }, { name: ill, upstream: faulty }]";
    let settings = Gate::before(&origin)
        .section("upstreams", upstreams)
        .section("routes", routes);
    (origin, settings)
}

fn listen() -> TcpListener {
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(RECEIVE_BYTES).unwrap();
    socket.bind(SocketAddr::from(([127, 0, 0, 1], 0))).unwrap();
    socket.listen(128).unwrap()
}
