//! What a retry is decided by: the answer, and what went before it.

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};
use std::time::{Duration, SystemTime};

use http::{HeaderMap, StatusCode};

use super::{Reported, Stop};
use crate::retry;

/// What came back: the head, and the problem if [`parse`](super::parse) found one.
#[derive(Debug, Clone, Copy)]
pub struct Answer<'a> {
    /// The status line's.
    pub status: StatusCode,
    /// The header fields.
    pub fields: &'a HeaderMap,
    /// What the body said.
    pub problem: Option<&'a Reported>,
    /// When it came; a date in `Retry-After` is measured from here where the answer has no date of its own.
    pub at: SystemTime,
}

/// What was done so far for one request.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tries {
    /// How often it was sent, the first time included.
    pub made: u32,
    /// How long ago it was sent first.
    pub elapsed: Duration,
    /// Whether sending it again does no harm if it was carried out already.
    pub idempotent: bool,
    /// Where in the range of the jitter the next wait lies, 0 to 1.
    pub chance: f64,
}

impl<'a> Answer<'a> {
    /// An answer that came just now.
    pub fn new(status: StatusCode, fields: &'a HeaderMap, problem: Option<&'a Reported>) -> Self {
        Self {
            status,
            fields,
            problem,
            at: SystemTime::now(),
        }
    }

    /// How long the server wants to be left alone: its fields are finer than the document, so they come first.
    ///
    /// Zero says nothing.
    pub fn retry_after(&self) -> Option<Duration> {
        retry::wait(self.fields, self.at)
            .filter(|wait| !wait.is_zero())
            .or_else(|| self.problem?.retry_after)
            .filter(|wait| !wait.is_zero())
    }

    /// Why the request should not be sent again, if it should not: as far as the answer decides it.
    pub fn refusal(&self, idempotent: bool) -> Option<Stop> {
        let Some(failure) = self.failure() else {
            return Some(Stop::NoError);
        };
        match self.said() {
            Some(true) => None,
            Some(false) => Some(Stop::Final),
            None if is_passing(failure) => None,
            None if !is_failing(failure) => Some(Stop::Final),
            None if !idempotent => Some(Stop::Unsafe),
            None => None,
        }
    }

    /// What the server says itself: `retryable` of the problem and `x-should-retry`; one no is a no.
    fn said(&self) -> Option<bool> {
        let words = [
            self.problem.and_then(|problem| problem.retryable),
            retry::asked(self.fields),
        ];
        words.into_iter().flatten().reduce(|one, other| one && other)
    }

    /// The status that counts: that of the problem where the answer itself claims success.
    fn failure(&self) -> Option<StatusCode> {
        if self.status.as_u16() >= 400 {
            return Some(self.status);
        }
        let problem = self.problem?;
        let stated = problem
            .status
            .and_then(|status| StatusCode::from_u16(status).ok());
        Some(stated.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR))
    }
}

impl Tries {
    /// Draws the chance from the system.
    pub fn new(made: u32, elapsed: Duration, idempotent: bool) -> Self {
        Self {
            made,
            elapsed,
            idempotent,
            chance: chance(),
        }
    }
}

/// Whether a status alone promises that the request was not carried out and may be later.
pub(super) fn is_passing(status: StatusCode) -> bool {
    // 529 is Anthropic's "overloaded".
    matches!(status.as_u16(), 408 | 425 | 429 | 503 | 529)
}

/// Whether a status says that something broke, after who knows how much of the work was done.
fn is_failing(status: StatusCode) -> bool {
    status.is_server_error() && !matches!(status.as_u16(), 501 | 505)
}

/// Enough chance to keep callers apart, without a crate for it.
fn chance() -> f64 {
    let random = RandomState::new().build_hasher().finish();
    f64::from((random >> 32) as u32) / f64::from(u32::MAX)
}
