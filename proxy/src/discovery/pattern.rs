//! Paths with their variable parts taken out, so that `/users/1` and `/users/2` are one endpoint.

/// Longest pattern that is kept; the rest of a path is cut.
const MAX_BYTES: usize = 256;
const MAX_SEGMENTS: usize = 16;

/// The pattern of a path: numbers become `{id}`, UUIDs `{uuid}`, long hexadecimal `{hex}`, other ids `{token}`,
/// and the name in front of a Gemini method `{model}`.
pub(super) fn of(path: &str) -> String {
    let mut pattern = String::with_capacity(path.len().min(MAX_BYTES));
    for (index, segment) in path.split('/').skip(1).enumerate() {
        if index == MAX_SEGMENTS || pattern.len() + segment.len() > MAX_BYTES {
            pattern.push_str("/…");
            return pattern;
        }
        pattern.push('/');
        match segment.split_once(':') {
            Some((_, method)) if !method.is_empty() && method.bytes().all(|b| b.is_ascii_alphabetic()) => {
                pattern.push_str("{model}:");
                pattern.push_str(method);
            }
            _ => pattern.push_str(variable(segment).unwrap_or(segment)),
        }
    }
    if pattern.is_empty() {
        "/".to_owned()
    } else {
        pattern
    }
}

fn variable(segment: &str) -> Option<&'static str> {
    let bytes = segment.as_bytes();
    if bytes.is_empty() {
        return None;
    }
    if bytes.iter().all(u8::is_ascii_digit) {
        return Some("{id}");
    }
    if is_uuid(bytes) {
        return Some("{uuid}");
    }
    if bytes.len() >= 16 && bytes.iter().all(u8::is_ascii_hexdigit) {
        return Some("{hex}");
    }
    let digits = bytes.iter().filter(|b| b.is_ascii_digit()).count();
    let token = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'~');
    // Words of an API are short or have no digits; `gpt-4o-mini` stays, `chatcmpl-9aKx03Lq2ZbT7vQd` does not.
    (bytes.len() >= 16 && digits >= 3 && bytes.iter().all(token)).then_some("{token}")
}

fn is_uuid(bytes: &[u8]) -> bool {
    bytes.len() == 36
        && bytes.iter().enumerate().all(|(at, b)| match at {
            8 | 13 | 18 | 23 => *b == b'-',
            _ => b.is_ascii_hexdigit(),
        })
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn variable_parts_are_taken_out() {
        let cases = [
            ("/", "/"),
            ("", "/"),
            ("/v1/chat/completions", "/v1/chat/completions"),
            ("/users/42/orders/7", "/users/{id}/orders/{id}"),
            ("/files/0190f6ac-7d3a-7e2b-8c11-0242ac120002", "/files/{uuid}"),
            ("/blobs/9f86d081884c7d659a2feaa0c55ad015", "/blobs/{hex}"),
            (
                "/v1/chat/completions/chatcmpl-9aKx03Lq2ZbT7vQd",
                "/v1/chat/completions/{token}",
            ),
            (
                "/v1beta/models/gemini-2.5-pro:generateContent",
                "/v1beta/models/{model}:generateContent",
            ),
            ("/models/gpt-4o-mini", "/models/gpt-4o-mini"),
        ];
        for (path, pattern) in cases {
            assert_eq!(of(path), pattern, "{path}");
        }
    }

    proptest::proptest! {
        #[test]
        fn a_pattern_is_bounded_and_a_path(path in ".{0,600}") {
            let pattern = of(&path);
            proptest::prop_assert!(pattern.starts_with('/') && pattern.len() <= super::MAX_BYTES + 64);
        }
    }
}
