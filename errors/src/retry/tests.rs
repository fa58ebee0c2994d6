use std::time::UNIX_EPOCH;

use proptest::prelude::*;

use super::*;

/// 2026-11-18T11:06:40Z, a Wednesday.
const NOW: u64 = 1_795_000_000;

fn now() -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(NOW)
}

/// Fields as they stand on the wire, a line each.
fn fields(wire: &str) -> HeaderMap {
    let mut fields = HeaderMap::new();
    for line in wire.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (name, value) = line.split_once(':').expect("a field");
        let name: header::HeaderName = name.parse().expect("a name");
        fields.append(
            name,
            HeaderValue::from_bytes(value.trim().as_bytes()).expect("a value"),
        );
    }
    fields
}

/// The wait in milliseconds.
fn waits(wire: &str) -> Option<u128> {
    wait(&fields(wire), now()).map(|wait| wait.as_millis())
}

#[test]
fn retry_after_in_every_form() {
    let table = [
        ("retry-after: 30", Some(30_000)),
        ("Retry-After:  7 ", Some(7_000)),
        ("retry-after: 1.5", Some(1_500)),
        ("retry-after: .5", Some(500)),
        ("retry-after: 0", Some(0)),
        ("retry-after: 20s", Some(20_000)),
        ("retry-after-ms: 1234", Some(1_234)),
        ("retry-after-ms: 87.6", Some(88)),
        // More exact, though less: Azure sends both.
        ("retry-after-ms: 1234\nretry-after: 2", Some(1_234)),
        ("retry-after-ms: soon\nretry-after: 2", Some(2_000)),
        // IMF-fixdate, RFC 850, asctime.
        ("retry-after: Wed, 18 Nov 2026 11:07:10 GMT", Some(30_000)),
        ("retry-after: Wednesday, 18-Nov-26 11:07:10 GMT", Some(30_000)),
        ("retry-after: Wed Nov 18 11:07:10 2026", Some(30_000)),
        ("retry-after: 2026-11-18T12:07:10+01:00", Some(30_000)),
        // In the past.
        ("retry-after: Wed, 21 Oct 2015 07:28:00 GMT", Some(0)),
        // The sender's clock is two hours slow; what it means is thirty seconds.
        (
            "date: Wed, 18 Nov 2026 09:06:40 GMT\nretry-after: Wed, 18 Nov 2026 09:07:10 GMT",
            Some(30_000),
        ),
        (
            "date: yesterday\nretry-after: Wed, 18 Nov 2026 11:07:10 GMT",
            Some(30_000),
        ),
        // Several values.
        ("retry-after: 5\nretry-after: 10", Some(10_000)),
        ("retry-after: 5, 10", Some(10_000)),
        ("retry-after: soon\nretry-after: 10", Some(10_000)),
    ];
    for (wire, wait) in table {
        assert_eq!(waits(wire), wait, "{wire}");
    }
}

#[test]
fn hostile_values() {
    let longest = Some(LONGEST.as_millis());
    let table = [
        ("retry-after: -5", Some(0)),
        ("retry-after: +5", Some(5_000)),
        ("retry-after: NaN", None),
        ("retry-after: inf", None),
        ("retry-after: 1e309", None),
        ("retry-after: 1e3", None),
        ("retry-after: 0x10", None),
        ("retry-after:", None),
        ("retry-after: .", None),
        ("retry-after: -", None),
        ("retry-after: 1.2.3", None),
        ("retry-after: \u{663}", None),
        ("retry-after: 5\u{e9}", None),
        ("retry-after: 99999999999999999999999", longest),
        ("retry-after: 604801", longest),
        ("retry-after: Fri, 31 Dec 9999 23:59:59 GMT", longest),
        ("retry-after: Fri, 99 Foo 2026 25:61:61 GMT", None),
        ("retry-after-ms: -1", Some(0)),
        ("retry-after-ms: 99999999999999999999999", longest),
        ("ratelimit: \"p\";r=0;t=99999999999", longest),
        ("ratelimit: ;;;,,,=,r=;t=", None),
        ("ratelimit: \"a,b;t=5", None),
        ("x-ratelimit-reset: 99999999999999", longest),
        ("x-ratelimit-reset: 1372700873", Some(0)),
        ("x-ratelimit-reset: 5m5", None),
        ("x-ratelimit-reset: 5parsecs", None),
        ("anthropic-ratelimit-tokens-reset: 2026-13-45T99:00:00Z", None),
        ("anthropic-ratelimit-tokens-reset: 9999-12-31T23:59:59Z", longest),
    ];
    for (wire, wait) in table {
        assert_eq!(waits(wire), wait, "{wire}");
    }
    assert_eq!(waits(&format!("retry-after: {}", "9".repeat(400))), longest);
    assert_eq!(waits(&format!("retry-after: {}", "9".repeat(4000))), None);
}

#[test]
fn every_generation_of_the_ratelimit_fields() {
    let table = [
        // Drafts 0 to 6.
        (
            "ratelimit-limit: 100\nratelimit-remaining: 0\nratelimit-reset: 50",
            Some(50_000),
        ),
        (
            "ratelimit-limit: 100, 100;w=60\nratelimit-remaining: 0\nratelimit-reset: 50",
            Some(50_000),
        ),
        (
            "ratelimit-limit: 100\nratelimit-remaining: 12\nratelimit-reset: 50",
            None,
        ),
        ("ratelimit-reset: 50", Some(50_000)),
        // Draft 7.
        (
            "ratelimit-policy: 100;w=60\nratelimit: limit=100, remaining=0, reset=30",
            Some(30_000),
        ),
        ("ratelimit: limit=100, remaining=50, reset=30", None),
        ("ratelimit: limit=100, reset=30", Some(30_000)),
        // Draft 8 and later.
        (
            "ratelimit-policy: \"p\";q=100;w=60\nratelimit: \"p\";r=0;t=30",
            Some(30_000),
        ),
        ("ratelimit: \"p\"; r=0; t=30; pk=:cHJvamVjdA==:", Some(30_000)),
        (
            "ratelimit: \"burst\";r=0;t=10, \"daily\";r=0;t=3600",
            Some(3_600_000),
        ),
        (
            "ratelimit: \"burst\";r=0;t=10, \"daily\";r=5;t=3600",
            Some(10_000),
        ),
        (
            "ratelimit: \"burst\";r=0;t=10\nratelimit: \"daily\";r=0;t=20",
            Some(20_000),
        ),
        ("ratelimit: \"a,b;t=99\";r=0;t=10", Some(10_000)),
        ("ratelimit: \"a\\\",b\";r=0;t=10", Some(10_000)),
        ("ratelimit: default;r=0;t=10", Some(10_000)),
        ("ratelimit: \"p\";r=0", None),
        // Retry-After is the more explicit word.
        ("ratelimit: \"p\";r=0;t=30\nretry-after: 5", Some(5_000)),
    ];
    for (wire, wait) in table {
        assert_eq!(waits(wire), wait, "{wire}");
    }
}

/// Field sets as the providers document them or send them.
#[test]
fn every_provider() {
    let table = [
        (
            "OpenAI, requests spent",
            "x-ratelimit-limit-requests: 60\nx-ratelimit-limit-tokens: 150000\n\
             x-ratelimit-remaining-requests: 0\nx-ratelimit-remaining-tokens: 149984\n\
             x-ratelimit-reset-requests: 1s\nx-ratelimit-reset-tokens: 6m0s\nx-request-id: req_1",
            Some(1_000),
        ),
        (
            "OpenAI, both spent",
            "x-ratelimit-remaining-requests: 0\nx-ratelimit-remaining-tokens: 0\n\
             x-ratelimit-reset-requests: 20ms\nx-ratelimit-reset-tokens: 6m0.5s",
            Some(360_500),
        ),
        (
            "OpenAI, nothing spent: the reason is another",
            "x-ratelimit-remaining-requests: 59\nx-ratelimit-remaining-tokens: 120\n\
             x-ratelimit-reset-requests: 1s\nx-ratelimit-reset-tokens: 59s",
            None,
        ),
        (
            "Azure OpenAI",
            "retry-after-ms: 12750\nretry-after: 13\nx-ratelimit-remaining-requests: 0\n\
             x-ratelimit-reset-requests: 10",
            Some(12_750),
        ),
        (
            "Azure OpenAI without Retry-After",
            "x-ratelimit-remaining-requests: 0\nx-ratelimit-remaining-tokens: 1200\n\
             x-ratelimit-reset-requests: 10\nx-ratelimit-reset-tokens: 44",
            Some(10_000),
        ),
        (
            "Anthropic",
            "retry-after: 11\nanthropic-ratelimit-requests-remaining: 0\n\
             anthropic-ratelimit-requests-reset: 2026-11-18T11:07:00Z",
            Some(11_000),
        ),
        (
            "Anthropic without Retry-After",
            "date: Wed, 18 Nov 2026 11:06:30 GMT\n\
             anthropic-ratelimit-requests-limit: 50\nanthropic-ratelimit-requests-remaining: 49\n\
             anthropic-ratelimit-requests-reset: 2026-11-18T11:06:31Z\n\
             anthropic-ratelimit-input-tokens-limit: 30000\nanthropic-ratelimit-input-tokens-remaining: 0\n\
             anthropic-ratelimit-input-tokens-reset: 2026-11-18T11:07:00.250Z",
            Some(30_250),
        ),
        (
            "Anthropic, unified windows of a subscription",
            "anthropic-ratelimit-unified-status: rejected\n\
             anthropic-ratelimit-unified-5h-status: rejected\n\
             anthropic-ratelimit-unified-5h-reset: 1795003600\n\
             anthropic-ratelimit-unified-7d-status: allowed\n\
             anthropic-ratelimit-unified-7d-reset: 1795360000",
            Some(3_600_000),
        ),
        (
            "Google says it in the body",
            "server: scaffolding on HTTPServer2",
            None,
        ),
        ("Google, the field", "retry-after: 37", Some(37_000)),
        (
            "Cohere",
            "x-ratelimit-limit: 20\nx-ratelimit-remaining: 0\nx-ratelimit-reset: 1795000042",
            Some(42_000),
        ),
        (
            "Mistral",
            "ratelimitbysize-limit: 500000\nratelimitbysize-remaining: 0\nratelimitbysize-reset: 39\n\
             ratelimitbysize-query-cost: 32008\nx-ratelimit-remaining-req-minute: 4",
            Some(39_000),
        ),
        (
            "Groq",
            "retry-after: 2\nx-ratelimit-remaining-requests: 14370\nx-ratelimit-reset-requests: 2m59.56s",
            Some(2_000),
        ),
        (
            "Groq without Retry-After",
            "x-ratelimit-remaining-requests: 14370\nx-ratelimit-remaining-tokens: 0\n\
             x-ratelimit-reset-requests: 2m59.56s\nx-ratelimit-reset-tokens: 7.66s",
            Some(7_660),
        ),
        (
            "GitHub, primary limit",
            "x-ratelimit-limit: 60\nx-ratelimit-remaining: 0\nx-ratelimit-reset: 1795001800\n\
             x-ratelimit-resource: core\nx-ratelimit-used: 60",
            Some(1_800_000),
        ),
        (
            "GitHub, secondary limit",
            "retry-after: 60\nx-ratelimit-remaining: 4999\nx-ratelimit-reset: 1795001800",
            Some(60_000),
        ),
        (
            "OpenRouter",
            "x-ratelimit-limit: 20\nx-ratelimit-remaining: 0\nx-ratelimit-reset: 1795000012500",
            Some(12_500),
        ),
        (
            "Kong",
            "x-ratelimit-limit-minute: 5\nx-ratelimit-remaining-minute: 0\nratelimit-reset: 44\n\
             ratelimit-remaining: 0",
            Some(44_000),
        ),
        (
            "Discord",
            "x-ratelimit-remaining: 0\nx-ratelimit-reset: 1795000001.5\nx-ratelimit-reset-after: 1.5",
            Some(1_500),
        ),
        (
            "no window says what remains: the first to end",
            "x-ratelimit-reset-requests: 1s\nx-ratelimit-reset-tokens: 6m0s",
            Some(1_000),
        ),
        ("nothing said", "content-type: text/html", None),
    ];
    for (provider, wire, wait) in table {
        assert_eq!(waits(wire), wait, "{provider}");
    }
}

#[test]
fn only_the_exact_words_are_a_verdict() {
    assert_eq!(asked(&fields("x-should-retry: true")), Some(true));
    assert_eq!(asked(&fields("x-should-retry: false")), Some(false));
    for odd in ["True", "FALSE", "0", "yes", "", "true, false"] {
        assert_eq!(asked(&fields(&format!("x-should-retry: {odd}"))), None, "{odd}");
    }
    assert_eq!(asked(&HeaderMap::new()), None);
}

#[test]
fn methods_that_may_be_repeated() {
    let repeatable: Vec<_> = [
        "GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE", "POST", "PATCH", "CONNECT", "QUERY",
    ]
    .into_iter()
    .filter(|name| is_idempotent(&name.parse().expect("a method")))
    .collect();
    assert_eq!(
        repeatable,
        ["GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE", "QUERY"]
    );
}

/// Names that are read, and values with far more of what is special than chance would bring.
fn field() -> impl Strategy<Value = (&'static str, Vec<u8>)> {
    let name = prop::sample::select(
        &[
            "date",
            "retry-after",
            "retry-after-ms",
            "ratelimit",
            "ratelimit-reset",
            "ratelimit-remaining",
            "x-ratelimit-reset",
            "x-ratelimit-remaining",
            "x-ratelimit-reset-tokens",
            "x-ratelimit-remaining-tokens",
            "anthropic-ratelimit-tokens-reset",
            "anthropic-ratelimit-tokens-remaining",
        ][..],
    );
    let value = prop_oneof![
        prop::collection::vec(any::<u8>(), 0..20),
        "-?[0-9]{0,25}(\\.[0-9]{0,5})?".prop_map(String::into_bytes),
        "([0-9.]{1,5}(ms|[hmsd])){1,4}".prop_map(String::into_bytes),
        "(\"[a-z,;]*\";r=-?[0-9]{0,3};t=-?[0-9]{0,20},?){1,3}".prop_map(String::into_bytes),
        "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?Z".prop_map(String::into_bytes),
        "(Mon|Wed|Sun), [0-9]{2} (Jan|Nov|Dec) [0-9]{4} [0-9]{2}:[0-9]{2}:[0-9]{2} GMT"
            .prop_map(String::into_bytes),
    ];
    (name, value)
}

proptest! {
    #[test]
    fn whatever_the_fields_the_wait_is_bounded(some in prop::collection::vec(field(), 0..8), now in any::<u32>()) {
        let mut fields = HeaderMap::new();
        for (name, value) in some {
            if let Ok(value) = HeaderValue::from_bytes(&value) {
                fields.append(name, value);
            }
        }
        let wait = wait(&fields, UNIX_EPOCH + Duration::from_secs(now.into()));
        prop_assert!(wait.is_none_or(|wait| wait <= LONGEST));
    }

    #[test]
    fn whole_seconds_come_through(seconds in 0..=604_800_u64) {
        prop_assert_eq!(waits(&format!("retry-after: {seconds}")), Some(u128::from(seconds) * 1000));
        let date = httpdate::fmt_http_date(now() + Duration::from_secs(seconds));
        prop_assert_eq!(waits(&format!("retry-after: {date}")), Some(u128::from(seconds) * 1000));
        prop_assert_eq!(waits(&format!("x-ratelimit-reset: {}", NOW + seconds)), Some(u128::from(seconds) * 1000));
    }
}
