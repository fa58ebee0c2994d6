//! Every problem that Lockgate can emit, in one place: nothing else invents a status or a text.
//!
//! A code is part of the public interface: it is never renamed and never given another meaning.
//! A final verdict (`retryable: false`) never has a status that some SDK retries by itself: 408, 409,
//! 429 and 5xx are kept for what may go better next time.

use serde::Serialize;

pub use answers::*;
pub use gate::*;
pub use policy::*;
pub use request::*;
pub use upstream::*;

/// Where the gate itself explains its problems: the URI reference of a problem is this and its code.
pub const PATH: &str = "/.well-known/lockgate/problems/";

/// All entries, grouped by who has to act.
pub static ALL: &[&ProblemType] = &ENTRIES;

/// Returns the entry with this code.
pub fn by_code(code: &str) -> Option<&'static ProblemType> {
    ALL.iter().copied().find(|kind| kind.code == code)
}

/// One kind of problem: everything about it that does not depend on the exchange.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct ProblemType {
    /// Stable name in snake_case, unique in the catalogue.
    pub code: &'static str,
    /// Short name for people.
    pub title: &'static str,
    /// HTTP status.
    pub status: u16,
    /// Who says that there is an error.
    pub source: Source,
    /// What sort of problem it is, for callers that do not know the code.
    pub category: Category,
    /// Whether the same request may succeed later.
    pub retryable: bool,
    /// Seconds to wait before a retry, unless the problem at hand knows better.
    pub retry_after: Option<u32>,
    /// Whether only the owner of the gate or of the upstream can make it go away.
    pub owner_action_required: bool,
    /// What happened, in one sentence: the detail of a problem that has none of its own.
    pub summary: &'static str,
    /// What the caller should do next.
    pub what_to_do: &'static str,
    /// What the owner of the gate looks at or sets; shown on the page that explains the kind, not in problems.
    pub for_owner: &'static str,
}

/// The sort of a problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Category {
    /// The caller lacks a credential or a right.
    AccessDenied,
    /// The caller sent too much in too short a time.
    RateLimit,
    /// A rule of the owner refused what the request says.
    ContentPolicy,
    /// The request is malformed.
    BadRequest,
    /// The request is larger than a limit.
    TooLarge,
    /// The caller or the upstream took longer than a limit.
    Timeout,
    /// The upstream failed.
    Upstream,
    /// The name of the upstream could not be resolved.
    Dns,
    /// The upstream could not be talked to securely.
    Tls,
    /// The gate's configuration does not fit the request.
    Config,
    /// The gate has more to do than it may take on.
    Overload,
    /// Code in an isolate failed.
    Isolate,
    /// There is nothing at this address.
    NotFound,
    /// The gate itself failed.
    Internal,
}

/// Who says that there is an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// The gate: it refused the request, could not handle it, or got no whole answer from the upstream.
    Gate,
    /// The upstream: it answered with an error, which the gate put into this form.
    Upstream,
}

/// Declares the entries of one group: a static for each, named like its code, and `LIST` of them all.
macro_rules! problems {
    ($source:ident: $($(#[$doc:meta])* $name:ident = { $($field:ident: $value:expr),+ $(,)? })+) => {
        $($(#[$doc])* pub static $name: ProblemType = ProblemType { source: super::Source::$source, $($field: $value),+ };)+
        pub(super) const LIST: &[&ProblemType] = &[$(&$name),+];
    };
}

mod answers;
mod gate;
mod policy;
mod request;
mod upstream;

/// The entries under headings for people.
pub(crate) const GROUPS: [(&str, &[&ProblemType]); 5] = [
    ("Rules of the owner", policy::LIST),
    ("The request", request::LIST),
    ("The gate", gate::LIST),
    ("The way to the upstream and back", upstream::LIST),
    ("Error answers of the upstream", answers::LIST),
];

const COUNT: usize = count();

static ENTRIES: [&ProblemType; COUNT] = concat();

const fn count() -> usize {
    let (mut group, mut count) = (0, 0);
    while group < GROUPS.len() {
        count += GROUPS[group].1.len();
        group += 1;
    }
    count
}

/// Runs at compile time, so a miscount is a compile error and not a panic.
const fn concat() -> [&'static ProblemType; COUNT] {
    let mut entries = [GROUPS[0].1[0]; COUNT];
    let (mut group, mut next) = (0, 0);
    while group < GROUPS.len() {
        let mut entry = 0;
        while entry < GROUPS[group].1.len() {
            entries[next] = GROUPS[group].1[entry];
            next += 1;
            entry += 1;
        }
        group += 1;
    }
    entries
}

impl ProblemType {
    /// The URI reference of this kind of problem, resolvable on the gate itself.
    pub fn uri(&self) -> String {
        format!("{PATH}{}", self.code)
    }
}

impl Source {
    /// The name as it stands in documents.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Gate => "gate",
            Self::Upstream => "upstream",
        }
    }
}

impl Category {
    /// All categories.
    pub const ALL: [Self; 14] = [
        Self::AccessDenied,
        Self::RateLimit,
        Self::ContentPolicy,
        Self::BadRequest,
        Self::TooLarge,
        Self::Timeout,
        Self::Upstream,
        Self::Dns,
        Self::Tls,
        Self::Config,
        Self::Overload,
        Self::Isolate,
        Self::NotFound,
        Self::Internal,
    ];

    /// The name as it stands in documents.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::AccessDenied => "access_denied",
            Self::RateLimit => "rate_limit",
            Self::ContentPolicy => "content_policy",
            Self::BadRequest => "bad_request",
            Self::TooLarge => "too_large",
            Self::Timeout => "timeout",
            Self::Upstream => "upstream",
            Self::Dns => "dns",
            Self::Tls => "tls",
            Self::Config => "config",
            Self::Overload => "overload",
            Self::Isolate => "isolate",
            Self::NotFound => "not_found",
            Self::Internal => "internal",
        }
    }
}

#[cfg(test)]
mod tests;
