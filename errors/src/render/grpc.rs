//! gRPC: a status in the header fields, and no body.

use std::fmt::Write;

use super::Document;
use super::envelope::canonical;
use crate::{bounds, problem::Problem};

/// Longest message, in characters: metadata of more than 8 KiB is refused by many clients, and each character may
/// take twelve bytes.
const MESSAGE: usize = 300;

/// Writes the problem as an answer of gRPC that has nothing but trailers, which HTTP carries as its header fields
/// (gRPC over HTTP/2, "Trailers-Only").
///
/// The status is the canonical code of Google's APIs for the HTTP status: 400 is INVALID_ARGUMENT, 401
/// UNAUTHENTICATED, 403 PERMISSION_DENIED, 404 NOT_FOUND, 429 RESOURCE_EXHAUSTED, time-outs DEADLINE_EXCEEDED,
/// 501 UNIMPLEMENTED, 500 INTERNAL, other 5xx UNAVAILABLE; but a final verdict is never UNAVAILABLE, which clients
/// take for an invitation. `grpc-message` has the code of the problem and its detail, `grpc-retry-pushback-ms`
/// (gRFC A6) the wait, or -1 for a final verdict.
pub fn grpc(problem: &Problem) -> Document {
    let status = match canonical(problem) {
        (_, 14) if !problem.is_retryable() => 13,
        (_, status) => status,
    };
    let message = bounds::text(&problem.to_string(), MESSAGE);
    let mut headers = vec![
        ("cache-control", "no-store".to_owned()),
        ("grpc-status", u8::to_string(&status)),
        ("grpc-message", percent_encoded(&message)),
    ];
    if let Some(pushback) = pushback(problem) {
        headers.push(("grpc-retry-pushback-ms", pushback.to_string()));
    }
    if let Some(id) = problem.id() {
        headers.push(("x-request-id", id.to_owned()));
    }
    Document {
        status: 200,
        content_type: "application/grpc",
        headers,
        body: String::new(),
    }
}

/// Milliseconds, or -1 where no retry makes sense.
fn pushback(problem: &Problem) -> Option<i32> {
    if !problem.is_retryable() {
        return Some(-1);
    }
    let seconds = problem.retry_seconds().map(|seconds| u64::from(seconds) * 1000);
    let wait = problem.retry_milliseconds().or(seconds)?;
    Some(i32::try_from(wait).unwrap_or(i32::MAX))
}

/// What is not printable ASCII, and the percent sign, as bytes of UTF-8 (gRPC over HTTP/2, "Status-Message").
fn percent_encoded(message: &str) -> String {
    let mut encoded = String::with_capacity(message.len());
    for byte in message.bytes() {
        match byte {
            b' '..=b'~' if byte != b'%' => encoded.push(char::from(byte)),
            // Writing to a string cannot fail.
            _ => {
                let _ = write!(encoded, "%{byte:02X}");
            }
        }
    }
    encoded
}
