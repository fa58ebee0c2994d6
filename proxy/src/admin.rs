//! The admin port: health, metrics, and the endpoints that were found.  For the owner, on loopback or with a token.

use std::sync::Arc;

use async_trait::async_trait;
use http::{Response, header};
use lockgate_config::Secret;
use lockgate_errors::{Envelope, Form, Problem, catalogue, negotiate, render};
use pingora::apps::http_app::ServeHttp;
use pingora::protocols::http::ServerSession;
use serde_json::json;
use subtle::ConstantTimeEq as _;

use crate::exchange;
use crate::gate::Gate;

/// What `GET /` lists.
const PATHS: [(&str, &str); 4] = [
    ("/healthz", "200 while the gate serves"),
    (
        "/endpoints",
        "the endpoints behind the gate, found from the traffic",
    ),
    ("/metrics", "counters and times for Prometheus"),
    ("/status", "version, scanner and memory"),
];

/// The admin app.
pub(crate) struct Admin {
    pub(crate) gate: Arc<Gate>,
    pub(crate) token: Option<Secret>,
    /// What scores prompts, in words.
    pub(crate) engine: String,
}

#[async_trait]
impl ServeHttp for Admin {
    async fn response(&self, session: &mut ServerSession) -> Response<Vec<u8>> {
        let head = session.req_header();
        let accept = head
            .headers
            .get(header::ACCEPT)
            .and_then(|value| value.to_str().ok());
        let answer = self
            .authorised(session)
            .and_then(|()| self.answer(head.method.as_str(), head.uri.path()));
        answer.unwrap_or_else(|problem| problem_response(&problem.exchange(&exchange::request_id()), accept))
    }
}

// === impl Admin ===

impl Admin {
    fn authorised(&self, session: &ServerSession) -> Result<(), Problem> {
        let Some(token) = &self.token else { return Ok(()) };
        let sent = session.get_header_bytes(header::AUTHORIZATION);
        let sent = sent.strip_prefix(b"Bearer ").unwrap_or_default();
        if bool::from(sent.ct_eq(token.expose().as_bytes())) {
            return Ok(());
        }
        Err(Problem::new(&catalogue::ADMIN_UNAUTHORIZED)
            .detail("The admin port wants 'Authorization: Bearer' with the token of admin.token."))
    }

    fn answer(&self, method: &str, path: &str) -> Result<Response<Vec<u8>>, Problem> {
        let known = path == "/" || PATHS.iter().any(|(known, _)| *known == path);
        if known && !matches!(method, "GET" | "HEAD") {
            return Err(
                Problem::new(&catalogue::METHOD_NOT_ALLOWED).detail("The admin port only answers GET.")
            );
        }
        match path {
            "/" => Ok(json_response(
                &json!({ "paths": PATHS.iter().copied().collect::<std::collections::BTreeMap<_, _>>() }),
            )),
            "/healthz" => Ok(json_response(&json!({ "status": "ok" }))),
            "/endpoints" => Ok(json_response(&self.gate.discovery.list())),
            "/metrics" => Ok(self.metrics()),
            "/status" => Ok(json_response(&self.status())),
            _ => Err(Problem::new(&catalogue::NOT_FOUND)
                .detail("The admin port has no such path; / lists those that it has.")),
        }
    }

    fn metrics(&self) -> Response<Vec<u8>> {
        let metrics = &self.gate.telemetry.metrics;
        metrics
            .buffered
            .set(i64::try_from(self.gate.budget.used()).unwrap_or(i64::MAX));
        response(200, "text/plain; version=0.0.4; charset=utf-8", metrics.text())
    }

    fn status(&self) -> serde_json::Value {
        json!({
            "version": env!("CARGO_PKG_VERSION"),
            "engine": self.engine,
            "exchanges_running": self.gate.running.count(),
            "buffered_bytes": self.gate.budget.used(),
        })
    }
}

fn json_response(value: &serde_json::Value) -> Response<Vec<u8>> {
    let mut body = serde_json::to_vec_pretty(value).unwrap_or_default();
    body.push(b'\n');
    response(200, "application/json", body)
}

fn problem_response(problem: &Problem, accept: Option<&str>) -> Response<Vec<u8>> {
    let document = render(problem, negotiate(accept, Form::ProblemJson), Envelope::None);
    let mut answer = response(document.status, document.content_type, document.body.into_bytes());
    for (name, value) in document.headers {
        if let Ok(value) = value.parse() {
            answer.headers_mut().insert(name, value);
        }
    }
    if document.status == 401 {
        answer.headers_mut().insert(
            header::WWW_AUTHENTICATE,
            header::HeaderValue::from_static("Bearer"),
        );
    }
    answer
}

fn response(status: u16, content_type: &'static str, body: Vec<u8>) -> Response<Vec<u8>> {
    let mut answer = Response::new(body);
    *answer.status_mut() =
        http::StatusCode::from_u16(status).unwrap_or(http::StatusCode::INTERNAL_SERVER_ERROR);
    let headers = answer.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        header::HeaderValue::from_static(content_type),
    );
    headers.insert(
        header::CACHE_CONTROL,
        header::HeaderValue::from_static("no-store"),
    );
    let length = answer.body().len();
    answer.headers_mut().insert(header::CONTENT_LENGTH, length.into());
    answer
}
