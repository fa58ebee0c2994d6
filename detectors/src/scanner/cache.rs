//! The cache of model scores by the content of a segment.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::{Mutex, PoisonError};

use crate::model::TextScores;

/// Model scores by the content of a segment, bounded.
///
/// Two generations stand in for a list of uses: entries go into the young one and move there when they are
/// used; when it is full it becomes the old one, and what was old and unused is gone.
#[derive(Debug)]
pub(super) struct Cache {
    /// Half of the entries.
    generation: usize,
    /// Two keyed hashes make 128 bits with secret keys: nobody can construct a harmless text that has the
    /// hash of an attack.
    keys: [RandomState; 2],
    entries: Mutex<Generations>,
}

#[derive(Debug, Default)]
struct Generations {
    young: HashMap<Key, TextScores>,
    old: HashMap<Key, TextScores>,
}

type Key = (u64, u64, usize);

impl Cache {
    pub(super) fn new(entries: usize) -> Self {
        let keys = [RandomState::new(), RandomState::new()];
        Self {
            generation: entries.div_ceil(2),
            keys,
            entries: Mutex::default(),
        }
    }

    pub(super) fn get(&self, text: &str) -> Option<TextScores> {
        if self.generation == 0 {
            return None;
        }
        let key = self.key(text);
        let mut entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(scores) = entries.young.get(&key) {
            return Some(scores.clone());
        }
        let scores = entries.old.remove(&key)?;
        self.insert(&mut entries, key, scores.clone());
        Some(scores)
    }

    pub(super) fn put(&self, text: &str, scores: TextScores) {
        if self.generation > 0 {
            let key = self.key(text);
            let mut entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
            self.insert(&mut entries, key, scores);
        }
    }

    fn insert(&self, entries: &mut Generations, key: Key, scores: TextScores) {
        if entries.young.len() >= self.generation {
            entries.old = std::mem::take(&mut entries.young);
        }
        entries.young.insert(key, scores);
    }

    fn key(&self, text: &str) -> Key {
        let [first, second] = &self.keys;
        (first.hash_one(text), second.hash_one(text), text.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_what_is_used_and_stays_small() {
        let cache = Cache::new(4);
        for number in 0..1000 {
            cache.put(&number.to_string(), TextScores::default());
            cache.put("used", cache.get("used").unwrap_or_default());
            assert!(cache.get("used").is_some());
        }
        let entries = cache.entries.lock().unwrap();
        assert!(entries.young.len() <= 2 && entries.old.len() <= 2);
    }

    #[test]
    fn forgets_what_is_not_used() {
        let cache = Cache::new(4);
        cache.put("once", TextScores::default());
        (0..10).for_each(|number| cache.put(&number.to_string(), TextScores::default()));
        assert!(cache.get("once").is_none());
        assert!(cache.get("9").is_some());
    }

    #[test]
    fn can_be_off() {
        let cache = Cache::new(0);
        cache.put("x", TextScores::default());
        assert!(cache.get("x").is_none());
    }
}
