//! Ids of exchanges: 24 digits, unique and sortable by time.
//!
//! Sixteen are the microseconds since 1970, eight belong to this process. Agents pay by the token, and
//! digits are the cheapest text that there is: 8 tokens of o200k_base, where a UUID takes 23.

use std::hash::{BuildHasher, RandomState};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::{Duration, SystemTime};

/// Drawn at the start, so that gates beside each other, and an old and a new one in a restart, differ.
static PROCESS: LazyLock<u64> = LazyLock::new(|| RandomState::new().hash_one(0) % 100_000_000);

/// The time of the last id: no two have the same, even where the clock stands or is set back.
static LAST: AtomicU64 = AtomicU64::new(0);

/// A new id for an exchange.
pub(crate) fn request_id() -> String {
    let now = SystemTime::now()
        .duration_since(SystemTime::UNIX_EPOCH)
        .map_or(0, |since| u64::try_from(since.as_micros()).unwrap_or(0));
    let next = |last: u64| now.max(last + 1);
    let last = LAST.fetch_update(Relaxed, Relaxed, |last| Some(next(last)));
    let time = last.map_or(now, next);
    format!("{time:016}{:08}", *PROCESS)
}

/// When the exchange with this id began; `None` for what is no id.
pub(crate) fn began(id: &str) -> Option<SystemTime> {
    if id.len() != 24 || !id.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let micros = id.get(..16)?.parse().ok()?;
    SystemTime::UNIX_EPOCH.checked_add(Duration::from_micros(micros))
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;
    use std::thread;

    use super::*;

    #[test]
    fn an_id_is_24_digits_that_begin_with_the_time() {
        let id = request_id();
        assert!(
            id.len() == 24 && id.bytes().all(|byte| byte.is_ascii_digit()),
            "{id}"
        );
        let then = began(&id).expect("an id");
        assert!(then.elapsed().is_ok_and(|age| age.as_secs() < 60), "{id}");
    }

    #[test]
    fn ids_of_one_thread_ascend_and_those_of_all_are_unique() {
        let draw = || (0..10_000).map(|_| request_id()).collect::<Vec<_>>();
        let threads: Vec<_> = (0..4).map(|_| thread::spawn(draw)).collect();
        let drawn: Vec<_> = threads
            .into_iter()
            .map(|thread| thread.join().expect("ids"))
            .collect();
        assert!(drawn.iter().all(|ids| ids.is_sorted()));
        assert_eq!(drawn.iter().flatten().collect::<HashSet<_>>().len(), 40_000);
    }
}
