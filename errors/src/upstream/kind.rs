//! Which kind of problem an error answer is: by its status, and by the words that providers have for it.

use http::HeaderMap;
use http::header::RETRY_AFTER;

use crate::catalogue::{
    ProblemType, UPSTREAM_BAD_REQUEST, UPSTREAM_CONFLICT, UPSTREAM_FAILED, UPSTREAM_FORBIDDEN,
    UPSTREAM_GAVE_UP, UPSTREAM_NOT_FOUND, UPSTREAM_OVERLOADED, UPSTREAM_PAYMENT_REQUIRED,
    UPSTREAM_RATE_LIMITED, UPSTREAM_REJECTED, UPSTREAM_TOO_LARGE, UPSTREAM_UNAUTHORIZED,
    UPSTREAM_UNSUPPORTED,
};

use super::said::Said;

/// What a body tells beyond the status.
pub(super) struct Refined {
    pub(super) kind: &'static ProblemType,
    /// Advice that fits better than that of the kind.
    pub(super) advice: Option<&'static str>,
}

const SHORTEN: &str = "Send a shorter prompt: drop old messages, split or sum up the documents, \
    or choose a model that takes more.";
const REPHRASE: &str = "Do not send the same prompt again: a filter of the upstream refused what it says. \
    Change it, or tell the person that asked.";

/// The kind that an error status, 400 to 599, has by itself.
pub(super) fn by_head(status: u16, fields: &HeaderMap) -> &'static ProblemType {
    match status {
        // GitHub refuses with 403 who is too fast.
        403 if is_limited(fields) => &UPSTREAM_RATE_LIMITED,
        400 => &UPSTREAM_BAD_REQUEST,
        401 => &UPSTREAM_UNAUTHORIZED,
        402 => &UPSTREAM_PAYMENT_REQUIRED,
        403 => &UPSTREAM_FORBIDDEN,
        404 | 410 => &UPSTREAM_NOT_FOUND,
        // 522 and 524 are Cloudflare's for an origin that is too slow.
        408 | 504 | 522 | 524 => &UPSTREAM_GAVE_UP,
        409 | 423 | 425 => &UPSTREAM_CONFLICT,
        413 | 414 | 431 => &UPSTREAM_TOO_LARGE,
        429 => &UPSTREAM_RATE_LIMITED,
        501 | 505 => &UPSTREAM_UNSUPPORTED,
        // 529 is Anthropic's.
        503 | 529 => &UPSTREAM_OVERLOADED,
        500.. => &UPSTREAM_FAILED,
        _ => &UPSTREAM_REJECTED,
    }
}

fn is_limited(fields: &HeaderMap) -> bool {
    fields.contains_key(RETRY_AFTER)
        || fields
            .get("x-ratelimit-remaining")
            .is_some_and(|left| left.as_bytes() == b"0")
}

/// The kind that the body tells, where it tells one.
pub(super) fn by_body(status: u16, said: &Said) -> Option<Refined> {
    // A prompt that is too long is "invalid" for some and "rate limited" for others, so its text counts first.
    if is_too_long(status, said.message.as_deref().unwrap_or_default()) {
        return Some(Refined {
            kind: &UPSTREAM_TOO_LARGE,
            advice: Some(SHORTEN),
        });
    }
    said.words.iter().find_map(|word| by_word(word)).or_else(|| {
        let message = said.message.as_deref().unwrap_or_default().to_ascii_lowercase();
        // Anthropic has no word for it.
        let is_broke = status == 400 && message.contains("credit balance is too low");
        is_broke.then_some(Refined::from(&UPSTREAM_PAYMENT_REQUIRED))
    })
}

impl From<&'static ProblemType> for Refined {
    fn from(kind: &'static ProblemType) -> Self {
        Self { kind, advice: None }
    }
}

/// Error codes and types of OpenAI, Anthropic, Google, Mistral, DeepSeek, Moonshot, vLLM, TGI, llama.cpp, AWS
/// and Azure that say more than the status they come with, whatever it is.
fn by_word(word: &str) -> Option<Refined> {
    let word = word.to_ascii_lowercase();
    let kind = match word.as_str() {
        "insufficient_quota"
        | "insufficient_balance"
        | "insufficient_credits"
        | "exceeded_current_quota_error"
        | "account_deactivated"
        | "payment_required" => &UPSTREAM_PAYMENT_REQUIRED,
        billing if billing.starts_with("billing_") => &UPSTREAM_PAYMENT_REQUIRED,
        "overloaded_error"
        | "overloaded"
        | "engine_overloaded"
        | "engine_overloaded_error"
        | "server_overloaded"
        | "unavailable"
        | "unavailable_error"
        | "service_unavailable"
        | "serviceunavailable"
        | "serviceunavailableexception"
        | "slow_down"
        | "slowdown"
        | "modelnotreadyexception" => &UPSTREAM_OVERLOADED,
        "rate_limit_error"
        | "rate_limit_exceeded"
        | "rate_limited"
        | "rate_limit_reached_error"
        | "resource_exhausted"
        | "too_many_requests"
        | "throttling"
        | "throttlingexception"
        | "toomanyrequestsexception" => &UPSTREAM_RATE_LIMITED,
        "authentication_error"
        | "invalid_api_key"
        | "invalid_authentication_error"
        | "unauthenticated"
        | "api_key_invalid"
        | "api_key_expired"
        | "unrecognizedclientexception"
        | "expiredtoken"
        | "expiredtokenexception" => &UPSTREAM_UNAUTHORIZED,
        "permission_error" | "permission_denied" | "accessdenied" | "accessdeniedexception" => {
            &UPSTREAM_FORBIDDEN
        }
        "not_found_error"
        | "not_found"
        | "model_not_found"
        | "deploymentnotfound"
        | "nosuchkey"
        | "nosuchbucket"
        | "resourcenotfoundexception" => &UPSTREAM_NOT_FOUND,
        "request_too_large" | "entitytoolarge" | "requestentitytoolarge" => &UPSTREAM_TOO_LARGE,
        "timeout_error" | "deadline_exceeded" | "request_timeout" | "requesttimeout" => &UPSTREAM_GAVE_UP,
        "aborted" => &UPSTREAM_CONFLICT,
        "unimplemented" => &UPSTREAM_UNSUPPORTED,
        "context_length_exceeded" | "exceed_context_size_error" | "string_above_max_length" => {
            return Some(Refined {
                kind: &UPSTREAM_TOO_LARGE,
                advice: Some(SHORTEN),
            });
        }
        "content_filter"
        | "content_filtered"
        | "content_policy_violation"
        | "responsibleaipolicyviolation"
        | "moderation_blocked"
        | "prohibited_content" => {
            return Some(Refined {
                kind: &UPSTREAM_REJECTED,
                advice: Some(REPHRASE),
            });
        }
        _ => return None,
    };
    Some(kind.into())
}

/// Whether a message says that the prompt is longer than the model, or a limit for one request, allows.
fn is_too_long(status: u16, message: &str) -> bool {
    let message = message.to_ascii_lowercase();
    let has = |phrases: &[&str]| phrases.iter().any(|phrase| message.contains(phrase));
    match status {
        400 | 413 | 422 => has(&[
            "context length",
            "context window",
            "context size",
            "prompt is too long",
            "input is too long",
            "too many tokens",
            "maximum number of tokens",
            "request too large",
        ]),
        // OpenAI's word for a single request above the tokens of a minute; "too many tokens" would be a throttle.
        429 => has(&["request too large for"]),
        _ => false,
    }
}
