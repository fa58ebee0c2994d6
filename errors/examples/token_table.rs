//! What eight typical problems cost in each form, in bytes and in tokens of o200k_base: part of `make bench`.
//!
//! `cargo run -p lockgate-errors --example token_table`

use std::io::{self, Write};
use std::time::{Duration, SystemTime};

use http::{HeaderMap, HeaderValue};
use lockgate_errors::{Envelope, Form, Problem, catalogue, render, upstream};
use tiktoken_rs::o200k_base_singleton;

fn main() -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "Bytes and tokens (o200k_base) of the body:\n")?;
    writeln!(out, "| problem | HTML | JSON | Markdown |")?;
    writeln!(out, "|---|---|---|---|")?;
    for problem in problems() {
        let problem = problem
            .exchange("179530260612345683920174")
            .host("api.example.com");
        let cost = |form| {
            let body = render(&problem, form, Envelope::None).body;
            let tokens = o200k_base_singleton().encode_ordinary(&body).len();
            format!("{} B, {tokens}", body.len())
        };
        writeln!(
            out,
            "| `{}` | {} | {} | {} |",
            problem.code(),
            cost(Form::Html),
            cost(Form::Json),
            cost(Form::Markdown)
        )?;
    }
    Ok(())
}

/// As the gate says them.
fn problems() -> [Problem; 8] {
    [
        Problem::new(&catalogue::RATE_LIMITED)
            .detail("60 requests per 1m for client_ip are used up.")
            .wait(Duration::from_millis(11_400))
            .with("limit", 60)
            .with("window", 60)
            .with("rule", "per-client"),
        Problem::new(&catalogue::PROMPT_INJECTION)
            .detail("The user text at '/messages/0/content' scored 0.94 for 'injection'; the rule 'injection' blocks it.")
            .with("score", 0.94)
            .with("param", "/messages/0/content")
            .with("signatures", ["override-en", "reveal-en"])
            .with("rule", "injection"),
        Problem::new(&catalogue::PII_BLOCKED)
            .detail("The request holds personal data that the rule 'pii' does not let pass: CREDIT_CARD.")
            .with("categories", ["CREDIT_CARD"])
            .with("rule", "pii"),
        Problem::new(&catalogue::ROUTE_NOT_FOUND)
            .detail("No route of this gate matches 'api.example.com/v2/nothing'."),
        Problem::new(&catalogue::OVERLOADED),
        Problem::new(&catalogue::UPSTREAM_TIMEOUT).detail("The upstream 'openai' did not answer in time."),
        answer(502, "text/html", PAGE, HeaderMap::new()),
        answer(
            429,
            "text/plain",
            "Too many requests",
            HeaderMap::from_iter([(http::header::RETRY_AFTER, HeaderValue::from_static("20"))]),
        ),
    ]
}

const PAGE: &str = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n\
    <center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx/1.31.3</center>\r\n</body>\r\n</html>\r\n";

/// An error answer of the upstream, as the gate passes it on.
fn answer(status: u16, media_type: &str, body: &str, fields: HeaderMap) -> Problem {
    let problem = upstream::from_head("openai", status, &fields, SystemTime::now())
        .unwrap_or_else(|| Problem::new(&catalogue::UPSTREAM_FAILED));
    upstream::with_body(problem, Some(media_type), body.as_bytes(), true)
}
