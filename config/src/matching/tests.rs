use proptest::prelude::*;

use super::*;

fn host(pattern: &str) -> HostPattern {
    pattern.parse().unwrap()
}

fn prefix(text: &str) -> PathPrefix {
    text.parse().unwrap()
}

#[test]
fn hosts_match() {
    assert!(host("*").matches("anything:1") && host("*").matches(""));
    assert!(host("Api.Example.com").matches("api.EXAMPLE.com:8080"));
    assert!(!host("api.example.com").matches("api.example.com.evil.net"));
    assert!(host("*.example.com").matches("a.b.example.com"));
    for other in [
        "example.com",
        ".example.com",
        "evilexample.com",
        "a.example.com.evil.net",
        "",
    ] {
        assert!(!host("*.example.com").matches(other), "{other}");
    }
    assert!(host("[::1]").matches("[::1]:8080") && host("[::1]").matches("[::1]"));
}

#[test]
fn bad_hosts_are_refused() {
    for text in ["", "a:80", "*.", "a.*.b", "**", "a b", ".a", "http://a", "*.*.a"] {
        assert!(text.parse::<HostPattern>().is_err(), "{text}");
    }
}

#[test]
fn paths_match_by_whole_segments() {
    assert!(prefix("/").matches("/") && prefix("/").matches("/v1"));
    assert!(prefix("/v1").matches("/v1") && prefix("/v1").matches("/v1/chat"));
    assert!(!prefix("/v1").matches("/v10") && !prefix("/v1").matches("/"));
    assert!(prefix("/v1/").matches("/v1/chat") && prefix("/v1/").matches("/v1"));
    for text in ["", "v1", "/a?b", "/a#b", "/*", "/a b", "//", "/a//b"] {
        assert!(text.parse::<PathPrefix>().is_err(), "{text}");
    }
}

#[test]
fn what_is_covered() {
    assert!(host("*").covers(&host("a.b")) && !host("a.b").covers(&host("*")));
    assert!(
        host("*.b").covers(&host("a.b"))
            && host("*.b").covers(&host("*.a.b"))
            && host("*.b").covers(&host("*.b"))
    );
    assert!(!host("*.a.b").covers(&host("*.b")) && !host("a.b").covers(&host("*.a.b")));
    assert!(prefix("/").covers(&prefix("/v1")) && !prefix("/v1").covers(&prefix("/")));
}

proptest! {
    #[test]
    fn any_host_is_safe(pattern in "[a-b.*:\\[\\]é]{0,8}", asked in "[a-b.:\\[\\]é]{0,10}") {
        if let Ok(pattern) = pattern.parse::<HostPattern>() {
            pattern.matches(&asked);
            prop_assert_eq!(pattern.to_string().parse(), Ok(pattern));
        }
    }

    #[test]
    fn a_cover_takes_all_that_is_covered(a in "(/[ab]){1,2}/?|/", b in "(/[ab]){1,3}|/", asked in "/[ab/]{0,6}") {
        let (a, b) = (prefix(&a), prefix(&b));
        if a.covers(&b) && b.matches(&asked) {
            prop_assert!(a.matches(&asked), "{a} {b} {asked}");
        }
    }
}
