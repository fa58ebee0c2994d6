use std::time::{Duration, SystemTime};

use serde_json::{Value, json};

use super::*;
use crate::catalogue;

#[test]
fn a_problem_starts_as_its_kind_says() {
    let problem = Problem::from(&catalogue::OVERLOADED);
    assert_eq!(problem.status_code(), 503);
    assert_eq!(problem.retry_seconds(), Some(2));
    assert_eq!(problem.detail_text(), catalogue::OVERLOADED.summary);
    assert_eq!(problem.uri(), "/.well-known/lockgate/problems/overloaded");
    assert!(problem.timestamp().starts_with("20"));
}

#[test]
fn it_is_small_enough_for_the_error_of_a_result() {
    assert_eq!(size_of::<Problem>(), size_of::<usize>());
    let error: Box<dyn std::error::Error + Send + Sync> = Problem::new(&catalogue::NOT_FOUND).into();
    assert_eq!(
        error.to_string(),
        "not_found: The gate has nothing at this address."
    );
}

#[test]
fn members_of_the_document_cannot_be_shadowed() {
    let problem = Problem::new(&catalogue::NOT_FOUND)
        .with("status", 200)
        .with("error", "x")
        .with("message", "x");
    assert_eq!(problem.extensions().count(), 0);
    for key in serde_json::to_value(full())
        .expect("an object")
        .as_object()
        .expect("an object")
        .keys()
    {
        assert!(members::RESERVED.contains(&key.as_str()), "{key} can be shadowed");
    }
}

#[test]
fn the_last_value_of_a_member_counts() {
    let problem = Problem::new(&catalogue::NOT_FOUND)
        .with("limit", 1)
        .with("rule", "a")
        .with("limit", 2);
    assert_eq!(
        problem.extensions().collect::<Vec<_>>(),
        [("rule", &json!("a")), ("limit", &json!(2))]
    );
}

#[test]
fn a_wait_makes_sense_only_for_what_is_retryable() {
    let problem = Problem::new(&catalogue::OVERLOADED)
        .retry_after(3600)
        .retryable(false);
    assert_eq!(problem.retry_seconds(), None);
    assert_eq!(problem.retryable(true).retry_seconds(), Some(3600));
}

#[test]
fn the_advice_names_the_wait_of_this_problem() {
    let problem = Problem::new(&catalogue::RATE_LIMITED);
    let advice = |problem: &Problem| problem.advice().into_owned();
    assert_eq!(
        advice(&problem.clone().retry_after(12)),
        "Wait 12 seconds, then send the same request again."
    );
    assert!(advice(&problem.clone().retry_after(1)).starts_with("Wait 1 second, "));
    assert!(advice(&problem.clone().retryable(false)).starts_with("Wait a while, "));
    let problem = problem.what_to_do("Look first; wait `retry_after` seconds.");
    assert_eq!(advice(&problem), "Look first; wait 10 seconds.");
}

#[test]
fn only_error_statuses_are_kept() {
    let problem = Problem::new(&catalogue::UPSTREAM_RESET).status(529);
    assert_eq!(problem.status_code(), 529);
    for status in [0, 100, 200, 304, 399, 600, u16::MAX] {
        assert_eq!(problem.clone().status(status).status_code(), 529);
    }
}

#[test]
fn empty_texts_count_as_none() {
    let problem = Problem::new(&catalogue::NOT_FOUND)
        .detail(" \u{200B}\n")
        .request_id("\u{e9}\r\n");
    assert_eq!(problem.detail_text(), catalogue::NOT_FOUND.summary);
    assert_eq!(problem.id(), None);
}

#[test]
fn only_ids_that_json_rpc_allows_are_echoed() {
    let with = |id: Value| Problem::new(&catalogue::NOT_FOUND).rpc_id(id).rpc().clone();
    assert_eq!(with(json!(7)), json!(7));
    assert_eq!(with(json!("a")), json!("a"));
    for strange in [json!(["a"]), json!({}), json!(true), json!("x".repeat(10_000))] {
        assert_eq!(with(strange), Value::Null);
    }
}

#[test]
fn times_out_of_range_do_no_harm() {
    let at = |time| Problem::new(&catalogue::NOT_FOUND).at(time).timestamp();
    assert_eq!(
        at(SystemTime::UNIX_EPOCH + Duration::from_secs(1_795_000_000)),
        "2026-11-18T11:06:40Z"
    );
    assert_eq!(
        at(SystemTime::UNIX_EPOCH - Duration::from_secs(1)),
        "1970-01-01T00:00:00Z"
    );
    assert_eq!(
        at(SystemTime::UNIX_EPOCH + Duration::from_secs(1 << 60)),
        "1970-01-01T00:00:00Z"
    );
}

fn full() -> Problem {
    Problem::new(&catalogue::OVERLOADED)
        .base("https://gate.example/")
        .instance("urn:x:1")
        .request_id("id")
        .host("api.example.com")
}
