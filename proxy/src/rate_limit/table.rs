//! Buckets by key, never more than a number of them.

use std::collections::{BTreeSet, HashMap};

/// Full buckets that are forgotten for each new one: with two, the table shrinks after a rush.
const FORGOTTEN_AT_ONCE: usize = 2;

/// When the bucket of each key will be full.
#[derive(Debug)]
pub(super) struct Table {
    capacity: usize,
    full_at: HashMap<u64, u64>,
    /// The same, soonest full first.
    by_time: BTreeSet<(u64, u64)>,
    /// The bucket of all keys for which there was no room.
    shared: u64,
}

impl Table {
    pub(super) fn new(capacity: usize) -> Self {
        Self {
            capacity: capacity.max(1),
            full_at: HashMap::new(),
            by_time: BTreeSet::new(),
            shared: 0,
        }
    }

    /// When the bucket of this key will be full.
    ///
    /// A key without one may have taken from the shared one: its own begins as that stands, so that nobody
    /// gets both.
    pub(super) fn get(&self, key: u64) -> u64 {
        self.full_at.get(&key).copied().unwrap_or(self.shared)
    }

    /// Sets when the bucket that [`Table::get`] spoke of will be full.
    pub(super) fn set(&mut self, key: u64, full_at: u64, now: u64) {
        if !self.full_at.contains_key(&key) {
            if self.is_crowded(now) {
                self.shared = full_at;
                return;
            }
            self.forget_full(now);
        }
        if let Some(before) = self.full_at.insert(key, full_at) {
            self.by_time.remove(&(before, key));
        }
        self.by_time.insert((full_at, key));
    }

    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.full_at.len()
    }

    /// Whether there is no room, and no bucket that could be forgotten.
    fn is_crowded(&self, now: u64) -> bool {
        self.full_at.len() >= self.capacity && self.soonest().is_some_and(|(full_at, _)| full_at > now)
    }

    fn forget_full(&mut self, now: u64) {
        for _ in 0..FORGOTTEN_AT_ONCE {
            match self.soonest() {
                Some((full_at, key)) if full_at <= now => {
                    self.by_time.pop_first();
                    self.full_at.remove(&key);
                }
                _ => return,
            }
        }
    }

    fn soonest(&self) -> Option<(u64, u64)> {
        self.by_time.first().copied()
    }
}
