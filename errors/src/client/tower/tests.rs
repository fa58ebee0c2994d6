//! The policy in a real stack of services, before a real server that counts.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::client::legacy::{Client, Error};
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto;
use tokio::net::TcpListener;
use tower::{Service, ServiceBuilder, ServiceExt, retry::RetryLayer};

use super::*;
use crate::{Document, Envelope, Form, Problem, catalogue, render};

/// Answers with these documents in turn, then hangs up; keeps the bodies that came.
struct Server {
    address: SocketAddr,
    bodies: Arc<Mutex<Vec<Bytes>>>,
}

impl Server {
    async fn start(documents: Vec<Document>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("its address");
        let bodies = Arc::<Mutex<Vec<Bytes>>>::default();
        let seen = Arc::clone(&bodies);
        let documents = Arc::new(documents);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (seen, documents) = (Arc::clone(&seen), Arc::clone(&documents));
                let answer = service_fn(move |request: Request<Incoming>| {
                    let (seen, documents) = (Arc::clone(&seen), Arc::clone(&documents));
                    async move {
                        let body = request.into_body().collect().await.expect("a body").to_bytes();
                        let mut seen = seen.lock().expect("no panic under the lock");
                        seen.push(body);
                        let document = documents.get(seen.len() - 1);
                        document.map(response).ok_or("the server hangs up")
                    }
                });
                tokio::spawn(async move {
                    let builder = auto::Builder::new(TokioExecutor::new());
                    let _ended = builder.serve_connection(TokioIo::new(stream), answer).await;
                });
            }
        });
        Self { address, bodies }
    }

    fn requests(&self) -> usize {
        self.bodies.lock().expect("no panic under the lock").len()
    }

    /// Sends one request through a stack with the policy, and gives the status that its caller sees.
    async fn ask(&self, policy: HeadPolicy, method: &str) -> Result<u16, Error> {
        let client = Client::builder(TokioExecutor::new()).build_http::<Full<Bytes>>();
        let mut service = ServiceBuilder::new()
            .layer(RetryLayer::new(policy))
            .service(client);
        let request = Request::builder()
            .method(method)
            .uri(format!("http://{}/v1/chat/completions", self.address))
            .body(Full::from("{\"model\": \"m\"}"))
            .expect("a request");
        let answer = service.ready().await?.call(request).await?;
        Ok(answer.status().as_u16())
    }
}

fn response(document: &Document) -> Response<Full<Bytes>> {
    let mut response = Response::builder().status(document.status);
    for (name, value) in &document.headers {
        response = response.header(*name, value);
    }
    let body = Full::from(document.body.clone());
    response.body(body).expect("a response")
}

fn problem(kind: &'static crate::ProblemType, envelope: Envelope) -> Document {
    render(&Problem::new(kind), Form::Json, envelope)
}

/// Overloaded, and free again so soon that a test can wait for it.
fn overload() -> Document {
    let mut document = problem(&catalogue::OVERLOADED, Envelope::OpenAi);
    document.headers.push(("retry-after-ms", "20".to_owned()));
    document
}

fn plain(status: u16) -> Document {
    Document {
        status,
        content_type: "text/plain",
        headers: Vec::new(),
        body: String::new(),
    }
}

fn policy() -> HeadPolicy {
    HeadPolicy::new(Policy {
        first_wait: Duration::from_millis(1),
        ..Policy::default()
    })
}

#[tokio::test]
async fn what_passes_is_sent_again_as_told_with_the_same_body() {
    let server = Server::start(vec![overload(), overload(), plain(200)]).await;
    let started = std::time::Instant::now();
    assert_eq!(server.ask(policy(), "POST").await.expect("an answer"), 200);
    // Not earlier than the server said; how much later is the machine's affair.
    assert!(started.elapsed() >= Duration::from_millis(40));
    let bodies = server.bodies.lock().expect("no panic under the lock").clone();
    assert_eq!(bodies, ["{\"model\": \"m\"}"; 3]);
}

#[tokio::test]
async fn a_final_verdict_is_one_request() {
    for envelope in [Envelope::OpenAi, Envelope::JsonRpc] {
        let server = Server::start(vec![problem(&catalogue::PROMPT_INJECTION, envelope), plain(200)]).await;
        let status = server.ask(policy(), "GET").await.expect("an answer");
        assert!(status != 200 || envelope == Envelope::JsonRpc);
        assert_eq!(server.requests(), 1);
    }
}

#[tokio::test]
async fn a_verdict_on_a_status_that_is_usually_repeated_is_one_request() {
    let mut refused = plain(503);
    refused.headers.push(("x-should-retry", "false".to_owned()));
    let server = Server::start(vec![refused, plain(200)]).await;
    assert_eq!(server.ask(policy(), "GET").await.expect("an answer"), 503);
    assert_eq!(server.requests(), 1);
}

#[tokio::test]
async fn attempts_end() {
    let server = Server::start(vec![overload(); 5]).await;
    assert_eq!(server.ask(policy(), "POST").await.expect("an answer"), 503);
    assert_eq!(server.requests(), 3);
}

#[tokio::test]
async fn a_wait_that_is_too_long_is_one_request() {
    let mut busy = plain(503);
    busy.headers.push(("retry-after", "3600".to_owned()));
    let server = Server::start(vec![busy, plain(200)]).await;
    assert_eq!(server.ask(policy(), "GET").await.expect("an answer"), 503);
    assert_eq!(server.requests(), 1);
}

#[tokio::test]
async fn what_may_have_been_done_is_sent_again_only_where_that_does_no_harm() {
    for (method, policy, requests) in [
        ("POST", policy(), 1),
        ("GET", policy(), 2),
        ("POST", policy().all_idempotent(), 2),
    ] {
        let server = Server::start(vec![plain(502), plain(200)]).await;
        server.ask(policy, method).await.expect("an answer");
        assert_eq!(server.requests(), requests, "{method}");
    }
}

#[tokio::test]
async fn a_lost_answer_is_asked_for_again_only_where_that_does_no_harm() {
    for (method, requests) in [("POST", 1), ("PUT", 3)] {
        let server = Server::start(Vec::new()).await;
        server.ask(policy(), method).await.expect_err("it hung up");
        assert_eq!(server.requests(), requests, "{method}");
    }
}

#[tokio::test]
async fn each_request_has_tries_of_its_own() {
    let answers = vec![overload(), plain(200), overload(), overload(), plain(200)];
    let server = Server::start(answers).await;
    let policy = policy();
    assert_eq!(server.ask(policy.clone(), "POST").await.expect("an answer"), 200);
    assert_eq!(server.ask(policy, "POST").await.expect("an answer"), 200);
    assert_eq!(server.requests(), 5);
}
