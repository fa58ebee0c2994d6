//! Problems out of what an upstream answers, and of how it fails to.

use std::time::SystemTime;

use http::{HeaderMap, Method};

use crate::catalogue::{self, ProblemType};
use crate::problem::{Kept, Problem};
use crate::retry;

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
pub fn from_head(upstream: &str, status: u16, fields: &HeaderMap, now: SystemTime) -> Option<Problem> {
    if !(400..=599).contains(&status) {
        return None;
    }
    let mut problem = Problem::new(kind(status))
        .status(status)
        .at(now)
        .detail(format!("The upstream '{upstream}' answered {status}."));
    if let Some(wait) = retry::wait(fields, now) {
        problem = problem.wait(wait);
    }
    if let Some(retryable) = retry::asked(fields) {
        problem = problem.retryable(retryable);
    }
    Some(problem)
}

/// Adds what the body of the answer says.
///
/// `media_type` is its Content-Type; `body` is decoded, that is without a Content-Encoding; `whole` is
/// false when it was cut at the limit.
pub fn with_body(problem: Problem, media_type: Option<&str>, body: &[u8], whole: bool) -> Problem {
    let _ = media_type;
    match Kept::object(body).filter(|_| whole) {
        Some(kept) => problem.kept(kept),
        None => problem,
    }
}

/// Sets `retryable` of a failure on the way by what may already have happened.
pub fn after_sending(problem: Problem, asked: &Asked<'_>) -> Problem {
    let safe = asked.keyed || asked.inference || retry::is_idempotent(asked.method);
    let untouched = [
        "upstream_dns",
        "upstream_connect_failed",
        "upstream_tls",
        "upstream_connect_timeout",
    ];
    if safe || untouched.contains(&problem.code()) {
        return problem;
    }
    problem.retryable(false)
}

fn kind(status: u16) -> &'static ProblemType {
    let code = match status {
        400 => "upstream_bad_request",
        401 => "upstream_unauthorized",
        402 => "upstream_payment_required",
        403 => "upstream_forbidden",
        404 | 410 => "upstream_not_found",
        408 | 504 | 522 | 524 => "upstream_gave_up",
        409 | 423 | 425 => "upstream_conflict",
        413 | 414 | 431 => "upstream_too_large",
        429 => "upstream_rate_limited",
        501 | 505 => "upstream_unsupported",
        503 | 529 => "upstream_overloaded",
        500.. => "upstream_failed",
        _ => "upstream_rejected",
    };
    catalogue::by_code(code).unwrap_or(&catalogue::UPSTREAM_RESET)
}
