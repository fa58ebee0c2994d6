//! The door: every connection comes in here, and every HTTP/1 head is read here before pingora sees it.
//!
//! pingora 0.9.1 waits for ever for a head that never ends, strips `Content-Length` when
//! `Transfer-Encoding` is there, forwards HTTP/1.1 without `Host`, and answers what it cannot parse
//! with an empty body before any hook runs (cloudflare/pingora#919).  So the door reads the head
//! itself, bounded in time and size, refuses what is ambiguous with a problem document, and hands the
//! bytes to pingora as the prefix of the session.  HTTP/2 goes straight to pingora: the h2 crate
//! bounds and checks its frames.

mod head;
mod refusal;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use bytes::BytesMut;
use lockgate_errors::catalogue;
use pingora::apps::{HttpPersistentSettings, HttpServerApp, ServerApp};
use pingora::prelude::timeout;
use pingora::protocols::http::ServerSession;
use pingora::protocols::{ALPN, Stream};
use pingora::server::ShutdownWatch;
use tokio::io::AsyncReadExt;

use crate::telemetry::Telemetry;
use refusal::Refusal;

/// First bytes of HTTP/2 with prior knowledge (RFC 9113 section 3.4).
const H2_PREFACE_LEN: usize = 24;
/// What one read may bring; heads of LLM clients are 400 to 1,200 bytes.
const READ_BYTES: usize = 8 * 1024;

/// How long and how large a head may be.
#[derive(Debug, Clone, Copy)]
pub(crate) struct DoorLimits {
    /// From the first byte of a head to its end.
    pub(crate) header_timeout: Duration,
    /// Between two requests on one connection, and before the first.
    pub(crate) idle_timeout: Duration,
    /// Size of the whole head, in bytes.
    pub(crate) header_bytes: usize,
}

/// A connection-level app that guards an HTTP app `A`.
pub(crate) struct Door<A> {
    app: Arc<A>,
    limits: DoorLimits,
    telemetry: Option<Arc<Telemetry>>,
}

impl<A> Door<A> {
    /// Guards `app`; refusals are logged and counted when `telemetry` is given.
    pub(crate) fn new(app: A, limits: DoorLimits, telemetry: Option<Arc<Telemetry>>) -> Self {
        Self {
            app: Arc::new(app),
            limits,
            telemetry,
        }
    }
}

#[async_trait]
impl<A: HttpServerApp + Send + Sync + 'static> ServerApp for Door<A> {
    async fn process_new(self: &Arc<Self>, mut stream: Stream, shutdown: &ShutdownWatch) -> Option<Stream> {
        let limits = self.limits;
        if stream.get_ssl_digest().is_some() {
            if matches!(stream.selected_alpn_proto(), Some(ALPN::H2)) {
                return self.app.process_new(stream, shutdown).await;
            }
        } else if starts_http2(&mut stream, limits).await? {
            return self.app.process_new(stream, shutdown).await;
        }
        self.serve_http1(stream, shutdown.clone()).await;
        None
    }

    async fn cleanup(&self) {
        self.app.http_cleanup().await;
    }
}

impl<A: HttpServerApp + Send + Sync + 'static> Door<A> {
    async fn serve_http1(&self, mut stream: Stream, mut shutdown: ShutdownWatch) {
        let mut settings = None;
        loop {
            let head = tokio::select! {
                biased;
                head = read_head(&mut stream, self.limits) => head,
                () = stopping(&mut shutdown) => return,
            };
            let head = match head {
                Ok(Some(head)) => head,
                Ok(None) => return,
                Err(refusal) => return self.refuse(stream, refusal).await,
            };
            let mut session = ServerSession::new_http1(stream);
            match settings.take() {
                Some(carried) => {
                    HttpPersistentSettings::apply_to_session(carried, &mut session);
                }
                None => session.set_keepalive(Some(self.limits.idle_timeout.as_secs().max(1))),
            }
            session.set_pipelined_prefix(head);
            match self.app.process_new_http(session, &shutdown).await {
                Some(reused) => (stream, settings) = reused.consume(),
                None => return,
            }
        }
    }

    async fn refuse(&self, mut stream: Stream, refusal: Refusal) {
        let client = peer_address(&stream);
        if let Some(telemetry) = &self.telemetry {
            telemetry.refused(&refusal.problem, client);
        }
        refusal.write(&mut stream).await;
    }
}

/// Whether a connection in the clear begins with the HTTP/2 preface; `None` when it went away or said nothing.
///
/// The first byte is waited for as an idle connection, the rest as a head.  Methods that begin with `P`
/// (POST, PUT, PATCH) are told apart at the third byte.
async fn starts_http2(stream: &mut Stream, limits: DoorLimits) -> Option<bool> {
    let mut seen = [0_u8; H2_PREFACE_LEN];
    peek(stream, &mut seen[..1], limits.idle_timeout).await?;
    if seen[0] != b'P' {
        return Some(false);
    }
    peek(stream, &mut seen[..3], limits.header_timeout).await?;
    if &seen[..3] != b"PRI" {
        return Some(false);
    }
    peek(stream, &mut seen, limits.header_timeout).await?;
    Some(true)
}

async fn peek(stream: &mut Stream, bytes: &mut [u8], wait: Duration) -> Option<()> {
    matches!(timeout(wait, stream.try_peek(bytes)).await, Ok(Ok(true))).then_some(())
}

/// Reads until the head is whole.  `Ok(None)`: the client left, or stayed idle, before its first byte.
async fn read_head(stream: &mut Stream, limits: DoorLimits) -> Result<Option<BytesMut>, Refusal> {
    let mut bytes = BytesMut::with_capacity(READ_BYTES);
    match timeout(limits.idle_timeout, stream.read_buf(&mut bytes)).await {
        Ok(Ok(n)) if n > 0 => {}
        _ => return Ok(None),
    }
    match timeout(
        limits.header_timeout,
        finish_head(stream, &mut bytes, limits.header_bytes),
    )
    .await
    {
        Ok(Ok(())) => Ok(Some(bytes)),
        Ok(Err(refusal)) => Err(refusal),
        Err(_) => Err(Refusal::new(
            lockgate_errors::Problem::new(&catalogue::HEADER_TIMEOUT)
                .detail(format!(
                    "The head of the request was not complete after {:?} (limits.header_timeout).",
                    limits.header_timeout
                ))
                .with("limit", "limits.header_timeout"),
        )),
    }
}

async fn finish_head(stream: &mut Stream, bytes: &mut BytesMut, limit: usize) -> Result<(), Refusal> {
    let mut fresh = 0;
    loop {
        // Parsing is tried once a line has ended, so that a head fed byte by byte costs no more than its lines.
        if memchr::memchr(b'\n', &bytes[fresh..]).is_some() && head::check(bytes, limit)? {
            return Ok(());
        }
        if bytes.len() > limit {
            return Err(head::too_large(limit));
        }
        fresh = bytes.len();
        bytes.reserve(READ_BYTES);
        match stream.read_buf(bytes).await {
            Ok(n) if n > 0 => {}
            _ => return Err(Refusal::silent()),
        }
    }
}

async fn stopping(shutdown: &mut ShutdownWatch) {
    while !*shutdown.borrow() {
        if shutdown.changed().await.is_err() {
            return;
        }
    }
}

fn peer_address(stream: &Stream) -> Option<SocketAddr> {
    stream.get_socket_digest()?.peer_addr()?.as_inet().copied()
}
