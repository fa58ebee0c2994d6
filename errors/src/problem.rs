//! One problem of one exchange.
//!
//! Setters are named like the members of the document, getters like what they give, because Rust has
//! one name for one method.

use std::borrow::Cow;
use std::time::{Duration, SystemTime};

use serde::Serialize;
use serde_json::Value;
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use crate::bounds;
use crate::catalogue::{ProblemType, Source};

pub use kept::Kept;

pub(crate) use kept::Entries;

mod fits;
mod kept;
mod members;

/// Where the gate says what the id of an exchange means: the instance of a problem is this and the id.
pub const EXCHANGES: &str = "/.well-known/lockgate/exchanges/";

/// What stands in a text for the time to wait.
const WAIT: &str = "`retry_after` seconds";

/// An RFC 9457 problem: an entry of the [`catalogue`](crate::catalogue) and what is known about one exchange.
///
/// It is one pointer wide, so it can be the error of a `Result` without a box.
/// Serialised, it is the problem document itself, its members in the order of the RFC.
///
/// ```
/// use lockgate_errors::{Problem, catalogue};
///
/// let problem = Problem::new(&catalogue::BODY_TOO_LARGE)
///     .detail("The body has 9 MiB; `limits.body_bytes` is 4 MiB.")
///     .with("limit", 4_194_304);
/// assert_eq!(problem.status_code(), 413);
/// assert_eq!(problem.to_string(), "body_too_large: The body has 9 MiB; `limits.body_bytes` is 4 MiB.");
/// ```
#[derive(Debug, Clone, thiserror::Error)]
#[error("{}: {}", self.code(), self.detail_text())]
pub struct Problem(Box<Inner>);

#[derive(Debug, Clone)]
struct Inner {
    kind: &'static ProblemType,
    status: u16,
    retryable: bool,
    /// Whether `retryable` is the upstream's own word, which no kind overrules.
    insisted: bool,
    retry_after: Option<u32>,
    detail: Option<String>,
    what_to_do: Option<&'static str>,
    base: String,
    instance: Option<String>,
    host: Option<String>,
    request_id: Option<String>,
    rpc_id: Value,
    kept: Option<Kept>,
    /// The wait, where it is known to the millisecond.
    wait: Option<Duration>,
    /// Whole seconds since 1970.
    timestamp: i64,
    extensions: Vec<(&'static str, Value)>,
}

impl Problem {
    /// A problem of this kind, happening now.
    pub fn new(kind: &'static ProblemType) -> Self {
        Self(Box::new(Inner {
            kind,
            status: kind.status,
            retryable: kind.retryable,
            insisted: false,
            retry_after: kind.retry_after,
            detail: None,
            what_to_do: None,
            base: String::new(),
            instance: None,
            host: None,
            request_id: None,
            rpc_id: Value::Null,
            kept: None,
            wait: None,
            timestamp: 0,
            extensions: Vec::new(),
        }))
        .at(SystemTime::now())
    }

    /// Says what happened in this very case. Long text is cut, invisible characters are dropped.
    #[must_use]
    pub fn detail(mut self, detail: impl Into<String>) -> Self {
        let detail = bounds::text(&detail.into(), bounds::DETAIL);
        self.0.detail = Some(detail).filter(|detail| !detail.trim().is_empty());
        self
    }

    /// Says what to do in this very case, where that is not what the kind says: our own words only.
    ///
    /// As in the catalogue, "`retry_after` seconds" stands for the seconds of this problem.
    #[must_use]
    pub fn what_to_do(mut self, text: &'static str) -> Self {
        self.0.what_to_do = Some(text);
        self
    }

    /// Sets the URI reference of this occurrence.
    #[must_use]
    pub fn instance(mut self, uri: impl Into<String>) -> Self {
        self.0.instance = Some(bounds::uri(&uri.into()));
        self
    }

    /// Sets the host that was asked for, as the request names it: whose error it is where one gate stands
    /// before many sites.
    #[must_use]
    pub fn host(mut self, host: impl Into<String>) -> Self {
        self.0.host = Some(bounds::host(&host.into())).filter(|host| !host.is_empty());
        self
    }

    /// Sets the id by which the owner finds the exchange in the log.
    ///
    /// It also travels as a header field and may come from the caller, so only letters, digits and
    /// `-_.:/+=@~` are kept.
    #[must_use]
    pub fn request_id(mut self, id: impl Into<String>) -> Self {
        self.0.request_id = Some(bounds::token(&id.into())).filter(|id| !id.is_empty());
        self
    }

    /// Sets `request_id` and `instance` by the id of the exchange: the instance is where the gate says what
    /// the id means.
    #[must_use]
    pub fn exchange(self, id: &str) -> Self {
        self.request_id(id).instance(format!("{EXCHANGES}{id}"))
    }

    /// Sets the seconds to wait before a retry. It is shown only while the problem is retryable.
    #[must_use]
    pub fn retry_after(mut self, seconds: u32) -> Self {
        self.0.retry_after = Some(seconds);
        self.0.wait = None;
        self
    }

    /// Sets the time to wait before a retry, where it is known more exactly than to the second.
    ///
    /// The document says it in whole seconds, rounded up, the field `retry-after-ms` in milliseconds.
    #[must_use]
    pub fn wait(mut self, wait: Duration) -> Self {
        let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
        self.0.retry_after = Some(u32::try_from(seconds).unwrap_or(u32::MAX));
        self.0.wait = Some(wait);
        self
    }

    /// Keeps the upstream's own JSON object: the JSON forms write its members first, ours behind them.
    #[must_use]
    pub fn kept(mut self, kept: Kept) -> Self {
        self.0.kept = Some(kept);
        self
    }

    /// Turns it into a problem of another kind. What is known of the exchange stays: the status, the detail,
    /// a wait that was set, and what the upstream itself said about retrying.
    #[must_use]
    pub(crate) fn of_kind(mut self, kind: &'static ProblemType) -> Self {
        if !self.0.insisted {
            self.0.retryable = kind.retryable;
        }
        if self.0.wait.is_none() {
            self.0.retry_after = kind.retry_after;
        }
        self.0.what_to_do = None;
        self.0.kind = kind;
        self
    }

    /// Sets `retryable` to what the upstream itself said.
    #[must_use]
    pub(crate) fn insist(mut self, retryable: bool) -> Self {
        self.0.retryable = retryable;
        self.0.insisted = true;
        self
    }

    /// Overrides whether the same request may succeed later.
    #[must_use]
    pub fn retryable(mut self, retryable: bool) -> Self {
        self.0.retryable = retryable;
        self
    }

    /// Keeps a status of the upstream. Anything that is not an error status is ignored.
    #[must_use]
    pub fn status(mut self, status: u16) -> Self {
        if (400..=599).contains(&status) {
            self.0.status = status;
        }
        self
    }

    /// Makes the `type` absolute: `https://gate.example` and the like. Anything but an http or https URL of a
    /// host is ignored.
    #[must_use]
    pub fn base(mut self, uri: impl Into<String>) -> Self {
        self.0.base = bounds::origin(&uri.into());
        self
    }

    /// Adds a member of its own to the document; later values replace earlier ones.
    ///
    /// A key that is a member of every problem is ignored. The member `param`, a string, is also
    /// the `param` of OpenAI's envelope. Large, deep or unserialisable values are cut.
    #[must_use]
    pub fn with(mut self, key: &'static str, value: impl Serialize) -> Self {
        if !members::RESERVED.contains(&key) {
            let value = bounds::value(serde_json::to_value(value).unwrap_or(Value::Null));
            self.0.extensions.retain(|(known, _)| *known != key);
            self.0.extensions.push((key, value));
        }
        self
    }

    /// Sets the id of the JSON-RPC request that [`Envelope::JsonRpc`](crate::Envelope::JsonRpc) answers.
    ///
    /// JSON-RPC allows a string or a number; anything else, and a string too long to echo, is `null`.
    #[must_use]
    pub fn rpc_id(mut self, id: Value) -> Self {
        self.0.rpc_id = match id {
            Value::Number(_) => id,
            Value::String(ref string) if string.len() <= bounds::TOKEN => id,
            _ => Value::Null,
        };
        self
    }

    /// Sets the time of the problem, which is otherwise that of its creation.
    #[must_use]
    pub fn at(mut self, time: SystemTime) -> Self {
        let since = time
            .duration_since(SystemTime::UNIX_EPOCH)
            .map_or(0, |since| since.as_secs());
        self.0.timestamp = i64::try_from(since).unwrap_or(0);
        self
    }
}

/// What a problem says, after all overrides.
impl Problem {
    /// The entry of the catalogue.
    pub fn kind(&self) -> &'static ProblemType {
        self.0.kind
    }

    /// The stable name of the kind.
    pub fn code(&self) -> &'static str {
        self.0.kind.code
    }

    /// The HTTP status.
    pub fn status_code(&self) -> u16 {
        self.0.status
    }

    /// The detail, or the summary of the kind where none was set.
    pub fn detail_text(&self) -> &str {
        self.0.detail.as_deref().unwrap_or(self.0.kind.summary)
    }

    /// What the caller should do next, with the seconds to wait filled in.
    pub fn advice(&self) -> Cow<'_, str> {
        let text = self.0.what_to_do.unwrap_or(self.0.kind.what_to_do);
        if !text.contains(WAIT) {
            return Cow::Borrowed(text);
        }
        let wait = match self.retry_seconds() {
            Some(1) => Cow::Borrowed("1 second"),
            Some(seconds) => Cow::Owned(format!("{seconds} seconds")),
            None => Cow::Borrowed("a while"),
        };
        Cow::Owned(text.replace(WAIT, &wait))
    }

    /// Whether the same request may succeed later.
    pub fn is_retryable(&self) -> bool {
        self.0.retryable
    }

    /// Seconds to wait before a retry, if there is any sense in one.
    pub fn retry_seconds(&self) -> Option<u32> {
        self.0.retry_after.filter(|_| self.0.retryable)
    }

    /// The URI reference of the kind: the member `type`.
    pub fn uri(&self) -> String {
        format!("{}{}", self.0.base, self.0.kind.uri())
    }

    /// The URI reference of this occurrence.
    pub fn instance_uri(&self) -> Option<&str> {
        self.0.instance.as_deref()
    }

    /// The host that was asked for.
    pub fn host_name(&self) -> Option<&str> {
        self.0.host.as_deref()
    }

    /// Who says that there is an error: the gate, or the upstream whose error answer this problem is.
    pub fn source(&self) -> Source {
        self.0.kind.source
    }

    /// The id of the request.
    pub fn id(&self) -> Option<&str> {
        self.0.request_id.as_deref()
    }

    /// When it happened, as RFC 3339 in UTC.
    pub fn timestamp(&self) -> String {
        OffsetDateTime::from_unix_timestamp(self.0.timestamp)
            .ok()
            .and_then(|time| time.format(&Rfc3339).ok())
            .unwrap_or_else(|| "1970-01-01T00:00:00Z".to_owned())
    }

    /// The members that only this kind of problem has.
    pub fn extensions(&self) -> impl Iterator<Item = (&'static str, &Value)> {
        self.0.extensions.iter().map(|(key, value)| (*key, value))
    }

    pub(crate) fn extension(&self, key: &str) -> Option<&Value> {
        self.extensions()
            .find(|(known, _)| *known == key)
            .map(|(_, value)| value)
    }

    /// Milliseconds to wait before a retry, where they are known and there is any sense in one.
    pub fn retry_milliseconds(&self) -> Option<u64> {
        let wait = self.0.wait.filter(|_| self.0.retryable)?;
        // Rounded up: who waits so long does not come too early.
        Some(u64::try_from(wait.as_nanos().div_ceil(1_000_000)).unwrap_or(u64::MAX))
    }

    /// Whether the upstream itself said if a retry makes sense.
    pub(crate) fn is_insisted(&self) -> bool {
        self.0.insisted
    }

    pub(crate) fn kept_object(&self) -> Option<&Kept> {
        self.0.kept.as_ref()
    }

    pub(crate) fn rpc(&self) -> &Value {
        &self.0.rpc_id
    }
}

impl From<&'static ProblemType> for Problem {
    fn from(kind: &'static ProblemType) -> Self {
        Self::new(kind)
    }
}

#[cfg(test)]
mod tests;
