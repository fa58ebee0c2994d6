//! String literals: decoding, and the way back from decoded offsets to the bytes of the literal.

use std::borrow::Cow;
use std::ops::Range;

/// The text of a literal (quotes included). A lone surrogate becomes U+FFFD.
pub(crate) fn decode(literal: &str) -> Cow<'_, str> {
    let inner = inside(literal);
    if !inner.contains('\\') {
        return Cow::Borrowed(inner);
    }
    let mut text = String::with_capacity(inner.len());
    text.extend(Characters::new(inner).map(|(_, character)| character));
    Cow::Owned(text)
}

/// Where spans of the decoded text stand in the literal (quotes included).
///
/// `spans` are sorted and do not overlap. A span that begins or ends inside a character is widened to it; one
/// that reaches past the end is cut; an empty one is dropped.
pub(crate) fn locate(literal: &str, spans: &[Range<usize>]) -> Vec<Option<Range<usize>>> {
    let mut found: Vec<Option<Range<usize>>> = vec![None; spans.len()];
    let (mut decoded, mut first) = (0, 0);
    for (raw, character) in Characters::new(inside(literal)) {
        let (start, end) = (decoded, decoded + character.len_utf8());
        decoded = end;
        let raw = raw.start + 1..raw.end + 1;
        while spans.get(first).is_some_and(|span| span.end <= start) {
            first += 1;
        }
        let Some(span) = spans.get(first) else { break };
        if span.start < end
            && let Some(place) = found.get_mut(first)
        {
            let begin = place.as_ref().map_or(raw.start, |place| place.start);
            *place = Some(begin..raw.end);
        }
    }
    found
}

fn inside(literal: &str) -> &str {
    literal
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'))
        .unwrap_or_default()
}

/// The characters of a literal's inside, each with the bytes that it is written with.
struct Characters<'t> {
    inner: &'t str,
    at: usize,
}

impl<'t> Characters<'t> {
    fn new(inner: &'t str) -> Self {
        Self { inner, at: 0 }
    }

    /// The code unit of a `\u` escape at this place.
    fn unit(&self, at: usize) -> Option<u32> {
        let digits = self.inner.get(at..at + 6)?.strip_prefix("\\u")?;
        u32::from_str_radix(digits, 16).ok()
    }
}

impl Iterator for Characters<'_> {
    type Item = (Range<usize>, char);

    fn next(&mut self) -> Option<Self::Item> {
        let start = self.at;
        let mut rest = self.inner.get(start..)?.chars();
        let character = rest.next()?;
        if character != '\\' {
            self.at = start + character.len_utf8();
            return Some((start..self.at, character));
        }
        self.at = start + 2;
        let character = match rest.next()? {
            'b' => '\u{8}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => {
                let unit = self.unit(start)?;
                self.at = start + 6;
                match (unit, self.unit(self.at)) {
                    (0xd800..=0xdbff, Some(low @ 0xdc00..=0xdfff)) => {
                        self.at += 6;
                        char::from_u32(0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00))
                    }
                    _ => char::from_u32(unit),
                }
                .unwrap_or(char::REPLACEMENT_CHARACTER)
            }
            other => other,
        };
        Some((start..self.at, character))
    }
}
