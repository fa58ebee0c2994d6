use proptest::prelude::*;

use super::*;

fn url(text: &str) -> UpstreamUrl {
    text.parse().unwrap()
}

#[test]
fn urls_are_read() {
    let api = url("https://API.example.com/base/");
    assert!(api.is_tls());
    assert_eq!(
        (api.host(), api.port(), api.prefix()),
        ("api.example.com", 443, "/base")
    );
    assert_eq!(
        (api.authority(), api.to_string()),
        ("api.example.com".into(), "https://api.example.com/base".into())
    );
    let local = url("http://127.0.0.1:8081");
    assert_eq!(
        (local.port(), local.prefix(), local.authority()),
        (8081, "", "127.0.0.1:8081".into())
    );
    let six = url("http://[::1]:81/");
    assert_eq!((six.host(), six.authority()), ("::1", "[::1]:81".into()));
    assert!(six.is_loopback() && local.is_loopback() && !api.is_loopback());
    assert_eq!(url("http://a:80").authority(), "a");
}

#[test]
fn bad_urls_are_refused() {
    for (text, error) in [
        ("", UrlError::Scheme),
        ("ftp://a", UrlError::Scheme),
        ("HTTP://a", UrlError::Scheme),
        ("http://", UrlError::Host),
        ("http:///a", UrlError::Host),
        ("http://a b", UrlError::Host),
        ("http://é", UrlError::Host),
        ("http://[::1", UrlError::Host),
        ("http://[x]", UrlError::Host),
        ("http://user:pass@a", UrlError::UserInfo),
        ("http://a:0", UrlError::Port),
        ("http://a:", UrlError::Port),
        ("http://a:65536", UrlError::Port),
        ("http://[::1]81", UrlError::Port),
        ("http://a/?q", UrlError::Path),
        ("http://a?q", UrlError::Path),
        ("http://a/b c", UrlError::Path),
        ("http://a/\r\nx", UrlError::Path),
    ] {
        assert_eq!(text.parse::<UpstreamUrl>(), Err(error), "{text}");
    }
}

proptest! {
    #[test]
    fn what_is_read_survives_a_round_trip(text in "https?://[a-z0-9.:/\\[\\]@?é-]{0,20}") {
        if let Ok(url) = text.parse::<UpstreamUrl>() {
            prop_assert_eq!(url.to_string().parse(), Ok(url));
        }
    }
}
