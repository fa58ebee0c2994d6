//! The upstream of `lockgate demo`: OpenAI- and Anthropic-shaped, and open about what reached it.
//!
//! It has no model.  It answers with the last message that it received, so that a person sees what the gate
//! let through and what it redacted.

mod replies;

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use pingora::Result;
use pingora::apps::{HttpPersistentSettings, HttpServerApp, ReusedHttpStream};
use pingora::http::ResponseHeader;
use pingora::protocols::http::ServerSession;
use pingora::server::ShutdownWatch;
use serde_json::{Value, json};

use replies::{Dialect, Reply};

/// Between two events of a stream, so that it looks like one.
const PACE: Duration = Duration::from_millis(40);
/// Largest body that the demo reads.
const MAX_BODY: usize = 8 * 1024 * 1024;

/// The demo upstream.
pub(crate) struct DemoUpstream;

#[async_trait]
impl HttpServerApp for DemoUpstream {
    async fn process_new_http(
        self: &Arc<Self>,
        mut session: ServerSession,
        shutdown: &ShutdownWatch,
    ) -> Option<ReusedHttpStream> {
        if !session.read_request().await.ok()? {
            return None;
        }
        session.set_keepalive((!*shutdown.borrow()).then_some(60));
        serve(&mut session).await.ok()?;
        let settings = HttpPersistentSettings::for_session(&session);
        let reusable = session.finish().await.ok()??;
        Some(ReusedHttpStream::from_reusable_stream(reusable, settings))
    }
}

async fn serve(session: &mut ServerSession) -> Result<()> {
    let method = session.req_header().method.as_str().to_owned();
    let path = session.req_header().uri.path().to_owned();
    let body = read_body(session).await?;
    match (method.as_str(), Dialect::of(&path)) {
        ("POST", Some(dialect)) => match serde_json::from_slice::<Value>(&body) {
            Ok(request) => answer(session, &Reply::to(dialect, &request)).await,
            Err(_) => {
                send(
                    session,
                    400,
                    &json!({ "error": { "message": "not JSON", "type": "invalid_request_error" } }),
                )
                .await
            }
        },
        ("GET", _) if path == "/v1/models" => send(session, 200, &replies::models()).await,
        _ => {
            send(
                session,
                404,
                &json!({ "error": { "message": "the demo has no such path", "type": "not_found_error" } }),
            )
            .await
        }
    }
}

async fn read_body(session: &mut ServerSession) -> Result<Vec<u8>> {
    let mut body = Vec::new();
    while let Some(chunk) = session.read_request_body().await? {
        if body.len() + chunk.len() <= MAX_BODY {
            body.extend_from_slice(&chunk);
        }
    }
    Ok(body)
}

async fn answer(session: &mut ServerSession, reply: &Reply) -> Result<()> {
    if !reply.stream {
        return send(session, 200, &reply.whole()).await;
    }
    let mut head = ResponseHeader::build(200, Some(3))?;
    head.insert_header("content-type", "text/event-stream")?;
    head.insert_header("cache-control", "no-cache")?;
    head.insert_header("transfer-encoding", "chunked")?;
    session.write_response_header(Box::new(head)).await?;
    for event in reply.events() {
        session.write_response_body(Bytes::from(event), false).await?;
        tokio::time::sleep(PACE).await;
    }
    session.write_response_body(Bytes::new(), true).await
}

async fn send(session: &mut ServerSession, status: u16, value: &Value) -> Result<()> {
    let body = serde_json::to_vec(value).unwrap_or_default();
    let mut head = ResponseHeader::build(status, Some(2))?;
    head.insert_header("content-type", "application/json")?;
    head.insert_header("content-length", body.len().to_string())?;
    session.write_response_header(Box::new(head)).await?;
    session.write_response_body(Bytes::from(body), true).await
}
