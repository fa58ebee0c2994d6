//! Fields that no standard names, and that all look alike: `reset` is one word of the name, and the same
//! name with `remaining` in its place says what is left.
//!
//! So are those of OpenAI, Groq and Azure OpenAI (`x-ratelimit-reset-tokens: 6m0s`), Anthropic
//! (`anthropic-ratelimit-input-tokens-reset`, a date), GitHub and Cohere (`x-ratelimit-reset`, seconds
//! since 1970), OpenRouter (milliseconds since 1970), Mistral (`ratelimitbysize-reset`, seconds) and Kong.

use http::{HeaderMap, HeaderName};

use super::{Windows, text, value::Clock, value::decimal};

/// Anthropic's windows; `unified` ones have a `status` instead of what remains.
pub(super) fn anthropic(fields: &HeaderMap, clock: Clock) -> Windows {
    windows(fields, clock, |name| name.starts_with("anthropic-ratelimit-"))
}

/// Everybody else's, but for the fields of the IETF's draft.
pub(super) fn others(fields: &HeaderMap, clock: Clock) -> Windows {
    windows(fields, clock, |name| {
        (name.contains("ratelimit") || name.contains("rate-limit"))
            && !name.starts_with("anthropic-")
            && name != "ratelimit-reset"
    })
}

fn windows(fields: &HeaderMap, clock: Clock, counts: impl Fn(&str) -> bool) -> Windows {
    let mut windows = Windows::default();
    for (name, value) in fields {
        let name = name.as_str();
        if !counts(name) || !name.split('-').any(|word| word == "reset") {
            continue;
        }
        if let Some(reset) = text(value).and_then(|text| clock.until(text)) {
            windows.add(reset, remaining(fields, name));
        }
    }
    windows
}

/// What is left of the window whose end the field `name` says.
fn remaining(fields: &HeaderMap, name: &str) -> Option<f64> {
    let beside = |word: &str| {
        // Discord says `reset-after` beside `reset`.
        let name = name.replacen("reset-after", word, 1).replacen("reset", word, 1);
        fields.get(HeaderName::try_from(name).ok()?).and_then(text)
    };
    match beside("remaining").and_then(decimal) {
        None => match beside("status")? {
            "rejected" => Some(0.0),
            _ => Some(1.0),
        },
        known => known,
    }
}
