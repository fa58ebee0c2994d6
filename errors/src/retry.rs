//! How long to wait, and whether at all: what the fields of an answer say.
//!
//! Every provider says it in its own way, and many in several at once. The most explicit word counts:
//! 1. `retry-after-ms`, milliseconds (Azure OpenAI, OpenAI);
//! 2. `Retry-After`, seconds or a date (RFC 9110, section 10.2.3);
//! 3. `RateLimit` and its older forms, of all generations of the IETF's draft ([`ietf`]);
//! 4. `anthropic-ratelimit-*-reset`, then every other `*ratelimit*reset*` ([`vendor`]).
//!
//! 3 and 4 describe windows, often several of them. Only a window of which nothing remains is in the
//! way, and of these the one that ends last; where no window says what remains, the first to end may
//! be the one, and it costs least to find out.

use std::time::{Duration, SystemTime};

use http::{HeaderMap, HeaderValue, Method, header};

use self::value::Clock;
use self::windows::Windows;

mod ietf;
mod value;
mod vendor;
mod windows;

pub(crate) use value::duration;

/// Longest wait that is believed: seven days.
pub const LONGEST: Duration = Duration::from_secs(7 * 24 * 3600);

/// How long the sender of these fields wants to be left alone, at most [`LONGEST`].
///
/// Dates are measured from the `Date` of the answer, so that a clock that is wrong does no harm, and
/// from `now` where it has none. What is past is no wait; what cannot be read counts as not said.
///
/// ```
/// use std::time::{Duration, SystemTime};
/// use http::HeaderMap;
/// use lockgate_errors::retry;
///
/// let mut fields = HeaderMap::new();
/// fields.insert("x-ratelimit-remaining-requests", "0".parse()?);
/// fields.insert("x-ratelimit-reset-requests", "6m0s".parse()?);
/// assert_eq!(retry::wait(&fields, SystemTime::now()), Some(Duration::from_secs(360)));
/// # Ok::<(), http::header::InvalidHeaderValue>(())
/// ```
pub fn wait(fields: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let clock = Clock::of(fields, now);
    milliseconds(fields)
        .or_else(|| retry_after(fields, clock))
        .or_else(|| ietf::windows(fields, clock).wait())
        .or_else(|| vendor::anthropic(fields, clock).wait())
        .or_else(|| vendor::others(fields, clock).wait())
        .map(bounded)
}

/// What the sender says itself on whether the request is worth a repetition: `x-should-retry`.
///
/// The SDKs of OpenAI and Anthropic obey `true` and `false` in lower case, and so does this.
pub fn asked(fields: &HeaderMap) -> Option<bool> {
    match fields.get("x-should-retry")?.as_bytes() {
        b"true" => Some(true),
        b"false" => Some(false),
        _ => None,
    }
}

/// Whether a repetition does no more than the request did (RFC 9110, section 9.2.2; and QUERY).
pub fn is_idempotent(method: &Method) -> bool {
    method.is_idempotent()
}

/// Several values contradict each other; the longest wait offends nobody.
fn milliseconds(fields: &HeaderMap) -> Option<f64> {
    texts(fields, "retry-after-ms")
        .filter_map(value::decimal)
        .map(|milliseconds| milliseconds / 1000.0)
        .reduce(f64::max)
}

fn retry_after(fields: &HeaderMap, clock: Clock) -> Option<f64> {
    // A date has a comma of its own, so only what is not a date is a list.
    let one = |text: &str| value::decimal(text).or_else(|| duration(text));
    texts(fields, header::RETRY_AFTER.as_str())
        .flat_map(|text| match clock.until_date(text) {
            Some(seconds) => vec![seconds],
            None => text.split(',').filter_map(|item| one(item.trim())).collect(),
        })
        .reduce(f64::max)
}

/// The values of a field that are short enough to be honest.
fn texts<'a>(fields: &'a HeaderMap, name: &str) -> impl Iterator<Item = &'a str> {
    fields.get_all(name).iter().filter_map(text)
}

fn text(value: &HeaderValue) -> Option<&str> {
    const LONGEST_VALUE: usize = 1024;
    let text = value.to_str().ok()?;
    Some(text.trim()).filter(|text| text.len() <= LONGEST_VALUE)
}

/// To the millisecond: finer differences come from counting with fractions.
pub(crate) fn bounded(seconds: f64) -> Duration {
    let longest = LONGEST.as_secs_f64();
    // A float that is no number becomes zero here.
    Duration::from_millis((seconds.clamp(0.0, longest) * 1000.0).round() as u64)
}

#[cfg(test)]
mod tests;
