//! Whether to send a request again, and when.

use std::time::Duration;

use super::{Answer, Tries};

/// How much patience a caller has.
///
/// The server's word goes first: what it calls final is never sent again, whatever the status, and
/// what it calls worth another try is sent again after the wait that it asks for. Where it says
/// nothing, the status decides, and a request that may have been carried out already is sent again
/// only if that does no harm. Without a wait from the server, waits double from [`first_wait`](Self::first_wait) on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Policy {
    /// How often a request is sent at most, the first time included.
    pub attempts: u32,
    /// The longest wait that is worth it. A longer one that the server asks for ends the tries at once.
    pub longest_wait: Duration,
    /// How long all tries and waits together may take.
    pub budget: Duration,
    /// The first wait where the server names none; each further one is twice as long.
    pub first_wait: Duration,
    /// How much longer than planned a wait may be, as a share of it, so that callers do not come back
    /// all at once. Never shorter: the server may mean it.
    pub jitter: f64,
}

/// What to do next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// Wait this long, then send the same request again.
    Retry(Duration),
    /// Give up.
    Stop(Stop),
}

/// Why not to send a request again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    /// Occurs when the answer is no error.
    NoError,
    /// Occurs when the same request meets the same answer.
    Final,
    /// Occurs when the request may have been carried out and is not known to be idempotent.
    Unsafe,
    /// Occurs when the attempts are used up.
    Attempts,
    /// Occurs when the server wants to be left alone for this long, and that is longer than the longest wait.
    TooLong(Duration),
    /// Occurs when the next wait, this long, would end after the budget.
    Budget(Duration),
}

impl Policy {
    /// Decides by an answer.
    pub fn decide(&self, tries: &Tries, answer: &Answer<'_>) -> Decision {
        match answer.refusal(tries.idempotent) {
            Some(stop) => Decision::Stop(stop),
            None => self.again(tries, answer.retry_after()),
        }
    }

    /// Decides where no answer came: the connection failed, or broke off.
    pub fn decide_unanswered(&self, tries: &Tries) -> Decision {
        if tries.idempotent {
            self.again(tries, None)
        } else {
            Decision::Stop(Stop::Unsafe)
        }
    }

    fn again(&self, tries: &Tries, told: Option<Duration>) -> Decision {
        if tries.made >= self.attempts {
            return Decision::Stop(Stop::Attempts);
        }
        if let Some(told) = told.filter(|told| *told > self.longest_wait) {
            return Decision::Stop(Stop::TooLong(told));
        }
        let planned = told.unwrap_or_else(|| self.own_wait(tries.made));
        let wait = stretched(planned, self.jitter * tries.chance);
        if tries.elapsed.saturating_add(wait) > self.budget {
            return Decision::Stop(Stop::Budget(wait));
        }
        Decision::Retry(wait)
    }

    /// The first wait, doubled for each try but the first.
    fn own_wait(&self, made: u32) -> Duration {
        let doubled = made.saturating_sub(1).min(31);
        self.first_wait
            .saturating_mul(1 << doubled)
            .min(self.longest_wait)
    }
}

// === impl Default for Policy ===

impl Default for Policy {
    /// Three attempts within five minutes, no wait over one minute: what the gate itself asks for is never longer.
    fn default() -> Self {
        Self {
            attempts: 3,
            longest_wait: Duration::from_secs(60),
            budget: Duration::from_secs(300),
            first_wait: Duration::from_millis(500),
            jitter: 0.25,
        }
    }
}

// === impl Display for Stop ===

impl std::fmt::Display for Stop {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NoError => write!(f, "the answer is no error"),
            Self::Final => write!(f, "the same request would meet the same answer"),
            Self::Unsafe => write!(f, "the request may have been carried out already"),
            Self::Attempts => write!(f, "the attempts are used up"),
            Self::TooLong(wait) => write!(f, "the server asks for a wait of {} s", wait.as_secs_f64()),
            Self::Budget(wait) => write!(f, "there is no time left for a wait of {} s", wait.as_secs_f64()),
        }
    }
}

/// Longer by this share; a share that is no number, or negative, is none.
fn stretched(wait: Duration, share: f64) -> Duration {
    let more = wait.as_secs_f64() * share.max(0.0);
    wait.saturating_add(Duration::try_from_secs_f64(more).unwrap_or_default())
}
