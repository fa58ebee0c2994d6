use std::collections::HashSet;

use super::*;

#[test]
fn codes_are_unique_and_snake_case() {
    let mut seen = HashSet::new();
    for kind in ALL {
        let code = kind.code;
        assert!(seen.insert(code), "{code} stands twice");
        assert!(
            code.starts_with(|first: char| first.is_ascii_lowercase()),
            "{code}"
        );
        assert!(
            code.bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_'),
            "{code}"
        );
        assert!(std::ptr::eq(by_code(code).expect(code), *kind));
    }
    assert_eq!(by_code("no_such_problem"), None);
}

#[test]
fn final_verdicts_have_a_status_that_no_sdk_retries() {
    for kind in ALL {
        let code = kind.code;
        assert!((400..=599).contains(&kind.status), "{code}: {}", kind.status);
        let retried_by_sdks = matches!(kind.status, 408 | 409 | 429 | 500..);
        // RFC 9110 asks for 501 where the method is unknown, and an upstream says so with it, too; no SDK
        // sends such a method.
        if !kind.retryable && kind.status != 501 {
            assert!(!retried_by_sdks, "{code} is final and has status {}", kind.status);
        }
        if kind.retryable {
            assert!(
                retried_by_sdks,
                "{code} is retryable and has status {}",
                kind.status
            );
        }
    }
}

#[test]
fn waiting_times_are_honoured_by_every_sdk() {
    for kind in ALL {
        assert_eq!(kind.retryable, kind.retry_after.is_some(), "{}", kind.code);
        assert!(
            kind.retry_after.is_none_or(|seconds| (1..=60).contains(&seconds)),
            "{}",
            kind.code
        );
    }
}

#[test]
fn policy_blocks_are_403() {
    for kind in ALL.iter().filter(|kind| kind.category == Category::ContentPolicy) {
        assert_eq!((kind.status, kind.retryable), (403, false), "{}", kind.code);
    }
}

#[test]
fn texts_are_sentences() {
    for kind in ALL {
        let ProblemType {
            code,
            title,
            summary,
            what_to_do,
            for_owner,
            ..
        } = kind;
        assert!(
            !title.is_empty() && !title.ends_with('.') && title.len() <= 50,
            "{code}: {title}"
        );
        for text in [summary, what_to_do, for_owner] {
            assert!(
                text.ends_with('.') && text.starts_with(|first: char| first.is_uppercase()),
                "{code}: {text}"
            );
            assert!(
                !text.contains("  ") && !text.contains('\n') && text.len() <= 200,
                "{code}: {text}"
            );
        }
    }
}

#[test]
fn categories_and_sources_are_written_as_serde_writes_them() {
    for (at, category) in Category::ALL.into_iter().enumerate() {
        assert_eq!(category as usize, at, "each once, in order");
        let written = serde_json::to_value(category).expect("a string");
        assert_eq!(written, category.as_str());
    }
    for kind in ALL {
        let written = serde_json::to_value(kind.source).expect("a string");
        assert_eq!(written, kind.source.as_str());
    }
}

#[test]
fn every_code_that_others_rely_on_is_there() {
    let mut codes: Vec<_> = ALL
        .iter()
        .map(|kind| format!("{} {}", kind.status, kind.code))
        .collect();
    codes.sort();
    insta::assert_snapshot!(codes.join("\n"), @"
    400 ambiguous_length
    400 invalid_json
    400 invalid_utf8
    400 malformed_request
    400 missing_host
    400 nesting_too_deep
    400 too_many_segments
    400 truncated_body
    400 upstream_bad_request
    401 admin_unauthorized
    401 upstream_unauthorized
    402 upstream_payment_required
    403 pii_blocked
    403 prompt_injection
    403 rule_blocked
    403 unsafe_content
    403 upstream_forbidden
    404 not_found
    404 route_not_found
    404 upstream_not_found
    405 method_not_allowed
    408 body_timeout
    408 header_timeout
    409 upstream_conflict
    411 length_required
    413 body_too_large
    413 upstream_too_large
    415 unsupported_encoding
    415 unsupported_media
    422 upstream_rejected
    429 rate_limited
    429 upstream_rate_limited
    431 header_too_large
    500 internal_error
    500 upstream_failed
    501 method_unknown
    501 upstream_unsupported
    502 upstream_connect_failed
    502 upstream_dns
    502 upstream_invalid_response
    502 upstream_reset
    502 upstream_tls
    503 buffer_exhausted
    503 overloaded
    503 queue_full
    503 scanner_timeout
    503 scanner_unavailable
    503 upstream_overloaded
    504 upstream_connect_timeout
    504 upstream_gave_up
    504 upstream_send_timeout
    504 upstream_stalled
    504 upstream_timeout
    ");
}
