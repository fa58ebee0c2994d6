//! Limits that hold: a token bucket for each key, exact, in memory that is bounded.
//!
//! Exact means that in any stretch of time no key gets more than `burst` requests and those that came back in it, and
//! that a caller who is told to wait and does so finds a token.  The tests hold both against a plain count.
//!
//! Buckets are kept for at most `limits.rate_limit_keys` keys.  A bucket that is full again says nothing and is
//! forgotten first.  While all of them are in use, the keys that are new share one bucket: the limit then
//! holds for all of them together.  To drop a bucket in use instead would give its owner a new one, and who
//! has many addresses could ask for that at will.

mod bucket;
mod table;

use std::hash::{BuildHasher as _, Hash as _, Hasher, RandomState};
use std::net::IpAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use lockgate_config::{LimitPart, RateLimit};

use crate::exchange::Exchange;
use bucket::Bucket;
use table::Table;

/// The limit of one rule, with a bucket for each key.
pub(crate) struct Limiter {
    pub(crate) limit: RateLimit,
    bucket: Bucket,
    table: Mutex<Table>,
    /// Its keys are chosen anew by each process: nobody can compute which values fall together.
    hasher: RandomState,
    started: Instant,
}

/// Who is counted apart, as a number: what it was made from (an address, a secret in a header) is not kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Key(u64);

/// How a bucket stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Standing {
    /// Requests that would pass now.
    pub(crate) left: u64,
    /// Until one more would pass; nothing while the bucket is full.
    pub(crate) next: Duration,
}

// === impl Limiter ===

impl Limiter {
    /// All buckets are full; there will be at most `keys` of them.
    pub(crate) fn new(limit: RateLimit, keys: usize) -> Self {
        Self {
            bucket: Bucket::new(&limit),
            limit,
            table: Mutex::new(Table::new(keys)),
            hasher: RandomState::new(),
            started: Instant::now(),
        }
    }

    /// The key of an exchange, whose `request.headers` have to be there where the limit asks for one.
    pub(crate) fn key(&self, exchange: &Exchange) -> Key {
        let mut hasher = self.hasher.build_hasher();
        for part in &self.limit.by.0 {
            match part {
                LimitPart::ClientIp => exchange
                    .client
                    .map(|client| network(client.ip()))
                    .hash(&mut hasher),
                LimitPart::Route => exchange.route_name().hash(&mut hasher),
                LimitPart::Header(name) => {
                    let fields = exchange.request.headers.iter();
                    for (_, value) in fields.filter(|(known, _)| known == name) {
                        value.hash(&mut hasher);
                    }
                    // Ends the values, so that none of the next part can pass for one of this.
                    hasher.write_u8(0xFE);
                }
            }
        }
        Key(hasher.finish())
    }

    /// Takes a token, or says how long there will be none.
    pub(crate) fn take(&self, key: Key, now: Instant) -> Result<(), Duration> {
        let now = self.clock(now);
        let mut table = self.table();
        let full_at = table.get(key.0);
        let after = self.bucket.take(full_at, now).map_err(Duration::from_nanos)?;
        table.set(key.0, after, now);
        Ok(())
    }

    /// How the bucket of a key stands; nothing is taken.
    pub(crate) fn standing(&self, key: Key, now: Instant) -> Standing {
        let now = self.clock(now);
        let full_at = self.table().get(key.0);
        self.bucket.standing(full_at, now)
    }

    /// Nanoseconds since the start: some 580 years of them fit.
    fn clock(&self, now: Instant) -> u64 {
        let since = now.saturating_duration_since(self.started);
        u64::try_from(since.as_nanos()).unwrap_or(u64::MAX)
    }

    fn table(&self) -> MutexGuard<'_, Table> {
        // A panic cannot leave it half changed in a way that matters more than one bucket.
        self.table.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What one customer has: an IPv4 address, or the first half of an IPv6 address, as anyone who has one of those has
/// all that begin with it.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => IpAddr::V6((address.to_bits() & !u128::from(u64::MAX)).into()),
        address => address,
    }
}

#[cfg(test)]
mod tests;
