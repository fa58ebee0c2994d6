//! What the origin answers on which path.

use std::io;
use std::sync::Arc;

use http_body_util::BodyExt;
use hyper::body::Incoming;
use hyper::{Request, Response, StatusCode, header};
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::body::{self, Body};
use super::mishap::Mishap;
use super::record::Record;
use super::said::Said;
use super::{State, agents, anthropic, cohere, gemini, ollama, openai};

/// How many events `/stepped` sends.
pub const STEPS: usize = 4;

/// Records the request, then answers by its path. An error closes the connection without an answer.
pub(super) async fn answer(mut request: Request<Incoming>, state: Arc<State>) -> io::Result<Response<Body>> {
    let upgrade = hyper::upgrade::on(&mut request);
    let (parts, incoming) = request.into_parts();
    let (bytes, complete) = read(incoming).await;
    state.record(Record::new(&parts, bytes.clone(), complete));
    if let Some(canned) = state.canned(parts.uri.path()) {
        return Ok(canned.response(&parts.method, state));
    }
    let (mishap, path) = Mishap::of(parts.uri.path());
    let sent: Value = serde_json::from_slice(&bytes).unwrap_or_default();
    if let Some(said) = said(parts.method.as_str(), path, &sent) {
        let mishap = mishap.filter(|_| path != "/mcp" || agents::may_fail(&sent));
        let first = state.count(parts.uri.path()) == 1;
        let mut response = match mishap {
            Some(mishap) => mishap.answer(path, &sent, first, said)?,
            None => said.whole(),
        };
        if path == "/mcp" {
            let session = header::HeaderValue::from_static("session-1");
            response.headers_mut().insert(agents::SESSION, session);
        }
        return Ok(response);
    }
    if let Some(status) = path
        .strip_prefix("/status/")
        .and_then(|number| number.parse().ok())
    {
        return Ok(body::json(
            status,
            &json!({ "error": { "message": "the origin says so" } }),
        ));
    }
    Ok(match path {
        "/echo" => echo(&parts.headers, bytes),
        "/stepped" => body::stepped(
            (0..STEPS).map(|n| format!("data: {{\"n\":{n}}}\n\n")).collect(),
            state,
        ),
        "/silent" => std::future::pending().await,
        "/hang-up" => return Err(io::Error::other("the test wants it closed")),
        "/endless" => body::endless(),
        "/half" => body::half(state),
        "/socket" => socket(upgrade),
        _ => body::json(
            404,
            &json!({ "error": { "message": "the origin has no such path" } }),
        ),
    })
}

/// What the APIs that it knows answer.
fn said(method: &str, path: &str, sent: &Value) -> Option<Said> {
    Some(match path.trim_start_matches("/mistral") {
        "/v1/chat/completions" => openai::chat(sent),
        "/v1/responses" => openai::responses(sent),
        "/v1/messages" => anthropic::messages(sent),
        "/v2/chat" => cohere::chat(sent),
        "/api/chat" => ollama::chat(sent),
        "/mcp" => agents::mcp(method, sent),
        "/a2a" => agents::a2a(sent),
        path if path.ends_with(":generateContent") => gemini::generate(sent, false),
        path if path.ends_with(":streamGenerateContent") => gemini::generate(sent, true),
        _ => return None,
    })
}

/// Everything that came, and whether it came to its end.
async fn read(mut incoming: Incoming) -> (Vec<u8>, bool) {
    let mut bytes = Vec::new();
    while let Some(frame) = incoming.frame().await {
        let Ok(frame) = frame else { return (bytes, false) };
        if let Ok(data) = frame.into_data() {
            bytes.extend_from_slice(&data);
        }
    }
    (bytes, true)
}

fn echo(headers: &header::HeaderMap, bytes: Vec<u8>) -> Response<Body> {
    let content_type = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    body::whole(200, content_type.unwrap_or("application/octet-stream"), bytes)
}

fn socket(upgrade: hyper::upgrade::OnUpgrade) -> Response<Body> {
    tokio::spawn(async move {
        let Ok(upgraded) = upgrade.await else { return };
        let mut stream = TokioIo::new(upgraded);
        let _closed = shout(&mut stream).await;
    });
    let mut response = body::whole(101, "text/plain", "");
    *response.status_mut() = StatusCode::SWITCHING_PROTOCOLS;
    let headers = response.headers_mut();
    headers.clear();
    headers.insert(header::CONNECTION, header::HeaderValue::from_static("upgrade"));
    headers.insert(header::UPGRADE, header::HeaderValue::from_static("websocket"));
    response
}

/// Greets, then sends every byte back in upper case.
async fn shout(stream: &mut TokioIo<hyper::upgrade::Upgraded>) -> io::Result<()> {
    stream.write_all(b"hello from the origin\n").await?;
    let mut buffer = [0; 1024];
    loop {
        let count = stream.read(&mut buffer).await?;
        if count == 0 {
            return Ok(());
        }
        stream.write_all(&buffer[..count].to_ascii_uppercase()).await?;
    }
}
