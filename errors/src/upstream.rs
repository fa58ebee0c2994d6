//! Problems out of what an upstream answers, and of how it fails to.
//!
//! An error answer is read in two steps, because a proxy knows its head before its body: [`from_head`] gives a
//! problem that is complete but for what the body says, [`with_body`] adds that.
//!
//! ```
//! use std::time::SystemTime;
//! use http::HeaderMap;
//! use lockgate_errors::{Envelope, Form, render, upstream};
//!
//! let fields = HeaderMap::from_iter([("retry-after".parse()?, "12".parse()?)]);
//! let problem = upstream::from_head("openai", 429, &fields, SystemTime::now()).ok_or("an error status")?;
//! let body = br#"{"error":{"message":"Slow down.","type":"requests"}}"#;
//! let problem = upstream::with_body(problem, Some("application/json"), body, true);
//!
//! assert_eq!(problem.code(), "upstream_rate_limited");
//! assert_eq!(problem.detail_text(), r#"The upstream 'openai' answered 429: "Slow down.""#);
//! assert_eq!(problem.retry_seconds(), Some(12));
//! let document = render(&problem, Form::Json, Envelope::OpenAi);
//! assert!(document.body.starts_with(r#"{"error":{"message":"Slow down.","type":"requests"},"type":"#));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # What an upstream says is data
//! Text of an upstream may have been written by anybody, to be read by an agent. It enters a problem on one line,
//! at most 500 characters long (300 of a page), without invisible characters and without the hidden parts of a
//! page, between quotation marks that it cannot close and behind the words that say whose it is. In Markdown it
//! stands in a field of the front matter and never in the prose. It is not searched for instructions: a filter
//! that lets through what it does not know would promise more than it keeps. An owner who wants none of it sets
//! `errors.upstream: replace`.

use std::time::SystemTime;

use http::{HeaderMap, Method};

use crate::catalogue::{
    UPSTREAM_CONNECT_FAILED, UPSTREAM_CONNECT_TIMEOUT, UPSTREAM_DNS, UPSTREAM_RATE_LIMITED, UPSTREAM_TLS,
};
use crate::problem::{Kept, Problem};
use crate::retry;

use self::media::Media;
use self::page::Page;
use self::said::Said;
use self::xml::Xml;

mod google;
mod kind;
mod media;
mod page;
mod said;
mod text;
mod xml;

/// Longest message of an upstream in a detail, in characters.
const MESSAGE: usize = 500;
/// Longest excerpt of a page or a text, in characters.
const EXCERPT: usize = 300;
/// As much of a body as an excerpt is looked for in, in bytes.
const READ: usize = 256 * 1024;

const CHECK_FIRST: &str = "The upstream may have done the work already. Check whether it has before you send the \
    request again.";
const TOMORROW: &str = "The quota of the day is used up. Do not send the request again today: use another model, \
    or tell the person that asked.";

/// What the gate knows of the request that an upstream failed on.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// The method.
    pub method: &'a Method,
    /// Whether it had an `Idempotency-Key`.
    pub keyed: bool,
    /// Whether a model was asked: repeating that changes nothing but the bill.
    pub inference: bool,
}

/// The problem of an error answer of the upstream, from its status and fields alone.
///
/// `upstream` is the owner's name for it. `None` unless the status is one of an error, 400 to 599.
/// The status is kept. The upstream's own `x-should-retry` wins over everything that is read out of status and
/// body, and the wait is the one that [`retry::wait`] finds.
pub fn from_head(upstream: &str, status: u16, fields: &HeaderMap, now: SystemTime) -> Option<Problem> {
    if !(400..=599).contains(&status) {
        return None;
    }
    let mut problem = Problem::new(kind::by_head(status, fields))
        .status(status)
        .at(now)
        .detail(format!("The upstream '{upstream}' answered {status}."));
    if let Some(wait) = retry::wait(fields, now) {
        problem = problem.wait(wait);
    }
    if let Some(retryable) = retry::asked(fields) {
        problem = problem.insist(retryable);
    }
    Some(problem)
}

/// Adds what the body of the answer says: the detail, a better kind, hints about retrying, the members of a JSON
/// object, or an excerpt of anything else.
///
/// `media_type` is its Content-Type; `body` is decoded, that is without a Content-Encoding; `whole` is false when
/// it was cut at a limit, and then it is only quoted.
pub fn with_body(problem: Problem, media_type: Option<&str>, body: &[u8], whole: bool) -> Problem {
    let media = Media::of(media_type);
    if whole && let Some(kept) = kept(&media, body) {
        let said = if kept.is_filled() {
            Said::of_problem(kept.text())
        } else {
            Said::of(kept.text())
        };
        return refined(problem, &said).kept(kept);
    }
    let text = text::decode(media.charset(), body.get(..READ).unwrap_or(body));
    if !text::is_readable(&text) {
        return problem;
    }
    let (summary, said) = if media.is_html() || starts_with(&text, &["<!doctype html", "<html"]) {
        (Page::read(&text).summary(), Said::default())
    } else if media.is_xml() || starts_with(&text, &["<?xml", "<error>"]) {
        let xml = Xml::read(&text);
        let words = Said {
            words: vec![xml.code.clone()],
            ..Said::default()
        };
        (xml.summary(), words)
    } else {
        (last_of_traceback(&text).to_owned(), Said::default())
    };
    let excerpt = text::line(&summary, EXCERPT);
    let problem = refined(problem, &said);
    if excerpt.is_empty() {
        return problem;
    }
    quoting(problem, &excerpt).with("excerpt", excerpt)
}

/// Sets `retryable` of a failure on the way by what may already have happened.
///
/// Nothing was sent yet where no connection was made: then every request may be repeated. Otherwise only one
/// that does no more when it is repeated: by its method, by its key, or because a model was asked.
pub fn after_sending(problem: Problem, asked: &Asked<'_>) -> Problem {
    let unsent = [
        &UPSTREAM_DNS,
        &UPSTREAM_CONNECT_FAILED,
        &UPSTREAM_CONNECT_TIMEOUT,
        &UPSTREAM_TLS,
    ]
    .contains(&problem.kind());
    if unsent || asked.keyed || asked.inference || retry::is_idempotent(asked.method) {
        return problem;
    }
    problem.retryable(false).what_to_do(CHECK_FIRST)
}

/// The body as members to keep, if it is JSON, whatever its Content-Type says.
fn kept(media: &Media<'_>, body: &[u8]) -> Option<Kept> {
    if media.is_problem() {
        return Kept::object(body).map(Kept::filling);
    }
    let kept = if media.is_json() {
        Kept::value(body)
    } else {
        Kept::object(body)
    }?;
    // Some send problem documents under the media type of JSON.
    let is_problem = ["type", "title", "status", "detail"]
        .iter()
        .all(|name| kept.has(name));
    Some(if is_problem { kept.filling() } else { kept })
}

/// The problem with what its body says about it.
fn refined(mut problem: Problem, said: &Said) -> Problem {
    if let Some(refined) = kind::by_body(problem.status_code(), said) {
        problem = problem.of_kind(refined.kind);
        if let Some(advice) = refined.advice {
            problem = problem.what_to_do(advice);
        }
    }
    if let Some(wait) = said.wait.filter(|_| problem.retry_milliseconds().is_none()) {
        problem = problem.wait(retry::bounded(wait));
    }
    if !problem.is_insisted() {
        if let Some(retryable) = said.retryable {
            problem = problem.retryable(retryable);
        }
        if said.day_is_spent && problem.kind() == &UPSTREAM_RATE_LIMITED {
            problem = problem.retryable(false).what_to_do(TOMORROW);
        }
    }
    match &said.message {
        Some(message) => quoting(problem, &text::line(message, MESSAGE)),
        None => problem,
    }
}

/// Ends the detail, which says who answered, with what they said.
fn quoting(problem: Problem, line: &str) -> Problem {
    if line.is_empty() {
        return problem;
    }
    let who = problem.detail_text().trim_end_matches('.');
    let detail = format!("{who}: \"{line}\"");
    problem.detail(detail)
}

/// Of a Python traceback the last line says what went wrong; the lines before show code that is nobody's business.
fn last_of_traceback(text: &str) -> &str {
    if !text.contains("Traceback (most recent call last):") {
        return text;
    }
    text.trim_end().lines().next_back().unwrap_or(text)
}

fn starts_with(text: &str, prefixes: &[&str]) -> bool {
    let text = text.trim_start().as_bytes();
    prefixes.iter().any(|prefix| {
        text.get(..prefix.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(prefix.as_bytes()))
    })
}

#[cfg(test)]
mod tests;
