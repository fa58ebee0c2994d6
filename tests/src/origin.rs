//! A real upstream that writes down what reaches it and answers by path.
//!
//! | path | answer |
//! |---|---|
//! | `/v1/chat/completions`, `/v1/responses`, `/v1/messages`, `/v2/chat`, `/api/chat`, `...:generateContent` | the provider's shape, streamed where the body asks for it |
//! | `/mcp`, `/a2a` | a server with one tool, an agent |
//! | `/MISHAP/...` | the same, gone wrong: see [`REFUSED`] and those beside it |
//! | `/echo` | the body, as it came |
//! | `/status/NNN` | that status, and a small JSON error |
//! | `/stepped` | server-sent events, each after the first only when the test says [`Origin::step`] |
//! | `/silent` | nothing, ever |
//! | `/hang-up` | the connection is closed without an answer |
//! | `/half` | the connection is closed in the middle of the answer, when the test says [`Origin::step`] |
//! | `/socket` | an upgrade: a greeting, then every byte back in upper case |

mod agents;
mod anthropic;
mod body;
mod canned;
mod cohere;
mod gemini;
mod mishap;
mod ollama;
mod openai;
mod record;
mod said;
mod service;

pub use agents::AFTERWARDS;
pub use canned::{Canned, OPENAI_ERROR, PAGE};
pub use mishap::{LIMITED, PAGE_TEXT, REFUSED};
pub use record::Record;
pub use service::STEPS;

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::time::Instant;

use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto;
use tokio::net::TcpListener;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::Semaphore;

use crate::PATIENCE;

/// A recording upstream on a loopback port, for HTTP/1.1 and HTTP/2 in the clear. It stops when it is dropped.
#[derive(Debug)]
pub struct Origin {
    address: SocketAddr,
    state: Arc<State>,
    runtime: Option<Runtime>,
}

#[derive(Debug)]
struct State {
    records: Mutex<Vec<Record>>,
    recorded: Condvar,
    connections: AtomicUsize,
    steps: Semaphore,
    canned: Mutex<HashMap<String, Canned>>,
}

impl Origin {
    /// Starts listening.
    pub fn start() -> Self {
        let runtime = Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .expect("a runtime");
        let listener = runtime
            .block_on(TcpListener::bind("127.0.0.1:0"))
            .expect("a port");
        let address = listener.local_addr().expect("its address");
        let state = Arc::new(State {
            records: Mutex::default(),
            recorded: Condvar::new(),
            connections: AtomicUsize::new(0),
            steps: Semaphore::new(0),
            canned: Mutex::default(),
        });
        runtime.spawn(accept(listener, Arc::clone(&state)));
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

    /// Checks that nothing reached it, not so much as a connection.
    pub fn assert_unheard(&self) {
        assert_eq!(self.connections(), 0, "{:?}", self.records());
    }

    /// Every request that reached it so far, once its body has come or broken off.
    pub fn records(&self) -> Vec<Record> {
        self.state
            .records
            .lock()
            .expect("no panic under the lock")
            .clone()
    }

    /// The one request that reached it; waits for it.
    pub fn only_record(&self) -> Record {
        let mut records = self.wait_for(1);
        assert_eq!(records.len(), 1, "{records:#?}");
        records.remove(0)
    }

    /// Waits until so many requests have reached it.
    pub fn wait_for(&self, count: usize) -> Vec<Record> {
        let deadline = Instant::now() + PATIENCE;
        let mut records = self.state.records.lock().expect("no panic under the lock");
        while records.len() < count {
            let left = deadline.saturating_duration_since(Instant::now());
            assert!(
                !left.is_zero(),
                "{} of {count} requests reached the origin: {records:#?}",
                records.len()
            );
            (records, _) = self
                .state
                .recorded
                .wait_timeout(records, left)
                .expect("no panic under the lock");
        }
        records.clone()
    }

    /// Answers so to every request whose path ends with this one.
    pub fn answer(&self, path: &str, canned: Canned) {
        let mut answers = self.state.canned.lock().expect("no panic under the lock");
        answers.insert(path.to_owned(), canned);
    }

    /// Lets `/stepped` send its next event, or `/half` break off.
    pub fn step(&self) {
        self.state.steps.add_permits(1);
    }
}

// === impl Drop for Origin ===

impl Drop for Origin {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

// === impl State ===

impl State {
    fn canned(&self, path: &str) -> Option<Canned> {
        let answers = self.canned.lock().expect("no panic under the lock");
        let longest = answers.iter().filter(|(end, _)| path.ends_with(end.as_str()));
        longest
            .max_by_key(|(end, _)| end.len())
            .map(|(_, canned)| canned.clone())
    }

    /// How many requests reached this path.
    fn count(&self, path: &str) -> usize {
        let records = self.records.lock().expect("no panic under the lock");
        records
            .iter()
            .filter(|record| record.path.split('?').next() == Some(path))
            .count()
    }

    fn record(&self, record: Record) {
        self.records.lock().expect("no panic under the lock").push(record);
        self.recorded.notify_all();
    }
}

async fn accept(listener: TcpListener, state: Arc<State>) {
    while let Ok((stream, _)) = listener.accept().await {
        state.connections.fetch_add(1, Ordering::SeqCst);
        let state = Arc::clone(&state);
        tokio::spawn(async move {
            let service =
                hyper::service::service_fn(move |request| service::answer(request, Arc::clone(&state)));
            let connection = auto::Builder::new(TokioExecutor::new());
            // A connection that a test breaks off ends in an error, as it should.
            let _ended = connection
                .serve_connection_with_upgrades(TokioIo::new(stream), service)
                .await;
        });
    }
}
