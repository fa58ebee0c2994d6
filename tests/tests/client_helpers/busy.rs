//! An upstream that is busy for a while.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use serde_json::json;

/// Answers the first requests with 503 and a `Retry-After`, the others as a model does. Its thread ends with the process.
pub(crate) struct Busy {
    address: SocketAddr,
    requests: Arc<AtomicUsize>,
}

impl Busy {
    pub(crate) fn start(times: usize, retry_after: &'static str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("its address");
        let requests = Arc::<AtomicUsize>::default();
        let count = Arc::clone(&requests);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                // A connection on which nothing came is one that the gate did not need.
                if read(&stream).is_none() {
                    continue;
                }
                let made = count.fetch_add(1, Ordering::SeqCst);
                let (head, body) = if made < times { busy(retry_after) } else { done() };
                let length = body.len();
                let head =
                    format!("HTTP/1.1 {head}\r\ncontent-type: application/json\r\nconnection: close\r\n");
                let _gone = write!(&stream, "{head}content-length: {length}\r\n\r\n{body}");
            }
        });
        Self { address, requests }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub(crate) fn requests(&self) -> usize {
        self.requests.load(Ordering::SeqCst)
    }
}

fn busy(retry_after: &str) -> (String, String) {
    let body = json!({ "error": { "message": "busy", "type": "server_error", "code": null, "param": null } });
    (
        format!("503 Service Unavailable\r\nretry-after: {retry_after}"),
        body.to_string(),
    )
}

fn done() -> (String, String) {
    let message = json!({ "role": "assistant", "content": "done at last" });
    let choices = json!([{ "index": 0, "finish_reason": "stop", "message": message }]);
    let body =
        json!({ "id": "c1", "object": "chat.completion", "created": 0, "model": "m", "choices": choices });
    ("200 OK".to_owned(), body.to_string())
}

/// Reads one request to the end of its body.
fn read(stream: &TcpStream) -> Option<()> {
    let mut reader = BufReader::new(stream);
    let mut length = 0;
    for line in reader.by_ref().lines() {
        let line = line.ok()?.to_ascii_lowercase();
        if line.is_empty() {
            let mut body = vec![0; length];
            return reader.read_exact(&mut body).ok();
        }
        if let Some(value) = line.strip_prefix("content-length:") {
            length = value.trim().parse().ok()?;
        }
    }
    None
}
