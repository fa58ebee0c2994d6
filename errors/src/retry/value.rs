//! One value of a field: a number, a length of time, a moment.

use std::time::SystemTime;

use http::{HeaderMap, header};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

/// What is a moment and no length of time: as seconds since 1970, late in 2001.
const EPOCH_SECONDS: f64 = 1e9;
/// The same day in milliseconds, halfway to everything that could be seconds.
const EPOCH_MILLISECONDS: f64 = 1e11;

/// The moment from which waits are measured.
#[derive(Debug, Clone, Copy)]
pub(super) struct Clock {
    /// Seconds since 1970.
    now: f64,
}

impl Clock {
    /// The sender's own clock where it shows it.
    pub(super) fn of(fields: &HeaderMap, now: SystemTime) -> Self {
        let date = fields.get(header::DATE).and_then(super::text);
        let date = date.and_then(|text| httpdate::parse_http_date(text).ok());
        Self {
            now: since_1970(date.unwrap_or(now)),
        }
    }

    /// Seconds until a date, in one of HTTP's three forms or that of RFC 3339.
    pub(super) fn until_date(self, text: &str) -> Option<f64> {
        let date = match httpdate::parse_http_date(text) {
            Ok(date) => since_1970(date),
            Err(_) => OffsetDateTime::parse(text, &Rfc3339).ok()?.unix_timestamp_nanos() as f64 / 1e9,
        };
        Some(date - self.now)
    }

    /// Seconds until whatever a `reset` field holds: a number of seconds, a length of time with units,
    /// seconds or milliseconds since 1970, or a date.
    pub(super) fn until(self, text: &str) -> Option<f64> {
        let Some(number) = decimal(text) else {
            return duration(text).or_else(|| self.until_date(text));
        };
        Some(match number {
            _ if number >= EPOCH_MILLISECONDS => number / 1000.0 - self.now,
            _ if number >= EPOCH_SECONDS => number - self.now,
            seconds => seconds,
        })
    }
}

/// A decimal number, without exponent and the words for what is no number. It may be infinite.
pub(super) fn decimal(text: &str) -> Option<f64> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let plain = digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    text.parse().ok().filter(|_| plain)
}

/// A length of time with units, as Go writes it (`6m0s`, `2m59.56s`, `20ms`) and Google (`35.2s`), in seconds.
pub(crate) fn duration(text: &str) -> Option<f64> {
    let mut rest = text;
    let mut total = 0.0;
    while !rest.is_empty() {
        let end = rest.find(|char: char| !char.is_ascii_digit() && char != '.')?;
        let (number, after) = rest.split_at(end);
        let end = after
            .find(|char: char| char.is_ascii_digit() || char == '.')
            .unwrap_or(after.len());
        let (unit, after) = after.split_at(end);
        total += decimal(number)? * seconds_of(unit)?;
        rest = after;
    }
    Some(total).filter(|_| !text.is_empty())
}

fn seconds_of(unit: &str) -> Option<f64> {
    Some(match unit {
        "d" => 86400.0,
        "h" => 3600.0,
        "m" => 60.0,
        "s" => 1.0,
        "ms" => 1e-3,
        "us" | "µs" => 1e-6,
        "ns" => 1e-9,
        _ => return None,
    })
}

fn since_1970(time: SystemTime) -> f64 {
    match time.duration_since(SystemTime::UNIX_EPOCH) {
        Ok(since) => since.as_secs_f64(),
        Err(before) => -before.duration().as_secs_f64(),
    }
}
