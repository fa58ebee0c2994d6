//! `/MISHAP/...`: what the rest of the path answers, gone wrong in the way that the first segment says.
//!
//! | mishap | answer |
//! |---|---|
//! | `refused` | an error of the provider's own, in its shape: the caller's fault |
//! | `limited` | 429 in the provider's shape, with `Retry-After: 1` |
//! | `limited-once` | the same for the first request to this very path, then the answer |
//! | `page` | 502 and a page in HTML, as a proxy before the provider sends it |
//! | `hang-up` | none: the connection is closed |
//! | `cut` | the answer, broken off: a document before its end, a stream after some words |
//!
//! Segments before it that are numbers are passed over, so that a test can tell its requests apart.

use std::io;

use hyper::{Response, header};
use serde_json::{Value, json};

use super::agents;
use super::body::{self, Body};
use super::said::Said;

/// What the provider's own errors say.
pub const REFUSED: &str = "The origin's model has no such parameter.";
/// What the provider's own rate limit says.
pub const LIMITED: &str = "The origin's quota of requests for this minute is used up.";
/// What the page of `page` says, among other things.
pub const PAGE_TEXT: &str = "The origin behind this page is being moved.";
/// Of a stream, this many pieces come before it is cut.
pub(super) const CUT_AFTER: usize = 4;
const PAGE: &str = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n\
    <center><h1>502 Bad Gateway</h1></center>\r\n<hr>\r\n\
    <center>The origin behind this page is being moved.</center>\r\n\
    <script>alert(1)</script>\r\n</body>\r\n</html>\r\n";

/// A way in which an answer goes wrong.
#[derive(Clone, Copy)]
pub(super) enum Mishap {
    Refused,
    Limited,
    LimitedOnce,
    Page,
    HangUp,
    Cut,
}

impl Mishap {
    /// The mishap that a path asks for, and the path without it.
    pub(super) fn of(path: &str) -> (Option<Self>, &str) {
        let rest = path.trim_start_matches(|c: char| c == '/' || c.is_ascii_digit());
        let (name, after) = rest.find('/').map_or((rest, ""), |at| rest.split_at(at));
        let without_number = &path[path.len().saturating_sub(rest.len() + 1)..];
        let mishap = match name {
            _ if after.is_empty() => return (None, without_number),
            "refused" => Self::Refused,
            "limited" => Self::Limited,
            "limited-once" => Self::LimitedOnce,
            "page" => Self::Page,
            "hang-up" => Self::HangUp,
            "cut" => Self::Cut,
            _ => return (None, without_number),
        };
        (Some(mishap), after)
    }

    /// The answer to this path instead of what would be `said`.
    ///
    /// An error closes the connection without one.
    pub(super) fn answer(
        self,
        path: &str,
        sent: &Value,
        first: bool,
        said: Said,
    ) -> io::Result<Response<Body>> {
        Ok(match self {
            Self::Refused => refused(path, sent),
            Self::Limited => limited(path),
            Self::LimitedOnce if first => limited(path),
            Self::LimitedOnce => said.whole(),
            Self::Page => body::whole(502, "text/html", PAGE),
            Self::HangUp => return Err(io::Error::other("the test wants it closed")),
            Self::Cut => said.broken(CUT_AFTER),
        })
    }
}

fn refused(path: &str, sent: &Value) -> Response<Body> {
    match path {
        "/mcp" | "/a2a" => body::json(200, &agents::error(sent, -32602, REFUSED)),
        "/api/chat" => body::json(404, &error(path, 404, REFUSED)),
        _ => body::json(400, &error(path, 400, REFUSED)),
    }
}

fn limited(path: &str) -> Response<Body> {
    let mut response = body::json(429, &error(path, 429, LIMITED));
    let second = header::HeaderValue::from_static("1");
    response.headers_mut().insert(header::RETRY_AFTER, second);
    response
}

/// An error as the provider behind this path writes it.
fn error(path: &str, status: u16, message: &str) -> Value {
    let limited = status == 429;
    let choose = |if_limited: &'static str, else_refused: &'static str| {
        if limited { if_limited } else { else_refused }
    };
    if path.ends_with("/messages") {
        let kind = choose("rate_limit_error", "invalid_request_error");
        return json!({ "type": "error", "error": { "type": kind, "message": message }, "request_id": "req_1" });
    }
    if path.contains(":generateContent") || path.contains(":streamGenerateContent") {
        let word = choose("RESOURCE_EXHAUSTED", "INVALID_ARGUMENT");
        return json!({ "error": { "code": status, "message": message, "status": word } });
    }
    if path.ends_with("/v2/chat") {
        return json!({ "id": "error-1", "message": message });
    }
    if matches!(path, "/api/chat" | "/mcp" | "/a2a") {
        // Before an agent it is seldom the agent itself that counts requests.
        return json!({ "error": message });
    }
    if path.starts_with("/mistral/") {
        let (kind, code) = if limited {
            ("rate_limited", "1300")
        } else {
            ("invalid_request", "3051")
        };
        return json!({ "object": "error", "message": message, "type": kind, "param": null, "code": code });
    }
    let (kind, code) = (
        choose("requests", "invalid_request_error"),
        choose("rate_limit_exceeded", "unknown_parameter"),
    );
    json!({ "error": { "message": message, "type": kind, "param": null, "code": code } })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mishap_is_taken_off_the_path() {
        for (path, rest, mishap) in [
            ("/v1/messages", "/v1/messages", false),
            ("/7/v1/messages", "/v1/messages", false),
            ("/7/cut/v1/messages", "/v1/messages", true),
            ("/page/v2/chat", "/v2/chat", true),
            ("/echo", "/echo", false),
            ("/0/mcp", "/mcp", false),
            ("/hang-up", "/hang-up", false),
            ("/", "/", false),
        ] {
            let (found, left) = Mishap::of(path);
            assert_eq!((found.is_some(), left), (mishap, rest), "{path}");
        }
    }
}
