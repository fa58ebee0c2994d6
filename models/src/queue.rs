//! A bounded queue between the exchanges and the guard's threads.

use std::{
    collections::VecDeque,
    sync::{Condvar, Mutex, MutexGuard, PoisonError},
};

/// First in, first out; never longer than its capacity; can be closed for good.
#[derive(Debug)]
pub(crate) struct Queue<T> {
    state: Mutex<State<T>>,
    changed: Condvar,
    capacity: usize,
}

#[derive(Debug)]
struct State<T> {
    items: VecDeque<T>,
    closed: bool,
}

/// Why an item was not taken.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Refused {
    Full,
    Closed,
}

impl<T> Queue<T> {
    pub(crate) fn new(capacity: usize) -> Self {
        let state = State {
            items: VecDeque::new(),
            closed: false,
        };
        Self {
            state: Mutex::new(state),
            changed: Condvar::new(),
            capacity,
        }
    }

    pub(crate) fn capacity(&self) -> usize {
        self.capacity
    }

    /// Takes an item without waiting. A full queue is first rid of items that are `stale`, because nobody
    /// waits for those.
    pub(crate) fn try_push(&self, item: T, stale: impl Fn(&T) -> bool) -> Result<(), Refused> {
        let mut state = self.lock();
        if state.closed {
            return Err(Refused::Closed);
        }
        if state.items.len() >= self.capacity {
            state.items.retain(|waiting| !stale(waiting));
        }
        if state.items.len() >= self.capacity {
            return Err(Refused::Full);
        }
        state.items.push_back(item);
        drop(state);
        self.changed.notify_one();
        Ok(())
    }

    /// The next item; `None` once the queue is closed.
    pub(crate) fn pop(&self) -> Option<T> {
        let mut state = self.lock();
        loop {
            if state.closed {
                return None;
            }
            if let Some(item) = state.items.pop_front() {
                return Some(item);
            }
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Wakes every thread that waits, and drops what was queued.
    pub(crate) fn close(&self) {
        let dropped = {
            let mut state = self.lock();
            state.closed = true;
            std::mem::take(&mut state.items)
        };
        drop(dropped);
        self.changed.notify_all();
    }

    pub(crate) fn is_closed(&self) -> bool {
        self.lock().closed
    }

    // The state is whole between any two statements, so a panic elsewhere does not spoil it.
    fn lock(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_queue_refuses_and_drops_the_stale_first() {
        let queue = Queue::new(2);
        let never = |_: &i32| false;
        assert_eq!(queue.try_push(1, never), Ok(()));
        assert_eq!(queue.try_push(2, never), Ok(()));
        assert_eq!(queue.try_push(3, never), Err(Refused::Full));
        assert_eq!(queue.try_push(3, |&waiting| waiting == 1), Ok(()));
        assert_eq!((queue.pop(), queue.pop()), (Some(2), Some(3)));
    }

    #[test]
    fn closing_wakes_whoever_waits() {
        let queue = Queue::<i32>::new(1);
        std::thread::scope(|scope| {
            let waiter = scope.spawn(|| queue.pop());
            queue.close();
            assert_eq!(waiter.join().unwrap(), None);
        });
        assert_eq!(queue.try_push(1, |_| false), Err(Refused::Closed));
    }
}
