//! The line of an exchange.  It holds scores, categories and places; the text of a prompt only where the owner
//! turned that on, and then as the upstream got it.

use std::fmt;
use std::net::SocketAddr;

use lockgate_detectors::Prompts;
use lockgate_errors::{Problem, Source};
use serde::Serialize;
use time::OffsetDateTime;
use time::format_description::BorrowedFormatItem;
use time::macros::format_description;

use crate::exchange::{Body, Exchange};
use crate::pipeline::decide::Match;

/// RFC 3339 with milliseconds.
const MILLISECONDS: &[BorrowedFormatItem<'_>] =
    format_description!("[year]-[month]-[day]T[hour]:[minute]:[second].[subsecond digits:3]Z");
/// Longest piece of a client's text in a line.
const MAX_TEXT: usize = 256;
/// Longest body in a line, where prompts are logged.
const MAX_PROMPT: usize = 4096;

/// One exchange, as it is logged.
#[derive(Debug, Default, Serialize)]
pub(super) struct Line<'a> {
    time: String,
    request_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    client: Option<SocketAddr>,
    route: &'a str,
    method: &'a str,
    host: String,
    path: String,
    version: &'a str,
    status: u16,
    outcome: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    problem: Option<&'static str>,
    /// Whose problem it is: the gate's or the upstream's.
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<&'static str>,
    #[serde(skip_serializing_if = "is_none_protocol")]
    protocol: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    model: Option<String>,
    request_bytes: usize,
    milliseconds: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    first_byte_milliseconds: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    scan: Option<Scan<'a>>,
    #[serde(skip_serializing_if = "<[Match]>::is_empty")]
    rules: &'a [Match],
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    prompt: Option<String>,
}

#[derive(Debug, Serialize)]
struct Scan<'a> {
    injection: f64,
    toxic: f64,
    pii: Vec<String>,
    signatures: Vec<String>,
    segments: usize,
    redacted: usize,
    /// Some text was too long to be scored whole.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    truncated: bool,
    milliseconds: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<&'a str>,
}

// === impl Line ===

impl<'a> Line<'a> {
    pub(super) fn of(exchange: &'a Exchange, error: Option<&pingora::Error>, prompts: bool) -> Self {
        let problem = exchange.problem.as_ref();
        Self {
            time: now(),
            request_id: &exchange.id,
            client: exchange.client,
            route: exchange.route_name(),
            method: &exchange.request.method,
            host: bounded(&exchange.request.host, MAX_TEXT),
            path: bounded(&exchange.request.path, MAX_TEXT),
            version: exchange.request.version,
            status: exchange.response.status.unwrap_or(0),
            outcome: outcome(exchange, error),
            problem: problem.map(Problem::code),
            source: problem.map(|problem| problem.source().as_str()),
            protocol: exchange.prompts.protocol.as_str(),
            model: exchange
                .prompts
                .model
                .as_deref()
                .map(|model| bounded(model, MAX_TEXT)),
            request_bytes: exchange.request.bytes,
            milliseconds: milliseconds(exchange.started.elapsed()),
            first_byte_milliseconds: exchange.response.first_byte.map(milliseconds),
            scan: scan(exchange),
            rules: &exchange.decision.matches,
            error: exchange
                .body_fault
                .as_ref()
                .map(|fault| fault.code().to_owned())
                .or_else(|| {
                    let error = error.filter(|error| is_failure(error))?;
                    Some(error.etype().as_str().to_owned())
                }),
            prompt: prompts.then(|| prompt_text(exchange)).flatten(),
        }
    }

    pub(super) fn refused(problem: &'a Problem, client: Option<SocketAddr>) -> Self {
        Self {
            time: now(),
            request_id: problem.id().unwrap_or("-"),
            client,
            route: "-",
            method: "-",
            version: "1.1",
            status: problem.status_code(),
            outcome: "refused",
            problem: Some(problem.code()),
            source: Some(problem.source().as_str()),
            protocol: "none",
            ..Self::default()
        }
    }
}

impl fmt::Display for Line<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            time,
            outcome,
            status,
            method,
            host,
            path,
            milliseconds,
            ..
        } = self;
        write!(
            f,
            "{time} {outcome:<8} {status} {method} {host}{path} {milliseconds:.1}ms"
        )?;
        if self.protocol != "none" {
            write!(f, " {}", self.protocol)?;
        }
        if let Some(scan) = &self.scan {
            write!(f, " injection={:.2} toxic={:.2}", scan.injection, scan.toxic)?;
            if !scan.pii.is_empty() {
                write!(f, " pii={}", scan.pii.join(","))?;
            }
            if scan.redacted > 0 {
                write!(f, " redacted={}", scan.redacted)?;
            }
            if let Some(error) = scan.error {
                write!(f, " scan_error={error}")?;
            }
        }
        for rule in self.rules {
            let monitored = if rule.mode == lockgate_config::Mode::Monitor {
                "(monitor)"
            } else {
                ""
            };
            write!(f, " rule={}{monitored}", rule.rule)?;
        }
        if let Some(problem) = self.problem {
            write!(f, " problem={problem}")?;
        } else if let Some(error) = &self.error {
            write!(f, " error={error}")?;
        }
        if let Some(prompt) = &self.prompt {
            write!(f, " prompt={prompt:?}")?;
        }
        write!(f, " id={}", self.request_id)
    }
}

/// What became of the exchange, in one word.
pub(super) fn outcome(exchange: &Exchange, error: Option<&pingora::Error>) -> &'static str {
    if exchange.decision.blocked {
        "blocked"
    } else if exchange.response.broken {
        "broken"
    } else if exchange
        .problem
        .as_ref()
        .is_some_and(|problem| problem.source() == Source::Gate)
    {
        "refused"
    } else if exchange.response.left {
        "left"
    } else if error.is_some_and(is_failure) {
        "broken"
    } else if exchange.decision.redacted > 0 {
        "redacted"
    } else {
        "passed"
    }
}

/// Whether an error is more than the gate's own way to end an exchange.
fn is_failure(error: &pingora::Error) -> bool {
    !matches!(error.etype(), pingora::ErrorType::HTTPStatus(_))
}

fn scan(exchange: &Exchange) -> Option<Scan<'_>> {
    let time = exchange.scan_time?;
    let verdict = &exchange.verdict;
    Some(Scan {
        injection: verdict.injection,
        toxic: verdict.toxic,
        pii: verdict.pii(),
        signatures: verdict.signatures(),
        segments: exchange.prompts.segments.len(),
        redacted: exchange.decision.redacted,
        truncated: verdict.truncated,
        milliseconds: milliseconds(time),
        error: verdict.error.as_ref().map(|error| error.code),
    })
}

/// The body as the upstream got it: what rules redacted is redacted here too.
fn prompt_text(exchange: &Exchange) -> Option<String> {
    let Prompts { segments, .. } = &exchange.prompts;
    let Body::Whole(body) = &exchange.body else {
        return None;
    };
    (!segments.is_empty()).then(|| bounded(&String::from_utf8_lossy(body), MAX_PROMPT))
}

fn bounded(text: &str, limit: usize) -> String {
    match text.char_indices().nth(limit) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

fn milliseconds(time: std::time::Duration) -> f64 {
    (time.as_secs_f64() * 10_000.0).round() / 10.0
}

fn now() -> String {
    OffsetDateTime::now_utc().format(MILLISECONDS).unwrap_or_default()
}

/// serde passes a reference to the field.
fn is_none_protocol(protocol: &&'static str) -> bool {
    *protocol == "none"
}
