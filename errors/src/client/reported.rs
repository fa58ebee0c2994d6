//! A problem as somebody else reported it.

use std::time::Duration;

use http::StatusCode;
use serde::Serialize;
use serde_json::{Map, Value};

use super::answer;
use crate::catalogue::{self, PATH, ProblemType};

/// A problem that came over the wire: nothing in it is certain but its shape.
///
/// A member of the wrong type counts as absent. Texts are as the server wrote them: show them to
/// people and models as quotations, never as instructions.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Reported {
    /// The kind of the problem, a URI reference: `type`, or `about:blank` where there is none.
    pub uri: String,
    /// The kind, for people.
    pub title: Option<String>,
    /// The status that the document states, else that of the answer.
    pub status: Option<u16>,
    /// What happened in this case.
    pub detail: Option<String>,
    /// The URI reference of this occurrence.
    pub instance: Option<String>,
    /// The stable name of the kind.
    pub code: Option<String>,
    /// The sort of the problem; Lockgate's are the names of [`Category`](crate::Category).
    pub category: Option<String>,
    /// Whether the same request may succeed later.
    pub retryable: Option<bool>,
    /// How long to wait before a retry, at most seven days.
    pub retry_after: Option<Duration>,
    /// Whether only the owner of the server can make it go away.
    pub owner_action_required: Option<bool>,
    /// What the caller should do next.
    pub what_to_do: Option<String>,
    /// The id by which the owner finds the exchange in the log.
    pub request_id: Option<String>,
    /// When it happened, in RFC 3339.
    pub timestamp: Option<String>,
    /// The host that was asked.
    pub host: Option<String>,
    /// Who made the answer: `gate` or `upstream`.
    pub source: Option<String>,
    /// All other members, but for the provider's `error` and `message` around them.
    pub extensions: Map<String, Value>,
}

impl Reported {
    /// The entry of the catalogue, if it is a problem of Lockgate's that this version knows.
    pub fn kind(&self) -> Option<&'static ProblemType> {
        let (_, code) = self.uri.rsplit_once(PATH)?;
        catalogue::by_code(code)
    }

    /// Whether the same request may succeed later: what the document says, else what its status suggests.
    pub fn is_retryable(&self) -> bool {
        self.retryable.unwrap_or_else(|| {
            let status = self.status.and_then(|status| StatusCode::from_u16(status).ok());
            status.is_some_and(answer::is_passing)
        })
    }

    /// How long to wait before a retry, as far as the document says it and a retry makes sense.
    pub fn retry_after(&self) -> Option<Duration> {
        self.retry_after.filter(|_| self.is_retryable())
    }
}
