//! Characters set apart: `i g n o r e`, `i-g-n-o-r-e`, one below the other.

use std::ops::Range;

use super::super::Disguise;
use super::super::weave::Patch;

/// The fewest letters and digits that are set apart on purpose.
const LEAST: usize = 5;

/// Signs that stand between the characters of a word.
const SIGNS: [char; 12] = ['-', '.', '_', '*', '|', '/', ',', '·', '•', '~', '+', '='];

pub(super) fn find(text: &str, out: &mut Vec<Patch>) {
    let mut row = Row::default();
    for word in words(text) {
        let shape = shape(text.get(word.clone()).unwrap_or_default());
        if !row.takes(&shape) {
            row.read(text, out);
            row = Row::default();
        }
        if row.takes(&shape) {
            row.sign = row.sign.or(shape.sign());
            row.words.push(word);
        }
    }
    row.read(text, out);
}

/// Words that are written alike, one after the other.
#[derive(Debug, Default)]
struct Row {
    /// What stands between the characters of a word; nothing where each word is one character.
    sign: Option<char>,
    words: Vec<Range<usize>>,
}

#[derive(Debug, PartialEq)]
enum Shape {
    One,
    /// Single letters and digits with this sign between them.
    Signs(char),
    Other,
}

impl Shape {
    fn sign(&self) -> Option<char> {
        match self {
            Self::Signs(sign) => Some(*sign),
            _ => None,
        }
    }
}

fn words(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    text.split_ascii_whitespace().map(|word| {
        // The word lies in the text, so the distance of their starts is its place.
        let start = word.as_ptr().addr() - text.as_ptr().addr();
        start..start + word.len()
    })
}

fn shape(word: &str) -> Shape {
    let mut chars = word.chars();
    let first = chars.next();
    let Some(sign) = chars.next() else {
        return Shape::One;
    };
    if !SIGNS.contains(&sign) || !first.is_some_and(char::is_alphanumeric) {
        return Shape::Other;
    }
    // Other signs may stand between them as well: the dots of an address.
    let mut last = sign;
    for c in chars {
        let is_pair = c.is_alphanumeric() == last.is_alphanumeric();
        if is_pair && (c.is_alphanumeric() || c == sign || last == sign) {
            return Shape::Other;
        }
        last = c;
    }
    Shape::Signs(sign)
}

impl Row {
    fn takes(&self, shape: &Shape) -> bool {
        match shape {
            Shape::One => true,
            Shape::Signs(sign) => self.words.is_empty() || self.sign == Some(*sign),
            Shape::Other => false,
        }
    }

    fn read(&self, text: &str, out: &mut Vec<Patch>) {
        let written = |range: &Range<usize>| text.get(range.clone()).unwrap_or_default();
        let letters = |word: &Range<usize>| written(word).chars().filter(|c| c.is_alphanumeric()).count();
        let Some(first) = self.words.first() else {
            return;
        };
        if self.words.iter().map(letters).sum::<usize>() < LEAST {
            return;
        }
        let gaps = || {
            self.words
                .windows(2)
                .filter_map(|pair| Some(pair.first()?.end..pair.get(1)?.start))
        };
        // Between characters stands the narrowest gap; a wider one, or another, parts words.
        let joint = gaps()
            .min_by_key(ExactSizeIterator::len)
            .filter(|_| self.sign.is_none());
        let joint = joint.as_ref().map(written);
        let mut patch = Patch::new(Disguise::Spaced, first.start);
        for (word, gap) in self
            .words
            .iter()
            .zip(std::iter::once(first.start..first.start).chain(gaps()))
        {
            let parts = !gap.is_empty() && Some(written(&gap)) != joint;
            patch.push(if parts { b" " } else { b"" }, gap);
            let is_stroke = self.sign.is_none() && matches!(written(word), "/" | "|");
            for (at, c) in written(word).char_indices() {
                let there = word.start + at..word.start + at + c.len_utf8();
                if is_stroke {
                    patch.push(b" ", there);
                } else if Some(c) == self.sign {
                    patch.push(b"", there);
                } else {
                    patch.push_char(c, there);
                }
            }
        }
        out.push(patch);
    }
}
