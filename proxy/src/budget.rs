//! The memory that request bodies may hold, over all exchanges.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A number of bytes shared by all exchanges (`limits.buffered_bytes`).
#[derive(Debug)]
pub(crate) struct Budget {
    limit: usize,
    used: AtomicUsize,
}

/// The share of one exchange; given back when dropped.
#[derive(Debug)]
pub(crate) struct Held {
    budget: Arc<Budget>,
    bytes: usize,
}

/// The budget has no room for more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Exhausted {
    pub(crate) limit: usize,
}

// === impl Budget ===

impl Budget {
    pub(crate) fn new(limit: usize) -> Arc<Self> {
        Arc::new(Self {
            limit,
            used: AtomicUsize::new(0),
        })
    }

    /// Bytes held now.
    pub(crate) fn used(&self) -> usize {
        self.used.load(Ordering::Relaxed)
    }

    /// A share of nothing, to grow.
    pub(crate) fn share(self: &Arc<Self>) -> Held {
        Held {
            budget: Arc::clone(self),
            bytes: 0,
        }
    }
}

// === impl Held ===

impl Held {
    /// Takes `bytes` more, or nothing.
    pub(crate) fn grow(&mut self, bytes: usize) -> Result<(), Exhausted> {
        let limit = self.budget.limit;
        let taken = self
            .budget
            .used
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |used| {
                used.checked_add(bytes).filter(|&sum| sum <= limit)
            });
        if taken.is_err() {
            return Err(Exhausted { limit });
        }
        self.bytes += bytes;
        Ok(())
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.budget.used.fetch_sub(self.bytes, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_dropped_is_free_again() {
        let budget = Budget::new(10);
        let mut one = budget.share();
        let mut two = budget.share();
        assert_eq!(one.grow(6), Ok(()));
        assert_eq!(two.grow(6), Err(Exhausted { limit: 10 }));
        assert_eq!(budget.used(), 6);
        drop(one);
        assert_eq!(two.grow(10), Ok(()));
        assert_eq!(two.grow(usize::MAX), Err(Exhausted { limit: 10 }));
        drop(two);
        assert_eq!(budget.used(), 0);
    }
}
