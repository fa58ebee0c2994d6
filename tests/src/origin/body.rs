//! Bodies that the origin answers with.

use std::io;
use std::sync::Arc;

use bytes::Bytes;
use http_body_util::channel::Channel;
use http_body_util::combinators::BoxBody;
use http_body_util::{BodyExt, Full};
use hyper::{Response, StatusCode, header};
use serde_json::Value;

use super::State;

pub(super) type Body = BoxBody<Bytes, io::Error>;

/// A whole body.
pub(super) fn whole(status: u16, content_type: &str, body: impl Into<Bytes>) -> Response<Body> {
    let body = Full::new(body.into()).map_err(|never| match never {}).boxed();
    with_head(status, content_type, body)
}

/// A JSON document.
pub(super) fn json(status: u16, document: &Value) -> Response<Body> {
    whole(status, "application/json", document.to_string())
}

/// Pieces of a body, each a frame of its own; where it is `broken`, the connection is closed after them.
pub(super) fn pieces(content_type: &str, pieces: Vec<String>, broken: bool) -> Response<Body> {
    let (mut sender, body) = Channel::<Bytes, io::Error>::new(1);
    tokio::spawn(async move {
        for piece in pieces {
            if sender.send_data(Bytes::from(piece)).await.is_err() {
                return;
            }
        }
        if broken {
            // The server throws away what it has not written yet when a body fails. It writes when it has nothing
            // else to do, on the one thread that it shares with this.
            for _ in 0..100 {
                tokio::task::yield_now().await;
            }
            sender.abort(io::Error::other("the test wants it to break off"));
        }
    });
    with_head(200, content_type, body.boxed())
}

/// Server-sent events of which each but the first waits for the test.
pub(super) fn stepped(events: Vec<String>, state: Arc<State>) -> Response<Body> {
    let (mut sender, body) = Channel::<Bytes, io::Error>::new(1);
    tokio::spawn(async move {
        for (index, event) in events.into_iter().enumerate() {
            if index > 0 {
                let Ok(step) = state.steps.acquire().await else {
                    break;
                };
                step.forget();
            }
            if sender.send_data(Bytes::from(event)).await.is_err() {
                break;
            }
        }
    });
    with_head(200, "text/event-stream", body.boxed())
}

/// A chunked body without an end.
pub(super) fn endless() -> Response<Body> {
    let (mut sender, body) = Channel::<Bytes, io::Error>::new(1);
    tokio::spawn(async move { while sender.send_data(Bytes::from_static(&[0; 65536])).await.is_ok() {} });
    with_head(200, "application/octet-stream", body.boxed())
}

/// A chunked body that breaks off before its end, when the test says so.
pub(super) fn half(state: Arc<State>) -> Response<Body> {
    let (mut sender, body) = Channel::<Bytes, io::Error>::new(1);
    tokio::spawn(async move {
        if sender
            .send_data(Bytes::from_static(b"the first half"))
            .await
            .is_ok()
        {
            let _step = state.steps.acquire().await;
            sender.abort(io::Error::other("the test wants it to break off"));
        }
    });
    with_head(200, "text/plain", body.boxed())
}

fn with_head(status: u16, content_type: &str, body: Body) -> Response<Body> {
    let mut response = Response::new(body);
    *response.status_mut() = StatusCode::from_u16(status).expect("a status");
    let content_type = header::HeaderValue::from_str(content_type).expect("a content type");
    response.headers_mut().insert(header::CONTENT_TYPE, content_type);
    response
}
