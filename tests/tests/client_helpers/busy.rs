//! An upstream that is busy for a while.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use serde_json::{Value, json};

/// Answers the first requests with 503 and a `Retry-After`, the others as a model does. Its thread ends with the process.
pub(crate) struct Busy {
    address: SocketAddr,
    requests: Arc<AtomicUsize>,
}

impl Busy {
    pub(crate) fn start(times: usize, retry_after: &'static str) -> Self {
        Self::serve(move |made| if made < times { busy(retry_after) } else { done() })
    }

    /// Begins to stream an answer, and breaks off in the middle.
    pub(crate) fn breaking() -> Self {
        Self::serve(|_| {
            let event = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hi\"}}]}\n\n";
            let fields = "content-type: text/event-stream\r\ntransfer-encoding: chunked";
            format!(
                "HTTP/1.1 200 OK\r\n{fields}\r\n\r\n{:x}\r\n{event}\r\n",
                event.len()
            )
        })
    }

    fn serve(answer: impl Fn(usize) -> String + Send + 'static) -> Self {
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
                let answer = answer(count.fetch_add(1, Ordering::SeqCst));
                let _gone = (&stream).write_all(answer.as_bytes());
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

fn busy(retry_after: &str) -> String {
    let body = json!({ "error": { "message": "busy", "type": "server_error", "code": null, "param": null } });
    whole(
        &format!("503 Service Unavailable\r\nretry-after: {retry_after}"),
        &body,
    )
}

fn done() -> String {
    let message = json!({ "role": "assistant", "content": "done at last" });
    let choices = json!([{ "index": 0, "finish_reason": "stop", "message": message }]);
    let body =
        json!({ "id": "c1", "object": "chat.completion", "created": 0, "model": "m", "choices": choices });
    whole("200 OK", &body)
}

fn whole(head: &str, body: &Value) -> String {
    let body = body.to_string();
    let length = body.len();
    let fields = format!("content-type: application/json\r\ncontent-length: {length}\r\nconnection: close");
    format!("HTTP/1.1 {head}\r\n{fields}\r\n\r\n{body}")
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
