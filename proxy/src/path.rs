//! The path as the gate reads it.
//!
//! `/v1/chat/completion%73`, `/v1//chat/completions` and `/x/../v1/chat/completions` are one place to most
//! upstreams, so they must be one place to routes, rules and discovery too, or a client could choose not to be
//! scanned.  Only the gate's own reading is normalised; the upstream gets the target as it was sent.

/// The path with needless escapes decoded, empty segments dropped and dot segments resolved
/// (RFC 3986 section 6.2.2).  An escaped slash stays escaped: it is data.
pub(crate) fn canonical(path: &str) -> String {
    let decoded = decode(path);
    let mut segments: Vec<&str> = Vec::new();
    for segment in decoded.split('/') {
        match segment {
            "" | "." => {}
            ".." => drop(segments.pop()),
            _ => segments.push(segment),
        }
    }
    let trailing = decoded.ends_with('/') && !segments.is_empty();
    format!("/{}{}", segments.join("/"), if trailing { "/" } else { "" })
}

/// Decodes the escapes of characters that may stand in a path as they are.
fn decode(path: &str) -> String {
    let mut decoded = String::with_capacity(path.len());
    let mut rest = path;
    while let Some(at) = rest.find('%') {
        let (before, escape) = rest.split_at(at);
        decoded.push_str(before);
        match escape
            .get(1..3)
            .and_then(|digits| u8::from_str_radix(digits, 16).ok())
            .filter(|b| is_plain(*b))
        {
            Some(byte) => {
                decoded.push(char::from(byte));
                rest = &escape[3..];
            }
            None => {
                decoded.push('%');
                rest = &escape[1..];
            }
        }
    }
    decoded.push_str(rest);
    decoded
}

/// Unreserved characters, sub-delimiters, `:` and `@` (RFC 3986 `pchar`).
fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@".contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::canonical;

    #[test]
    fn ways_to_write_a_path_are_one_path() {
        let cases = [
            ("", "/"),
            ("/", "/"),
            ("/v1/chat/completions", "/v1/chat/completions"),
            ("/v1/chat/completion%73", "/v1/chat/completions"),
            ("/%76%31//chat/./completions", "/v1/chat/completions"),
            ("/x/%2e%2E/v1/messages/", "/v1/messages/"),
            ("/../../v1", "/v1"),
            ("/models/g%3AgenerateContent", "/models/g:generateContent"),
            ("/a%2Fb", "/a%2Fb"),
            ("/a%00%zz%", "/a%00%zz%"),
            ("/%+1/%é", "/%+1/%é"),
        ];
        for (path, expected) in cases {
            assert_eq!(canonical(path), expected, "{path}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_path_has_a_canonical_form(path in ".{0,200}") {
            let once = canonical(&path);
            proptest::prop_assert!(once.starts_with('/'));
            proptest::prop_assert!(!once.contains("//") && !once.split('/').any(|s| s == ".."));
        }
    }
}
