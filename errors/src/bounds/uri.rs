//! URI references (RFC 3986) out of any text.

use std::fmt::Write;

/// Longest URI reference, in bytes.
const URI: usize = 512;

/// A URI reference: what the grammar does not allow, anywhere or in its place, is percent-encoded.
pub(crate) fn uri(raw: &str) -> String {
    let uri = encoded(raw, b"");
    if is_absolute(&uri) || (uri.starts_with('/') && !uri.starts_with("//")) {
        return uri;
    }
    // A relative path, in which a colon would read as the end of a scheme and two slashes as a host.
    encoded(raw.trim_start_matches('/'), b":")
}

/// The beginning of an http or https URL, to put an absolute path behind; empty if `raw` is none.
pub(crate) fn origin(raw: &str) -> String {
    let origin = encoded(raw.trim_end_matches('/'), b"?#");
    let web = origin.starts_with("https://") || origin.starts_with("http://");
    if web && is_absolute(&origin) {
        origin
    } else {
        String::new()
    }
}

/// Percent-encodes whatever is allowed nowhere, and what is in `more`.
fn encoded(raw: &str, more: &[u8]) -> String {
    let mut uri = String::with_capacity(raw.len().min(URI));
    let mut fragment = false;
    for (at, byte) in raw.bytes().enumerate() {
        let plain = match byte {
            b if more.contains(&b) => false,
            b'%' => raw
                .as_bytes()
                .get(at + 1..at + 3)
                .is_some_and(|hex| hex.iter().all(u8::is_ascii_hexdigit)),
            b'#' => !std::mem::replace(&mut fragment, true),
            b => b.is_ascii_alphanumeric() || b"-._~:/?@!$&'()*+,;=".contains(&b),
        };
        if uri.len() + if plain { 1 } else { 3 } > URI {
            // Not in the middle of what was encoded before.
            let end = uri.len().saturating_sub(2);
            if let Some(cut) = uri.get(end..).and_then(|end| end.find('%')) {
                uri.truncate(end + cut);
            }
            break;
        }
        if plain {
            uri.push(char::from(byte));
        } else {
            let _ = write!(uri, "%{byte:02X}");
        }
    }
    uri
}

/// Whether what is encoded already begins with a scheme, and with a host where it has two slashes.
fn is_absolute(uri: &str) -> bool {
    let Some((scheme, rest)) = uri.split_once(':') else {
        return false;
    };
    let named = scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
    let Some(rest) = rest.strip_prefix("//") else {
        return named;
    };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let (name, port) = host.split_once(':').unwrap_or((host, ""));
    named
        && !name.is_empty()
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte))
        && port.len() <= 5
        && port.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn uris_are_percent_encoded_and_bounded() {
        for same in [
            "urn:uuid:0190-aa",
            "/a/b:c?d#e",
            "https://a.example:8443/x%20y",
            "a/b",
            "",
        ] {
            assert_eq!(uri(same), same);
        }
        assert_eq!(uri("/a b\"<é\n"), "/a%20b%22%3C%C3%A9%0A");
        assert_eq!(uri("/100%/%2/%2f"), "/100%25/%252/%2f");
        assert_eq!(uri("#a#b"), "#a%23b");
        assert_eq!(uri("1:a"), "1%3Aa");
        assert_eq!(uri("//host/a"), "host/a");
        assert_eq!(uri("a://b:c:d"), "a%3A//b%3Ac%3Ad");
        assert_eq!(uri(&" ".repeat(10_000)).len(), URI / 3 * 3);
        assert_eq!(uri(&format!("{}%20", "a".repeat(URI - 2))).len(), URI - 2);
    }

    #[test]
    fn only_the_beginning_of_a_web_address_is_an_origin() {
        assert_eq!(origin("https://gate.example/"), "https://gate.example");
        assert_eq!(
            origin("http://127.0.0.1:8080/prefix/"),
            "http://127.0.0.1:8080/prefix"
        );
        for other in [
            "",
            "gate.example",
            "ftp://a",
            "https://",
            "https://a b",
            "https://a:b",
            "javascript:alert(1)",
        ] {
            assert_eq!(origin(other), "", "{other}");
        }
    }
}
