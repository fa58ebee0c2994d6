//! What the table of cases does not have: no answer at all, numbers at their ends, and the words of a decision.

use std::time::Duration;

use http::{HeaderMap, StatusCode};

use super::*;
use crate::catalogue;

const NOW: Duration = Duration::ZERO;

fn tries(made: u32, idempotent: bool) -> Tries {
    Tries {
        chance: 1.0,
        ..Tries::new(made, NOW, idempotent)
    }
}

fn busy(policy: &Policy, tries: &Tries) -> Decision {
    let fields = HeaderMap::new();
    policy.decide(
        tries,
        &Answer::new(StatusCode::SERVICE_UNAVAILABLE, &fields, None),
    )
}

#[test]
fn a_lost_answer_is_asked_for_again_only_where_that_does_no_harm() {
    let policy = Policy::default();
    let again = Decision::Retry(Duration::from_millis(625));
    assert_eq!(policy.decide_unanswered(&tries(1, true)), again);
    assert_eq!(
        policy.decide_unanswered(&tries(1, false)),
        Decision::Stop(Stop::Unsafe)
    );
    assert_eq!(
        policy.decide_unanswered(&tries(3, true)),
        Decision::Stop(Stop::Attempts)
    );
}

#[test]
fn waits_of_its_own_double_up_to_the_longest() {
    let policy = Policy {
        attempts: u32::MAX,
        budget: Duration::MAX,
        jitter: 0.0,
        ..Policy::default()
    };
    let waits = [1, 2, 3, 8, 40, u32::MAX - 1].map(|made| busy(&policy, &tries(made, true)));
    let expected = [0.5, 1.0, 2.0, 60.0, 60.0, 60.0];
    assert_eq!(
        waits,
        expected.map(|wait| Decision::Retry(Duration::from_secs_f64(wait)))
    );
}

#[test]
fn no_setting_breaks_it() {
    let endless = Policy {
        first_wait: Duration::MAX,
        longest_wait: Duration::MAX,
        budget: Duration::MAX,
        ..Policy::default()
    };
    assert_eq!(busy(&endless, &tries(1, true)), Decision::Retry(Duration::MAX));
    for jitter in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, -1.0] {
        let policy = Policy {
            jitter,
            ..Policy::default()
        };
        assert_eq!(
            busy(&policy, &tries(1, true)),
            Decision::Retry(policy.first_wait),
            "{jitter}"
        );
    }
    let none = Policy {
        attempts: 0,
        ..Policy::default()
    };
    assert_eq!(busy(&none, &tries(1, true)), Decision::Stop(Stop::Attempts));
}

#[test]
fn the_chance_is_drawn_anew() {
    let drawn: Vec<f64> = (0..64).map(|_| Tries::new(1, NOW, true).chance).collect();
    assert!(
        drawn.iter().all(|chance| (0.0..=1.0).contains(chance)),
        "{drawn:?}"
    );
    assert!(drawn.iter().any(|chance| *chance < 0.5) && drawn.iter().any(|chance| *chance > 0.5));
}

#[test]
fn a_reason_to_stop_can_be_read() {
    let wait = Duration::from_millis(90_500);
    let reasons = [
        Stop::NoError,
        Stop::Final,
        Stop::Unsafe,
        Stop::Attempts,
        Stop::TooLong(wait),
        Stop::Budget(wait),
    ];
    insta::assert_snapshot!(reasons.map(|reason| reason.to_string()).join("\n"), @"
    the answer is no error
    the same request would meet the same answer
    the request may have been carried out already
    the attempts are used up
    the server asks for a wait of 90.5 s
    there is no time left for a wait of 90.5 s
    ");
}

#[test]
fn a_reported_problem_knows_its_kind_only_by_its_uri() {
    let reported = |uri: &str| Reported {
        uri: uri.to_owned(),
        code: Some("overloaded".to_owned()),
        ..Reported::default()
    };
    let overloaded = Some(&catalogue::OVERLOADED);
    assert_eq!(
        reported("/.well-known/lockgate/problems/overloaded").kind(),
        overloaded
    );
    assert_eq!(
        reported("https://gate.example/.well-known/lockgate/problems/overloaded").kind(),
        overloaded
    );
    for uri in [
        "about:blank",
        "https://example.com/overloaded",
        "/.well-known/lockgate/problems/of_tomorrow",
    ] {
        assert_eq!(reported(uri).kind(), None, "{uri}");
    }
}

#[test]
fn a_reported_problem_says_whether_and_when_to_retry() {
    let reported = |retryable, status| Reported {
        retryable,
        status,
        retry_after: Some(Duration::from_secs(7)),
        ..Reported::default()
    };
    for (retryable, status, expected) in [
        (Some(true), Some(403), true),
        (Some(false), Some(503), false),
        (None, Some(429), true),
        (None, Some(500), false),
        (None, None, false),
    ] {
        let problem = reported(retryable, status);
        assert_eq!(problem.is_retryable(), expected, "{problem:?}");
        assert_eq!(problem.retry_after().is_some(), expected, "{problem:?}");
    }
}
