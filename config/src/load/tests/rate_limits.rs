//! Rules with `action: rate_limit`.

use super::{env, fails, works};
use crate::{Duration, LimitKey, LimitPart, RateLimit, explain};

fn limited(limit: &str) -> String {
    format!("rules:\n  default:\n    list:\n      - {{ name: a, action: rate_limit, limit: {limit} }}\n")
}

fn limit(text: &str) -> RateLimit {
    let config = works(&limited(text));
    config.rules["default"].list[0].limit.clone().unwrap()
}

#[test]
fn what_is_left_out_has_its_default() {
    let plain = limit("{ requests: 60, per: 1m }");
    assert_eq!(
        plain,
        RateLimit {
            requests: 60,
            per: Duration::from_secs(60),
            burst: None,
            by: LimitKey(vec![LimitPart::ClientIp]),
        }
    );
    assert_eq!(plain.burst(), 60);
    assert_eq!(limit("{ requests: 60, per: 1m, burst: 5 }").burst(), 5);
    assert_eq!(works("").limits.rate_limit_keys, 100_000);
}

#[test]
fn requests_are_told_apart_by_one_part_or_several() {
    let by = |text: &str| limit(&format!("{{ requests: 1, per: 1s, by: {text} }}")).by.0;
    assert_eq!(by("route"), [LimitPart::Route]);
    assert_eq!(
        by("header:X-Api-Key"),
        [LimitPart::Header("x-api-key".to_owned())]
    );
    assert_eq!(by("[client_ip, route]"), [LimitPart::ClientIp, LimitPart::Route]);
}

#[test]
fn what_was_written_is_what_is_shown() {
    let config = works(&limited(
        "{ requests: 60, per: 1m, burst: 5, by: [client_ip, 'header:x-team'] }",
    ));
    let shown = serde_json::to_value(&config.rules["default"].list[0].limit).unwrap();
    assert_eq!(
        shown,
        serde_json::json!({"requests": 60, "per": "1m", "burst": 5, "by": ["client_ip", "header:x-team"]})
    );
    let words = explain(&config);
    let line = words.lines().find(|line| line.contains("1. a")).unwrap();
    assert_eq!(
        line.trim(),
        "1. a: always, refuse it beyond 60 requests per 1m, 5 at once, by client_ip and header:x-team"
    );
}

#[test]
fn what_came_from_the_environment_is_not_shown() {
    assert_eq!(env("SEVEN").as_deref(), Some("7"));
    let config = works(&limited(
        "{ requests: \"${SEVEN}\", per: \"${SEVEN}s\", by: \"header:x-${SEVEN}\" }",
    ));
    let limit = config.rules["default"].list[0].limit.as_ref().unwrap();
    assert_eq!((limit.requests, limit.per), (7, Duration::from_secs(7)));
    let words = explain(&config);
    assert!(
        words.contains("${SEVEN} requests per ${SEVEN}s") && words.contains("by header:x-${SEVEN}"),
        "{words}"
    );
}

#[test]
fn the_limit_in_a_sentence() {
    let words = |text: &str| limit(text).to_string();
    assert_eq!(words("{ requests: 1, per: 1h }"), "1 request per 1h");
    assert_eq!(words("{ requests: 9, per: 90s, burst: 9 }"), "9 requests per 90s");
    assert_eq!(
        words("{ requests: 9, per: 1s, burst: 2 }"),
        "9 requests per 1s (at most 2 at once)"
    );
    let by = |text: &str| {
        limit(&format!("{{ requests: 1, per: 1s, by: {text} }}"))
            .by
            .to_string()
    };
    assert_eq!(by("client_ip"), "this client");
    assert_eq!(by("[header:x-api-key, route]"), "this x-api-key and this route");
}

#[test]
fn a_limit_is_there_where_it_is_needed_and_nowhere_else() {
    insta::assert_snapshot!(fails("rules:\n  default:\n    list:\n      - name: a\n        action: rate_limit\n      - name: b\n        action: block\n        limit: { requests: 1, per: 1s }\n"), @"
    lockgate.yaml:6:9: `rules.default.list[0].limit`: a rule with `action: rate_limit` needs a limit, such as { requests: 60, per: 1m }
    lockgate.yaml:10:9: `rules.default.list[1].limit`: only a rule with `action: rate_limit` has a limit
    ");
}

#[test]
fn numbers_that_cannot_be() {
    insta::assert_snapshot!(fails(&limited("{ requests: 0, per: 0s, burst: 2000000, by: [] }")), @"
    lockgate.yaml:6:59: `rules.default.list[0].limit.requests`: has to be from 1 to 1000000
    lockgate.yaml:6:67: `rules.default.list[0].limit.per`: has to be longer than nothing, and at most 744h (31 days)
    lockgate.yaml:6:78: `rules.default.list[0].limit.burst`: has to be from 1 to 1000000
    lockgate.yaml:6:87: `rules.default.list[0].limit.by`: an empty list; leave it out to tell requests apart by client_ip
    ");
    insta::assert_snapshot!(fails(&limited("{ requests: -1, per: 1s }")), @"
    lockgate.yaml:6:59: `rules.default.list[0].limit.requests`: found the number -1, expected a whole number, not negative
    ");
    insta::assert_snapshot!(fails(&limited("{ requests: 1, per: 745h }")), @"
    lockgate.yaml:6:67: `rules.default.list[0].limit.per`: has to be longer than nothing, and at most 744h (31 days)
    ");
    insta::assert_snapshot!(fails("limits: { rate_limit_keys: 0 }\n"), @"
    lockgate.yaml:3:28: `limits.rate_limit_keys`: has to be more than nothing
    ");
}

#[test]
fn keys_that_are_not_there_or_not_known() {
    insta::assert_snapshot!(fails(&limited("{ request: 60, per: 1m }")), @"
    lockgate.yaml:6:49: unknown key `request` in `rules.default.list[0].limit`; did you mean `requests`? Known keys: requests, per, burst, by
    ");
    insta::assert_snapshot!(fails(&limited("{ requests: 60 }")), @"
    lockgate.yaml:6:47: missing key `per` in `rules.default.list[0].limit`
    ");
    insta::assert_snapshot!(fails(&limited("60")), @"
    lockgate.yaml:6:47: `rules.default.list[0].limit`: found a number, expected a mapping of keys to values
    ");
}

#[test]
fn parts_that_there_are_not() {
    insta::assert_snapshot!(fails(&limited("{ requests: 1, per: 1s, by: client }")), @"
    lockgate.yaml:6:75: `rules.default.list[0].limit.by`: unknown value `client`; did you mean `client_ip`? Known values: client_ip, header:<name>, route
    ");
    insta::assert_snapshot!(fails(&limited("{ requests: 1, per: 1s, by: [route, \"header:x y\"] }")), @"
    lockgate.yaml:6:83: `rules.default.list[0].limit.by[1]`: `header:` is followed by the name of a header, such as `header:x-api-key`
    ");
    insta::assert_snapshot!(fails(&limited("{ requests: 1, per: 1s, by: 4 }")), @"
    lockgate.yaml:6:75: `rules.default.list[0].limit.by`: found the number 4, expected client_ip, route, header:<name>, or a list of them
    ");
}
