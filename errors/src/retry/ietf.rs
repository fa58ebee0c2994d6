//! The fields of the IETF's draft-ietf-httpapi-ratelimit-headers, of all its generations:
//! - `RateLimit-Remaining: 0` and `RateLimit-Reset: 30` (drafts 0 to 6);
//! - `RateLimit: limit=100, remaining=0, reset=30` (draft 7);
//! - `RateLimit: "burst";r=0;t=30, "daily";r=10;t=3600` (draft 8 and later).

use http::HeaderMap;

use super::{Windows, texts, value::Clock, value::decimal};

pub(super) fn windows(fields: &HeaderMap, clock: Clock) -> Windows {
    let mut windows = Windows::default();
    for text in texts(fields, "ratelimit") {
        one_field(text, clock, &mut windows);
    }
    if windows.wait().is_none() {
        let remaining = texts(fields, "ratelimit-remaining").find_map(decimal);
        for reset in texts(fields, "ratelimit-reset").filter_map(|text| clock.until(text)) {
            windows.add(reset, remaining);
        }
    }
    windows
}

/// Reads a list of items with parameters, and the dictionary of draft 7 with them.
fn one_field(text: &str, clock: Clock, windows: &mut Windows) {
    let (mut reset, mut remaining) = (None, None);
    for item in unquoted(text, ',') {
        let (mut r, mut t) = (None, None);
        for parameter in unquoted(item, ';') {
            match parameter
                .split_once('=')
                .map(|(name, value)| (name.trim(), value.trim()))
            {
                Some(("r", value)) => r = decimal(value),
                Some(("t", value)) => t = clock.until(value),
                Some(("remaining", value)) => remaining = decimal(value),
                Some(("reset", value)) => reset = clock.until(value),
                _ => {}
            }
        }
        if let Some(t) = t {
            windows.add(t, r);
        }
    }
    if let Some(reset) = reset {
        windows.add(reset, remaining);
    }
}

/// Cuts at a separator, but not inside of a quoted name.
fn unquoted(text: &str, separator: char) -> impl Iterator<Item = &str> {
    let (mut quoted, mut escaped) = (false, false);
    text.split(move |char| {
        match char {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            _ => return char == separator && !quoted,
        }
        false
    })
}
