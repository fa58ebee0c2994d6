//! Failures on the way: what may be repeated.

use super::*;
use crate::catalogue;

fn verdict(kind: &'static catalogue::ProblemType, method: &Method, keyed: bool, inference: bool) -> bool {
    let asked = Asked {
        method,
        keyed,
        inference,
    };
    after_sending(Problem::new(kind), &asked).is_retryable()
}

#[test]
fn what_was_never_sent_may_always_be_sent_again() {
    for kind in [
        &catalogue::UPSTREAM_DNS,
        &catalogue::UPSTREAM_CONNECT_FAILED,
        &catalogue::UPSTREAM_CONNECT_TIMEOUT,
        &catalogue::UPSTREAM_TLS,
    ] {
        assert!(verdict(kind, &Method::POST, false, false), "{}", kind.code);
    }
}

#[test]
fn what_may_have_been_done_is_repeated_only_where_that_does_no_harm() {
    for kind in [
        &catalogue::UPSTREAM_RESET,
        &catalogue::UPSTREAM_TIMEOUT,
        &catalogue::UPSTREAM_SEND_TIMEOUT,
        &catalogue::UPSTREAM_STALLED,
        &catalogue::UPSTREAM_INVALID_RESPONSE,
    ] {
        let code = kind.code;
        assert!(!verdict(kind, &Method::POST, false, false), "{code}");
        assert!(!verdict(kind, &Method::PATCH, false, false), "{code}");
        assert!(verdict(kind, &Method::GET, false, false), "{code}");
        assert!(verdict(kind, &Method::DELETE, false, false), "{code}");
        assert!(verdict(kind, &Method::POST, true, false), "{code}");
        assert!(verdict(kind, &Method::POST, false, true), "{code}");
    }
}

#[test]
fn who_must_not_repeat_is_told_to_look_first() {
    let asked = Asked {
        method: &Method::POST,
        keyed: false,
        inference: false,
    };
    let problem = after_sending(Problem::new(&catalogue::UPSTREAM_RESET), &asked);
    let document = document(&problem, Envelope::None);
    assert_eq!(document["retryable"], false);
    assert_eq!(document.get("retry_after"), None);
    assert_eq!(document["what_to_do"], CHECK_FIRST);
}
