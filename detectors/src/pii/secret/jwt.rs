//! JSON web tokens.

use crate::pii::category::{Category, How, Token, Written};

pub(in crate::pii) const CATEGORIES: &[Category] = &[Category {
    name: "JWT",
    title: "JSON web token: a header that decodes to JSON with an algorithm, claims, signature",
    source: "RFC 7519, RFC 7515: three parts in Base64url with dots between",
    example: "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U",
    words: &[],
    how: How::Tokens(&[Token {
        prefix: "eyJ",
        pattern: "eyJ[A-Za-z0-9_-]{8,}\\.(?:[A-Za-z0-9_-]*\\.){1,3}[A-Za-z0-9_-]*",
        check: has_header,
        score: 1.0,
    }]),
}];

/// The first part is a JSON object that names an algorithm.
fn has_header(it: &Written<'_>) -> bool {
    let header = it.raw().split('.').next().unwrap_or_default();
    // A header is short; one of more than a kilobyte is none.
    let decoded = data_encoding::BASE64URL_NOPAD.decode(
        header
            .get(..header.len().min(1024))
            .unwrap_or_default()
            .as_bytes(),
    );
    let Ok(decoded) = decoded else {
        return false;
    };
    let header: Option<serde_json::Value> = serde_json::from_slice(&decoded).ok();
    header.is_some_and(|header| header.get("alg").is_some_and(serde_json::Value::is_string))
}
