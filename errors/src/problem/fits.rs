//! Whether an upstream's own problem document can be taken at its word.

use serde_json::{Map, Value};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use crate::bounds;

/// The members with a name of ours and a value that is not what the name promises, in order.
///
/// RFC 9457, section 3.1, has clients pass over such members, so they count as missing.
pub(super) fn misfits(object: &str) -> Vec<Box<str>> {
    let members: Map<String, Value> = serde_json::from_str(object).unwrap_or_default();
    let mut misfits: Vec<Box<str>> = members
        .into_iter()
        .filter(|(name, value)| !fits(name, value))
        .map(|(name, _)| name.into())
        .collect();
    misfits.sort_unstable();
    misfits
}

fn fits(name: &str, value: &Value) -> bool {
    let text = value.as_str();
    match name {
        "type" | "instance" => text.is_some_and(|text| bounds::uri(text) == text),
        "title" | "detail" | "code" | "category" | "what_to_do" | "host" => text.is_some(),
        "request_id" => text.is_some_and(|text| text.chars().count() <= bounds::TOKEN),
        "status" => value.as_u64().is_some_and(|status| (400..=599).contains(&status)),
        "retryable" | "owner_action_required" => value.is_boolean(),
        "retry_after" => value.is_u64(),
        "timestamp" => text.is_some_and(|text| OffsetDateTime::parse(text, &Rfc3339).is_ok()),
        "source" => matches!(text, Some("gate" | "upstream")),
        // Where Gemini's envelope has ours.
        "problem" => false,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn members_of_the_wrong_type_are_told() {
        let theirs = r#"{
            "type": "no uri", "title": "Out of credit", "status": "403", "detail": ["x"], "instance": "/a/1",
            "code": 1015, "category": "billing", "retryable": "no", "retry_after": -1, "timestamp": "yesterday",
            "source": "backend", "balance": [], "request_id": null
        }"#;
        assert_eq!(
            super::misfits(theirs).join(" "),
            "code detail request_id retry_after retryable source status timestamp type"
        );
        let ours = r#"{
            "type": "about:blank", "status": 403, "retryable": false, "retry_after": 7,
            "timestamp": "2026-11-22T01:02:03.5+01:00", "source": "gate"
        }"#;
        assert!(super::misfits(ours).is_empty());
    }
}
