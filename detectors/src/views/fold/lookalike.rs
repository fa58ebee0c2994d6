//! When a letter that looks Latin is read as one.

use super::table::{Folded, fold, is_lookalike_script};

/// The most characters looked at to either side.
const REACH: usize = 32;

/// The decision for the word that is being read; it holds for the whole word.
///
/// Russian is full of letters that look Latin and are not meant so. They are meant so in a word that has Latin
/// letters as well, and in a longer word of which every letter looks Latin.
#[derive(Debug, Default)]
pub(super) struct Word {
    end: usize,
    latin: bool,
}

#[derive(Debug, Default)]
struct Seen {
    letters: usize,
    /// Every letter, as it is written, looks Latin.
    only_lookalikes: bool,

    has_latin: bool,
    has_other: bool,
}

impl Word {
    pub(super) fn reads_as_latin(&mut self, text: &str, at: usize) -> bool {
        if at >= self.end {
            let (before, after) = text.split_at_checked(at).unwrap_or_default();
            let mut seen = Seen {
                only_lookalikes: true,
                ..Seen::default()
            };
            before
                .chars()
                .rev()
                .take(REACH)
                .take_while(|c| seen.take(*c))
                .for_each(drop);
            let letters = after.chars().take(REACH).take_while(|c| seen.take(*c));
            self.end = at + letters.map(char::len_utf8).sum::<usize>();
            self.latin = seen.has_latin
                || (seen.letters >= 4 && !seen.has_other)
                || (seen.only_lookalikes && is_among_latin(text, at));
        }
        self.latin
    }
}

/// Whether the word before or after the one at `at` has Latin letters.
fn is_among_latin(text: &str, at: usize) -> bool {
    let (before, after) = text.split_at_checked(at).unwrap_or_default();
    let has_latin =
        |word: Option<&str>| word.is_some_and(|word| word.bytes().any(|byte| byte.is_ascii_alphabetic()));
    let start = before.ceil_char_boundary(at.saturating_sub(8 * REACH));
    let mut earlier = before
        .get(start..)
        .unwrap_or_default()
        .split_ascii_whitespace()
        .rev();
    if !before.ends_with(|c: char| c.is_ascii_whitespace()) {
        // The start of the word itself.
        earlier.next();
    }
    let end = after.floor_char_boundary(8 * REACH);
    let mut later = after
        .get(..end)
        .unwrap_or_default()
        .split_ascii_whitespace()
        .skip(1);
    has_latin(earlier.next()) || has_latin(later.next())
}

impl Seen {
    /// Takes note of a character; false where the word is over.
    fn take(&mut self, c: char) -> bool {
        if c.is_ascii() {
            self.has_latin |= c.is_ascii_alphabetic();
            return c.is_ascii_alphanumeric();
        }
        let entry = fold(c);
        match entry.folded {
            Folded::Nothing => return true,
            Folded::To(to) if to.is_ascii_alphabetic() => self.has_latin = true,
            _ if !c.is_alphanumeric() => return entry.lookalike.is_some(),
            _ => {}
        }
        self.letters += 1;
        self.only_lookalikes &= entry.lookalike.is_some() && is_lookalike_script(c);
        // By the small letter: the capitals of Russian look like Latin far more often.
        let small = match entry.folded {
            Folded::To(small) => fold(small).lookalike,
            _ => entry.lookalike,
        };
        self.has_other |= small.is_none() || !is_lookalike_script(c);
        true
    }
}
