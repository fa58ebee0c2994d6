use std::collections::HashMap;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use lockgate_config::RateLimit;
use proptest::prelude::*;

use super::{Key, Limiter, network};
use crate::exchange::Exchange;

fn limit(text: &str) -> RateLimit {
    let file = format!(
        "upstreams: {{x: {{url: 'http://127.0.0.1:1'}}}}\nroutes: [{{name: x, upstream: x}}]\n\
         rules: {{default: {{list: [{{name: a, action: rate_limit, limit: {text}}}]}}}}\n"
    );
    let config = lockgate_config::parse(&file, "test.yaml", &|_| None).expect("a configuration");
    config.rules["default"].list[0].limit.clone().expect("a limit")
}

/// A limiter and a clock that only moves when it is told to.
struct Fake {
    limiter: Limiter,
    start: Instant,
}

impl Fake {
    fn new(text: &str, keys: usize) -> Self {
        let limiter = Limiter::new(limit(text), keys);
        let start = limiter.started;
        Self { limiter, start }
    }

    fn at(&self, milliseconds: u64) -> Instant {
        self.start + Duration::from_millis(milliseconds)
    }

    /// Takes at this time, and gives the wait in milliseconds where there is nothing to take.
    fn take(&self, key: u64, milliseconds: u64) -> Result<(), u64> {
        let taken = self.limiter.take(Key(key), self.at(milliseconds));
        taken.map_err(|wait| u64::try_from(wait.as_millis()).expect("a short wait"))
    }

    fn left(&self, key: u64, milliseconds: u64) -> (u64, u64) {
        let standing = self.limiter.standing(Key(key), self.at(milliseconds));
        (
            standing.left,
            u64::try_from(standing.next.as_millis()).expect("a short wait"),
        )
    }
}

#[test]
fn a_burst_passes_and_then_one_for_each_that_comes_back() {
    let fake = Fake::new("{ requests: 10, per: 1s, burst: 3 }", 9);
    assert_eq!(
        [(); 4].map(|()| fake.take(1, 0)),
        [Ok(()), Ok(()), Ok(()), Err(100)]
    );
    assert_eq!(fake.take(1, 99), Err(1));
    assert_eq!(fake.take(1, 100), Ok(()));
    assert_eq!(fake.take(1, 150), Err(50));
    // Saved up, but never more than the burst.
    assert_eq!(
        [(); 4].map(|()| fake.take(1, 99_000)),
        [Ok(()), Ok(()), Ok(()), Err(100)]
    );
}

#[test]
fn keys_are_counted_apart() {
    let fake = Fake::new("{ requests: 1, per: 1m }", 9);
    assert_eq!(fake.take(1, 0), Ok(()));
    assert_eq!(fake.take(2, 0), Ok(()));
    assert_eq!(fake.take(1, 1000), Err(59_000));
}

#[test]
fn what_is_left_is_told_without_taking_it() {
    let fake = Fake::new("{ requests: 60, per: 1m, burst: 3 }", 9);
    assert_eq!(fake.left(1, 0), (3, 0));
    for expected in [(2, 1000), (1, 1000), (0, 1000)] {
        fake.take(1, 0).expect("it is there");
        assert_eq!(fake.left(1, 0), expected);
    }
    assert_eq!(fake.left(1, 400), (0, 600));
    assert_eq!(fake.left(1, 1400), (1, 600));
    assert_eq!(fake.left(1, 3000), (3, 0));
}

#[test]
fn a_limit_of_any_size_holds() {
    // Both fill in more time than the clock has; neither may come out as no limit at all.
    for text in [
        "{ requests: 1, per: 744h, burst: 1000000 }",
        "{ requests: 1000000, per: 1ms }",
    ] {
        let fake = Fake::new(text, 9);
        let passed = (0..2_000_000).take_while(|_| fake.take(1, 0).is_ok()).count();
        assert!(passed <= 1_000_000, "{text}: {passed}");
    }
}

/// Without room for their own, all that come late share one bucket; nobody who has one loses it.
#[test]
fn keys_beyond_the_bound_share_one_bucket() {
    let fake = Fake::new("{ requests: 2, per: 1m }", 2);
    assert_eq!(fake.take(1, 0), Ok(()));
    assert_eq!(fake.take(2, 0), Ok(()));
    assert_eq!(
        [3, 4, 5].map(|key| fake.take(key, 0)),
        [Ok(()), Ok(()), Err(30_000)]
    );
    assert_eq!(fake.left(6, 0), (0, 30_000));
    assert_eq!([1, 1].map(|key| fake.take(key, 0)), [Ok(()), Err(30_000)]);
    assert_eq!(fake.limiter.table().len(), 2);
    // The bucket of 2 is full again, and 3 gets its place: with what the shared bucket has, which it took from.
    assert_eq!([3, 3].map(|key| fake.take(key, 30_000)), [Ok(()), Err(30_000)]);
    assert_eq!(fake.limiter.table().len(), 2);
    assert_eq!(fake.take(2, 30_000), Ok(()));
    assert_eq!(fake.take(2, 30_000), Err(30_000), "2 is a newcomer now");
}

#[test]
fn full_buckets_are_forgotten() {
    let fake = Fake::new("{ requests: 1, per: 1s }", 1000);
    for key in 0..1000 {
        fake.take(key, 0).expect("it is there");
    }
    assert_eq!(fake.limiter.table().len(), 1000);
    for key in 0..600 {
        fake.take(10_000 + key, 2000).expect("it is there");
    }
    assert!(
        fake.limiter.table().len() <= 601,
        "{}",
        fake.limiter.table().len()
    );
}

#[test]
fn a_customer_is_one_address_or_the_first_half_of_one() {
    let together =
        |a: &str, b: &str| network(a.parse().expect("an address")) == network(b.parse().expect("an address"));
    assert!(together("2001:db8:1:2::1", "2001:db8:1:2:ffff::9"));
    assert!(!together("2001:db8:1:2::1", "2001:db8:1:3::1"));
    assert!(!together("192.0.2.1", "192.0.2.2"));
    assert!(together("::ffff:192.0.2.1", "192.0.2.1"));
    assert!(!together("::ffff:192.0.2.1", "::ffff:192.0.2.2"));
}

fn exchange(client: &str, headers: &[(&str, &str)]) -> Exchange {
    let mut exchange = Exchange::new(None);
    exchange.client = Some(client.parse::<SocketAddr>().expect("an address"));
    let headers = headers
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    exchange.request.headers = headers.collect();
    exchange
}

#[test]
fn keys_are_made_of_what_the_limit_names() {
    let by = |by: &str| Limiter::new(limit(&format!("{{ requests: 1, per: 1s, by: {by} }}")), 9);
    let plain = exchange("192.0.2.1:1000", &[]);
    let other_port = exchange("192.0.2.1:2000", &[("x-key", "a")]);
    let other_address = exchange("192.0.2.2:1000", &[("x-key", "a")]);
    let other_value = exchange("192.0.2.1:1000", &[("x-key", "b")]);
    let together = |limiter: &Limiter, a: &Exchange, b: &Exchange| limiter.key(a) == limiter.key(b);

    let limiter = by("client_ip");
    assert!(together(&limiter, &plain, &other_port));
    assert!(!together(&limiter, &plain, &other_address));
    let limiter = by("header:x-key");
    assert!(together(&limiter, &other_port, &other_address));
    assert!(!together(&limiter, &other_port, &other_value));
    assert!(!together(&limiter, &plain, &other_value));
    assert!(together(
        &limiter,
        &plain,
        &exchange("192.0.2.9:1", &[("x-other", "a")])
    ));
    let limiter = by("[client_ip, 'header:x-key']");
    assert!(!together(&limiter, &other_port, &other_address));
    assert!(!together(&limiter, &other_port, &other_value));
    let limiter = by("route");
    assert!(together(&limiter, &plain, &other_address));
}

/// What one header says cannot pass for what two say.
#[test]
fn values_do_not_run_into_each_other() {
    let limiter = Limiter::new(limit("{ requests: 1, per: 1s, by: ['header:a', 'header:b'] }"), 9);
    let key = |headers: &[(&str, &str)]| limiter.key(&exchange("192.0.2.1:1", headers)).0;
    let keys = [
        key(&[("a", "xy")]),
        key(&[("b", "xy")]),
        key(&[("a", "x"), ("b", "y")]),
        key(&[("a", "x"), ("a", "y")]),
        key(&[("b", "x"), ("b", "y")]),
        key(&[]),
    ];
    let apart: std::collections::HashSet<u64> = keys.into();
    assert_eq!(apart.len(), keys.len());
}

proptest! {
    /// In no stretch of time does a key get more than the burst and what came back meanwhile, however many other keys
    /// there are and however little room.
    #[test]
    fn never_more_than_the_burst_and_what_came_back(
        (requests, per, burst) in (1..50_u64, 1..5000_u64, 1..20_u64),
        room in 1..6_usize,
        arrivals in prop::collection::vec((0..8_u64, 0..400_u64), 1..300),
    ) {
        let fake = Fake::new(&format!("{{ requests: {requests}, per: {per}ms, burst: {burst} }}"), room);
        let mut now = 0;
        let mut passed: HashMap<u64, Vec<u64>> = HashMap::new();
        for (key, later) in arrivals {
            now += later;
            if fake.take(key, now).is_ok() {
                passed.entry(key).or_default().push(now);
            }
            prop_assert!(fake.limiter.table().len() <= room);
        }
        for times in passed.values() {
            for (n, from) in times.iter().enumerate() {
                for (m, to) in times.iter().enumerate().skip(n) {
                    let count = (m - n + 1) as u64;
                    let came_back = u128::from(to - from) * u128::from(requests) / u128::from(per);
                    prop_assert!(u128::from(count) <= u128::from(burst) + came_back, "{count} in {from}..{to}");
                }
            }
        }
    }

    /// Who waits as long as told, and no longer, gets through; who comes a moment earlier does not.
    #[test]
    fn the_wait_is_exact(
        (requests, per, burst) in (1..50_u64, 1..5000_u64, 1..20_u64),
        arrivals in prop::collection::vec(0..300_u64, 1..100),
    ) {
        let fake = Fake::new(&format!("{{ requests: {requests}, per: {per}ms, burst: {burst} }}"), 4);
        let mut now = fake.start;
        for later in arrivals {
            now += Duration::from_millis(later);
            if let Err(wait) = fake.limiter.take(Key(1), now) {
                prop_assert_eq!(fake.limiter.standing(Key(1), now).next, wait);
                now += wait - Duration::from_nanos(1);
                prop_assert!(fake.limiter.take(Key(1), now).is_err());
                now += Duration::from_nanos(1);
                prop_assert!(fake.limiter.take(Key(1), now).is_ok());
            }
        }
    }

    /// Taking and telling agree.
    #[test]
    fn what_is_said_to_be_left_is_there(
        (requests, per, burst) in (1..50_u64, 1..5000_u64, 1..20_u64),
        arrivals in prop::collection::vec((0..6_u64, 0..300_u64), 1..100),
    ) {
        let fake = Fake::new(&format!("{{ requests: {requests}, per: {per}ms, burst: {burst} }}"), 3);
        let mut now = 0;
        for (key, later) in arrivals {
            now += later;
            let (left, _) = fake.left(key, now);
            prop_assert!(left <= burst);
            let takes = (0..=left).map(|_| fake.take(key, now).is_ok()).collect::<Vec<_>>();
            let (last, rest) = takes.split_last().expect("at least one");
            prop_assert!(rest.iter().all(|taken| *taken) && !last, "{left}: {takes:?}");
        }
    }
}
