//! The arithmetic of a token bucket, which is one number: the time at which it will be full.
//!
//! This is the generic cell rate algorithm (ITU-T I.371): a token comes back every `interval`, so a bucket
//! that will be full in `n` intervals lacks `n` tokens.  Times are nanoseconds of the limiter's clock.

use std::time::Duration;

use lockgate_config::RateLimit;

use super::Standing;

/// Time that a bucket may take to fill, at most: sums of times then never overflow (this is 146 years).
const DEEPEST: u64 = u64::MAX / 4;

/// How large buckets are and how fast they fill.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bucket {
    interval: u64,
    /// From empty to full.
    depth: u64,
}

impl Bucket {
    pub(super) fn new(limit: &RateLimit) -> Self {
        let per = u64::try_from(limit.per.as_nanos()).unwrap_or(DEEPEST);
        // Rounded up: less than a nanosecond too slow, never too fast.
        let interval = per.div_ceil(limit.requests.max(1)).clamp(1, DEEPEST);
        let depth = interval.saturating_mul(limit.burst().max(1)).min(DEEPEST);
        Self { interval, depth }
    }

    /// When the bucket will be full once a token is taken; the time until there is one where there is none.
    pub(super) fn take(self, full_at: u64, now: u64) -> Result<u64, u64> {
        let after = full_at.max(now).saturating_add(self.interval);
        match after.saturating_sub(now.saturating_add(self.depth)) {
            0 => Ok(after),
            wait => Err(wait),
        }
    }

    pub(super) fn standing(self, full_at: u64, now: u64) -> Standing {
        let lacking = full_at.saturating_sub(now);
        let there = self.depth.saturating_sub(lacking);
        let next = match lacking {
            0 => 0,
            _ => self.interval - there % self.interval,
        };
        Standing {
            left: there / self.interval,
            next: Duration::from_nanos(next),
        }
    }
}
