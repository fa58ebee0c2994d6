//! Gemini's envelope (google.rpc.Status as JSON).

use serde::ser::SerializeSeq;
use serde::{Serialize, Serializer};
use serde_json::json;

use super::canonical;
use crate::problem::{Entries, Kept, Problem};

/// Gemini's whole body, or what is added to that of the upstream.
///
/// Where the upstream has an `error` of its own, that stays what Google's SDKs read, and the problem stands
/// beside it as `problem`: members of it at the top would be taken for the SDK's own words.
pub(in crate::render) struct Gemini<'a> {
    pub(in crate::render) problem: &'a Problem,
    pub(in crate::render) kept: Option<&'a Kept>,
}

#[derive(Serialize)]
pub(super) struct Error<'a> {
    code: u16,
    message: &'a str,
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    details: Option<Details<'a>>,
}

/// The problem, and the wait in the form that clients of Google's look for.
struct Details<'a>(&'a Problem);

/// The error without the problem, to stand beside it.
pub(super) fn short(problem: &Problem) -> Error<'_> {
    Error::new(problem, None)
}

impl Serialize for Gemini<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut entries = Entries::new(serializer.serialize_map(None)?, self.kept, None);
        if self.kept.is_some_and(|kept| kept.has("error")) {
            entries.add("problem", self.problem)?;
        } else {
            // google-genai knows an error in a stream by this being its first member.
            entries.add("error", &Error::new(self.problem, Some(Details(self.problem))))?;
        }
        entries.end()
    }
}

impl<'a> Error<'a> {
    fn new(problem: &'a Problem, details: Option<Details<'a>>) -> Self {
        Self {
            code: problem.status_code(),
            message: problem.detail_text(),
            status: canonical(problem).0,
            details,
        }
    }
}

impl Serialize for Details<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(problem) = *self;
        let mut details = serializer.serialize_seq(None)?;
        details.serialize_element(problem)?;
        if let Some(seconds) = problem.retry_seconds() {
            let kind = "type.googleapis.com/google.rpc.RetryInfo";
            details.serialize_element(&json!({ "@type": kind, "retryDelay": format!("{seconds}s") }))?;
        }
        details.end()
    }
}
