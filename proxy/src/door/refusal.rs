//! A connection that is not let in: the problem it gets, and how it is written without pingora.

use std::fmt::Write as _;
use std::time::Duration;

use lockgate_errors::{Document, Envelope, Form, Problem, catalogue, negotiate, render};
use pingora::protocols::Stream;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::time::timeout;

/// How long, and how much, a refused client may go on sending before the connection is cut: closing with
/// unread bytes would make the kernel reset the connection and lose the answer.
const LINGER: Duration = Duration::from_millis(500);
const LINGER_BYTES: usize = 256 * 1024;

/// Why a connection is closed, and what the client is told.
#[derive(Debug)]
pub(super) struct Refusal {
    pub(super) problem: Problem,
    accept: Option<String>,
    silent: bool,
}

impl Refusal {
    pub(super) fn new(problem: Problem) -> Self {
        let problem = problem.exchange(&crate::exchange::request_id());
        Self {
            problem,
            accept: None,
            silent: false,
        }
    }

    /// The client left in the middle of its head: there is nobody to answer.
    pub(super) fn silent() -> Self {
        let problem = Problem::new(&catalogue::MALFORMED_REQUEST)
            .detail("The client closed the connection in the middle of the head.");
        Self {
            silent: true,
            ..Self::new(problem)
        }
    }

    /// Remembers what the client said it reads.
    pub(super) fn accepting(mut self, accept: Option<String>) -> Self {
        self.accept = accept;
        self
    }

    /// Writes the answer and closes.
    pub(super) async fn write(self, stream: &mut Stream) {
        if !self.silent {
            let form = negotiate(self.accept.as_deref(), Form::ProblemJson);
            let answer = http1(&render(&self.problem, form, Envelope::None));
            let _ = timeout(LINGER, async {
                stream.write_all(answer.as_bytes()).await?;
                stream.flush().await
            })
            .await;
        }
        let _ = stream.shutdown().await;
        drain(stream).await;
    }
}

async fn drain(stream: &mut Stream) {
    let mut scratch = [0_u8; 4096];
    let mut left = LINGER_BYTES;
    let _ = timeout(LINGER, async {
        while let Ok(n) = stream.read(&mut scratch).await {
            left = left.saturating_sub(n);
            if n == 0 || left == 0 {
                break;
            }
        }
    })
    .await;
}

fn http1(document: &Document) -> String {
    let reason = http::StatusCode::from_u16(document.status)
        .ok()
        .and_then(|s| s.canonical_reason());
    let mut out = format!("HTTP/1.1 {} {}\r\n", document.status, reason.unwrap_or("Error"));
    let _ = write!(
        out,
        "content-type: {}\r\ncontent-length: {}\r\n",
        document.content_type,
        document.body.len()
    );
    for (name, value) in &document.headers {
        let _ = write!(out, "{name}: {value}\r\n");
    }
    out.push_str("connection: close\r\n\r\n");
    out.push_str(&document.body);
    out
}
