//! From an answer to the problem in it.

use http::{HeaderMap, StatusCode, header::CONTENT_TYPE};
use serde_json::{Map, Value};

use super::{Reported, front_matter, members};

/// Longest body that is looked at, in bytes. A problem is a few hundred; whoever sends more sends something else.
pub const LONGEST_BODY: usize = 1 << 20;

/// Reads the problem in an answer, if it has one.
///
/// The body tells its form itself, because not every server labels it well: an object is JSON, three
/// dashes begin Markdown. Under a status of success only `application/problem+json` and JSON-RPC
/// errors count. Other JSON is a problem if it has a `type` that is a URI reference and a `title` or
/// `status`, or a `status` and `retryable`: at the top, in `problem`, or in the `error` of a provider.
pub fn parse(status: StatusCode, fields: &HeaderMap, body: &[u8]) -> Option<Reported> {
    if body.len() > LONGEST_BODY {
        return None;
    }
    let text = String::from_utf8_lossy(body);
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(&text);
    let failed = status.as_u16() >= 400;
    let declared = is_problem_json(fields);
    let object = match text.trim_start() {
        json if json.starts_with('{') => object(json)?,
        markdown if markdown.starts_with("---") && failed => front_matter::read(markdown)?,
        _ => return None,
    };
    let found = match () {
        () if declared => members::find(&object).or(Some(&object)),
        () if failed => members::find(&object),
        () => members::find_in_rpc(&object),
    };
    found.map(|found| members::read(found, Some(status.as_u16()).filter(|_| failed)))
}

/// Reads the problem in the data of a server-sent event, or in a line of NDJSON, if it has one.
///
/// The head of a stream said that all is well; when it breaks off later, this is its last piece.
pub fn parse_event(data: &str) -> Option<Reported> {
    if data.len() > LONGEST_BODY {
        return None;
    }
    let object = object(data)?;
    members::find(&object).map(|found| members::read(found, None))
}

fn object(json: &str) -> Option<Map<String, Value>> {
    serde_json::from_str(json).ok()
}

fn is_problem_json(fields: &HeaderMap) -> bool {
    let value = fields.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let media_type = value.and_then(|value| value.split(';').next());
    media_type.is_some_and(|name| name.trim().eq_ignore_ascii_case("application/problem+json"))
}
