//! The normalised view of a text that signatures are looked for in, with the way back to the original.

use std::ops::Range;

/// A text in lower case, with one space for any white space and without characters that cannot be seen.
#[derive(Debug)]
pub(super) struct View {
    pub(super) text: String,
    /// Places from which on the distance to the original changes: (offset here, offset there).
    steps: Vec<(usize, usize)>,
}

impl View {
    pub(super) fn of(original: &str) -> Self {
        let mut view = Self {
            text: String::with_capacity(original.len()),
            steps: vec![(0, 0)],
        };
        for (at, c) in original.char_indices() {
            if c.is_ascii() && !c.is_ascii_whitespace() {
                view.push(c.to_ascii_lowercase(), at);
            } else if c.is_whitespace() {
                if !view.text.ends_with(' ') {
                    view.push(' ', at);
                }
            } else if !is_invisible(c) {
                let plain = match c {
                    '\u{2018}' | '\u{2019}' | '\u{2bc}' => '\'',
                    '\u{201c}' | '\u{201d}' => '"',
                    '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
                    c => c,
                };
                for lower in plain.to_lowercase().filter(|c| !is_invisible(*c)) {
                    view.push(lower, at);
                }
            }
        }
        view
    }

    /// Whether a span begins and ends where a word may.
    pub(super) fn is_word(&self, span: &Range<usize>) -> bool {
        let (before, rest) = self.text.split_at_checked(span.start).unwrap_or_default();
        let (inside, after) = rest.split_at_checked(span.len()).unwrap_or_default();
        let joined = |left: Option<char>, right: Option<char>| {
            left.zip(right)
                .is_some_and(|(left, right)| is_letter(left) && is_letter(right))
        };
        !joined(before.chars().next_back(), inside.chars().next())
            && !joined(inside.chars().next_back(), after.chars().next())
    }

    /// The bytes of the original that a span of the view (not empty) came from.
    pub(super) fn original(&self, original: &str, span: &Range<usize>) -> Range<usize> {
        let last = self
            .text
            .get(..span.end)
            .and_then(|text| text.char_indices().next_back());
        let last = self.back(last.map_or(0, |(at, _)| at));
        let length = original
            .get(last..)
            .and_then(|rest| rest.chars().next())
            .map_or(0, char::len_utf8);
        self.back(span.start)..last + length
    }

    fn back(&self, at: usize) -> usize {
        let next = self.steps.partition_point(|(here, _)| *here <= at);
        let step = next.checked_sub(1).and_then(|index| self.steps.get(index));
        step.map_or(at, |(here, there)| there + (at - here))
    }

    fn push(&mut self, c: char, at: usize) {
        let here = self.text.len();
        let expected = self
            .steps
            .last()
            .map_or(here, |(step, there)| there + (here - step));
        if expected != at {
            self.steps.push((here, at));
        }
        self.text.push(c);
    }
}

/// A letter of a script that sets words apart. Chinese, Japanese, Korean and Thai do not, or join endings on;
/// Arabic writes "and" and "the" in one with the word.
fn is_letter(c: char) -> bool {
    c.is_alphanumeric()
        && !matches!(c, '\u{600}'..='\u{6ff}' | '\u{e00}'..='\u{e7f}' | '\u{1100}'..='\u{11ff}' | '\u{2e80}'..)
}

/// Characters that leave no trace on the screen, and marks that may be left out in writing.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0000}'..='\u{e0fff}'
        // The dot that lower-casing the Turkish capital I leaves behind.
        | '\u{307}'
        // Arabic vowel signs and the stretching line.
        | '\u{640}' | '\u{64b}'..='\u{652}')
}
