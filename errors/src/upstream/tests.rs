use std::time::{Duration, UNIX_EPOCH};

use http::{HeaderName, HeaderValue};
use serde_json::{Value, json};

use super::*;
use crate::{Envelope, Form, render};

mod bodies;
mod documents;
mod pages;
mod way;

fn now() -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(1_795_000_000)
}

/// The problem of an answer: its status, its fields as they stand on the wire, its body.
fn answer(status: u16, fields: &str, body: &[u8]) -> Problem {
    let fields: HeaderMap = fields
        .lines()
        .map(|line| {
            let (name, value) = line.split_once(": ").expect("a field");
            (
                name.parse::<HeaderName>().expect("a name"),
                value.parse::<HeaderValue>().expect("a value"),
            )
        })
        .collect();
    let problem = from_head("x", status, &fields, now()).expect("an error status");
    let media = fields
        .get("content-type")
        .map(|value| value.to_str().expect("ASCII"));
    with_body(problem, media, body, true)
}

fn json_answer(status: u16, body: Value) -> Problem {
    answer(
        status,
        "content-type: application/json",
        body.to_string().as_bytes(),
    )
}

/// The JSON document of a problem.
fn document(problem: &Problem, envelope: Envelope) -> Value {
    serde_json::from_str(&render(problem, Form::Json, envelope).body).expect("JSON")
}

#[test]
fn every_error_status_has_a_kind_and_is_kept() {
    let mut table = String::new();
    let mut last = "";
    for status in 400..=599 {
        let problem = from_head("x", status, &HeaderMap::new(), now()).expect("an error status");
        assert_eq!(problem.status_code(), status);
        assert_eq!(
            problem.detail_text(),
            format!("The upstream 'x' answered {status}.")
        );
        if problem.code() != last {
            last = problem.code();
            table += &format!("{status} {last} {}\n", problem.is_retryable());
        }
    }
    insta::assert_snapshot!(table, @"
    400 upstream_bad_request false
    401 upstream_unauthorized false
    402 upstream_payment_required false
    403 upstream_forbidden false
    404 upstream_not_found false
    405 upstream_rejected false
    408 upstream_gave_up true
    409 upstream_conflict true
    410 upstream_not_found false
    411 upstream_rejected false
    413 upstream_too_large false
    415 upstream_rejected false
    423 upstream_conflict true
    424 upstream_rejected false
    425 upstream_conflict true
    426 upstream_rejected false
    429 upstream_rate_limited true
    430 upstream_rejected false
    431 upstream_too_large false
    432 upstream_rejected false
    500 upstream_failed true
    501 upstream_unsupported false
    502 upstream_failed true
    503 upstream_overloaded true
    504 upstream_gave_up true
    505 upstream_unsupported false
    506 upstream_failed true
    522 upstream_gave_up true
    523 upstream_failed true
    524 upstream_gave_up true
    525 upstream_failed true
    529 upstream_overloaded true
    530 upstream_failed true
    ");
    for status in [100, 200, 204, 301, 304, 399, 600, 999] {
        assert!(from_head("x", status, &HeaderMap::new(), now()).is_none());
    }
}

#[test]
fn the_head_says_when_and_whether() {
    let problem = answer(429, "retry-after: 90", b"");
    assert_eq!(
        (problem.is_retryable(), problem.retry_seconds()),
        (true, Some(90))
    );
    let problem = answer(503, "retry-after-ms: 1250", b"");
    assert_eq!(
        (problem.retry_seconds(), problem.retry_milliseconds()),
        (Some(2), Some(1250))
    );
    // No word about the time: that of the kind.
    let problem = answer(429, "x-request-id: req_1", b"");
    assert_eq!(problem.retry_seconds(), UPSTREAM_RATE_LIMITED.retry_after);
    // A wait does not make a final verdict retryable.
    assert_eq!(answer(400, "retry-after: 5", b"").retry_seconds(), None);
}

#[test]
fn a_403_that_says_when_to_come_back_is_a_rate_limit() {
    let limited = answer(
        403,
        "x-ratelimit-remaining: 0\nx-ratelimit-reset: 1795000042",
        b"",
    );
    assert_eq!(
        (limited.code(), limited.retry_seconds()),
        ("upstream_rate_limited", Some(42))
    );
    let forbidden = answer(
        403,
        "x-ratelimit-remaining: 12\nx-ratelimit-reset: 1795000042",
        b"",
    );
    assert_eq!(
        (forbidden.code(), forbidden.is_retryable()),
        ("upstream_forbidden", false)
    );
}

#[test]
fn the_upstream_has_the_last_word_on_retrying() {
    assert!(!answer(503, "x-should-retry: false", b"").is_retryable());
    assert!(answer(400, "x-should-retry: true", b"").is_retryable());
    let fields = "content-type: application/json\nx-should-retry: true";
    let quota = json!({"error": {"code": "insufficient_quota"}}).to_string();
    let problem = answer(429, fields, quota.as_bytes());
    assert_eq!(
        (problem.code(), problem.is_retryable()),
        ("upstream_payment_required", true)
    );
    let problem = answer(
        503,
        "content-type: application/problem+json\nx-should-retry: false",
        br#"{"retryable":true,"detail":"x"}"#,
    );
    assert!(!problem.is_retryable());
}
