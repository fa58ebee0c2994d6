//! How long to wait, and whether at all: what the fields of an answer say.

use std::time::{Duration, SystemTime};

use http::{HeaderMap, Method};

/// Longest wait that is believed: seven days.
pub const LONGEST: Duration = Duration::from_secs(7 * 24 * 3600);

/// How long the sender of these fields wants to be left alone; `now` is what dates are measured from
/// where the answer has no `Date`.
///
/// Never longer than [`LONGEST`].
pub fn wait(fields: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let _ = now;
    let number = |name| fields.get(name)?.to_str().ok()?.trim().parse::<f64>().ok();
    let seconds = number("retry-after-ms")
        .map(|ms| ms / 1000.0)
        .or_else(|| number("retry-after"))?;
    seconds
        .is_finite()
        .then(|| Duration::from_secs_f64(seconds.clamp(0.0, LONGEST.as_secs_f64())))
}

/// What the sender says itself on whether the request is worth a repetition: `x-should-retry`.
pub fn asked(fields: &HeaderMap) -> Option<bool> {
    match fields.get("x-should-retry")?.as_bytes().trim_ascii() {
        b"true" => Some(true),
        b"false" => Some(false),
        _ => None,
    }
}

/// Whether a repetition does no more than the request did (RFC 9110, section 9.2.2).
pub fn is_idempotent(method: &Method) -> bool {
    [
        Method::GET,
        Method::HEAD,
        Method::OPTIONS,
        Method::TRACE,
        Method::PUT,
        Method::DELETE,
    ]
    .contains(method)
}
