//! Where the pieces of a stream end.

use memchr::{memrchr, memrchr2};

/// Just behind the last empty line, with which a server-sent event ends; 0 where there is none.
///
/// Lines end with CR LF, LF or CR (WHATWG HTML, section 9.2.5).  The first `old` bytes hold no such line.
pub(super) fn of_events(bytes: &[u8], old: usize) -> usize {
    // A line end that began among the old bytes may make an empty line with the new ones.
    let from = old.saturating_sub(3);
    let mut end = bytes.len();
    while let Some(at) = bytes
        .get(from..end)
        .and_then(|part| memrchr2(b'\n', b'\r', part))
        .map(|at| from + at)
    {
        let crlf = bytes[at] == b'\n' && at > 0 && bytes[at - 1] == b'\r';
        let start = if crlf { at - 1 } else { at };
        if start > 0 && matches!(bytes[start - 1], b'\n' | b'\r') {
            return at + 1;
        }
        if start == 0 {
            break;
        }
        end = start;
    }
    0
}

/// Just behind the last line end; 0 where there is none.
pub(super) fn of_lines(bytes: &[u8], old: usize) -> usize {
    bytes
        .get(old..)
        .and_then(|part| memrchr(b'\n', part))
        .map_or(0, |at| old + at + 1)
}

/// The elements of a JSON array that arrives piece by piece: how deep in it the reader is.
#[derive(Debug, Default)]
pub(super) struct Elements {
    depth: usize,
    quoted: bool,
    escaped: bool,
    closed: bool,
}

impl Elements {
    /// Just behind the last element, or behind the array; 0 where none ends here.  The first `old` bytes were
    /// read before.
    pub(super) fn boundary(&mut self, bytes: &[u8], old: usize) -> usize {
        let mut end = 0;
        for (at, byte) in bytes.iter().enumerate().skip(old) {
            match byte {
                _ if self.escaped => self.escaped = false,
                b'\\' if self.quoted => self.escaped = true,
                b'"' => self.quoted = !self.quoted,
                _ if self.quoted => {}
                b'{' | b'[' => self.depth += 1,
                b'}' | b']' => {
                    self.depth = self.depth.saturating_sub(1);
                    self.closed = self.depth == 0;
                    if self.depth <= 1 {
                        end = at + 1;
                    }
                }
                // White space behind the array.
                _ if self.closed => end = at + 1,
                _ => {}
            }
        }
        end
    }

    /// Whether the array has ended.
    pub(super) fn is_closed(&self) -> bool {
        self.closed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_end_with_an_empty_line() {
        for (bytes, end) in [
            ("", 0),
            ("data: 1", 0),
            ("data: 1\n", 0),
            ("data: 1\n\n", 9),
            ("data: 1\n\ndata: 2", 9),
            ("data: 1\n\ndata: 2\n", 9),
            ("data: 1\n\ndata: 2\n\n", 18),
            ("data: 1\r\n\r\n", 11),
            ("data: 1\r\n", 0),
            ("data: 1\r\r", 9),
            ("data: 1\n\r\n", 10),
            ("event: a\r\ndata: 1\r\n\r\nevent", 21),
            ("\n", 0),
            ("\n\n", 2),
        ] {
            assert_eq!(of_events(bytes.as_bytes(), 0), end, "{bytes:?}");
        }
    }

    #[test]
    fn an_element_ends_with_its_brace() {
        let mut elements = Elements::default();
        let text = br#"[{"a": "}]"}"#;
        assert_eq!(elements.boundary(text, 0), text.len());
        assert!(!elements.is_closed());
        assert_eq!(elements.boundary(b",\n{\"b\": [1, {}", 0), 0);
        assert_eq!(elements.boundary(b",\n{\"b\": [1, {}]}\n]\n", 14), 19);
        assert!(elements.is_closed());
    }

    proptest::proptest! {
        /// Where a stream is cut into chunks does not matter.
        #[test]
        fn chunks_do_not_matter(text in "[a\r\n]{0,40}", cut in 0_usize..40) {
            let bytes = text.as_bytes();
            let cut = cut.min(bytes.len());
            let first = of_events(&bytes[..cut], 0);
            let held = &bytes[first..];
            let both = first + of_events(held, cut - first);
            let whole = of_events(bytes, 0);
            // Empty lines behind an event may stay behind; they mean nothing.
            proptest::prop_assert!(both <= whole, "{both} {whole}");
            proptest::prop_assert!(bytes[both..whole].iter().all(|byte| matches!(byte, b'\n' | b'\r')));
        }
    }
}
