//! A stretch of folded text without its white space, in lower case.

use std::ops::Range;

/// A stretch of text without white space; where that stood is remembered.
#[derive(Debug)]
pub(super) struct Squeezed {
    pub(super) text: String,
    /// For each byte where it stands in the whole text, and whether white space stands before it.
    places: Vec<(usize, bool)>,
}

impl Squeezed {
    pub(super) fn of(text: &str, stretch: Range<usize>) -> Self {
        let mut bytes = Vec::with_capacity(stretch.len());
        let mut places = Vec::with_capacity(stretch.len());
        let mut spaced = false;
        for (at, byte) in stretch.clone().zip(text.get(stretch).unwrap_or_default().bytes()) {
            if byte.is_ascii_whitespace() {
                spaced = true;
            } else {
                bytes.push(byte.to_ascii_lowercase());
                places.push((at, spaced));
                spaced = false;
            }
        }
        Self {
            text: String::from_utf8(bytes).unwrap_or_default(),
            places,
        }
    }

    /// Whether white space stands before the byte at this place.
    pub(super) fn is_spaced(&self, at: usize) -> bool {
        self.places.get(at).is_none_or(|(_, spaced)| *spaced)
    }

    /// Whether white space stands at these places of a span (counted from its start) and nowhere else in it.
    pub(super) fn has_spaces(&self, span: &Range<usize>, spaces: &[usize]) -> bool {
        (span.start + 1..span.end).all(|at| self.is_spaced(at) == spaces.contains(&(at - span.start)))
    }

    /// Whether a word may begin or end at this place.
    pub(super) fn is_edge(&self, at: usize) -> bool {
        let Some((before, after)) = self.text.split_at_checked(at) else {
            return false;
        };
        let letters = before.chars().next_back().zip(after.chars().next());
        self.is_spaced(at) || letters.is_none_or(|(left, right)| !(is_letter(left) && is_letter(right)))
    }

    /// Where a span (not empty) stands in the whole text.
    pub(super) fn place(&self, span: &Range<usize>) -> Range<usize> {
        let place = |at: usize| self.places.get(at).map_or(0, |(place, _)| *place);
        place(span.start)..place(span.end.saturating_sub(1)) + 1
    }
}

/// A letter of a script that sets words apart. Chinese, Japanese, Korean and Thai do not, or join endings on;
/// Arabic writes "and" and "the" in one with the word.
fn is_letter(c: char) -> bool {
    c.is_alphanumeric()
        && !matches!(c, '\u{600}'..='\u{6ff}' | '\u{e00}'..='\u{e7f}' | '\u{1100}'..='\u{11ff}' | '\u{2e80}'..)
}
