//! Asks a URL with patience: shows each problem on the way, and follows its word on whether and when to ask again.
//!
//! `cargo run -p lockgate-errors --example retry -- http://127.0.0.1:8080/v1/models`

use std::error::Error;
use std::io::{self, Write};
use std::time::Instant;

use bytes::Bytes;
use http::Uri;
use http_body_util::{BodyExt, Empty, Limited};
use hyper_util::client::legacy::Client;
use hyper_util::rt::TokioExecutor;
use lockgate_errors::client::{Answer, Decision, LONGEST_BODY, Policy, Tries, parse};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error + Send + Sync>> {
    let url = std::env::args().nth(1).ok_or("usage: retry URL")?;
    let client = Client::builder(TokioExecutor::new()).build_http::<Empty<Bytes>>();
    let policy = Policy::default();
    let mut out = io::stdout().lock();

    let started = Instant::now();
    for made in 1.. {
        // A GET: to send it again does no harm.
        let tries = Tries::new(made, started.elapsed(), true);
        let answer = match client.get(url.parse::<Uri>()?).await {
            Ok(answer) => answer,
            Err(error) => match policy.decide_unanswered(&tries) {
                Decision::Retry(wait) => {
                    writeln!(out, "no answer ({error}); once more in {wait:?}")?;
                    tokio::time::sleep(wait).await;
                    continue;
                }
                Decision::Stop(_) => return Err(error.into()),
            },
        };
        let (head, body) = answer.into_parts();
        let body = Limited::new(body, LONGEST_BODY).collect().await?.to_bytes();
        let problem = parse(head.status, &head.headers, &body);
        if let Some(problem) = &problem {
            let title = problem.title.as_deref().unwrap_or(&problem.uri);
            let detail = problem.detail.as_deref().unwrap_or_default();
            writeln!(out, "{title}: {detail}")?;
        }
        match policy.decide(&tries, &Answer::new(head.status, &head.headers, problem.as_ref())) {
            Decision::Retry(wait) => {
                writeln!(out, "{}; once more in {wait:?}", head.status)?;
                tokio::time::sleep(wait).await;
            }
            Decision::Stop(reason) => {
                writeln!(out, "{}; no more, because {reason}", head.status)?;
                out.write_all(&body)?;
                break;
            }
        }
    }
    Ok(())
}
