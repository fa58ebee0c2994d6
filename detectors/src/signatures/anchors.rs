//! Where it is worth looking for phrases: around one rare word of each.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use aho_corasick::{AhoCorasick, AhoCorasickKind};

use super::phrase::{Item, Parts, Piece};
use crate::LoadError;

/// Words of the signatures that are common in honest English: one in so many words is this one.
const COMMON: &str = include_str!("../../signatures/common.txt");

/// How common a word is that is not in the list: one in so many.
const RARE: f64 = 100_000.0;

/// Bytes beyond white space that a phrase is looked for in, at most, to either side of its rare word.
const FARTHEST: usize = 4096;

/// The rare words, and how far from them the phrase may go.
#[derive(Debug)]
pub(super) struct Anchors {
    words: AhoCorasick,
    /// Bytes that are not white space.
    reach: usize,
}

/// Gathers the rare words of phrases.
#[derive(Debug)]
pub(super) struct Builder {
    common: BTreeMap<&'static str, f64>,
    words: BTreeSet<String>,
    reach: usize,
}

// === impl Builder ===

impl Default for Builder {
    fn default() -> Self {
        let entry = |line: &'static str| {
            let (word, one_in) = line.split_once(' ')?;
            Some((word, one_in.trim().parse().ok()?))
        };
        Self {
            common: COMMON.lines().filter_map(entry).collect(),
            words: BTreeSet::new(),
            reach: 0,
        }
    }
}

impl Builder {
    pub(super) fn add(&mut self, parts: &Parts, gap: usize) {
        // Every match has one of the choices of an item that cannot be left out; the rarest such item will do.
        let items = parts.iter().flatten().filter(|item| !item.optional);
        let best = items.min_by(|one, other| self.rate(one).total_cmp(&self.rate(other)));
        let words: Vec<String> = best
            .into_iter()
            .flat_map(|item| &item.choices)
            .map(|piece| self.rarest(piece).to_owned())
            .collect();
        self.words.extend(words);
        let longest = |item: &Item| {
            item.choices
                .iter()
                .map(|piece| piece.text.len())
                .max()
                .unwrap_or(0)
        };
        let length: usize = parts.iter().flatten().map(longest).sum();
        self.reach = self.reach.max(length + gap * parts.len());
    }

    pub(super) fn build(self) -> Result<Anchors, LoadError> {
        let words = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .kind(Some(AhoCorasickKind::DFA))
            .build(&self.words);
        Ok(Anchors {
            words: words.map_err(|error| LoadError::Pattern {
                name: "anchors".to_owned(),
                reason: error.to_string(),
            })?,
            reach: self.reach,
        })
    }

    /// How often one of the choices stands in honest text, per word.
    fn rate(&self, item: &Item) -> f64 {
        item.choices
            .iter()
            .map(|piece| self.word_rate(self.rarest(piece)))
            .sum()
    }

    fn rarest<'p>(&self, piece: &'p Piece) -> &'p str {
        let words = piece.words();
        let rarest = words.min_by(|one, other| self.word_rate(one).total_cmp(&self.word_rate(other)));
        rarest.unwrap_or(&piece.text)
    }

    fn word_rate(&self, word: &str) -> f64 {
        let one_in = self.common.get(word).copied().unwrap_or(match word.len() {
            ..=3 => RARE / 50.0,
            4 => RARE / 4.0,
            // Of two rare words the longer one is rarer still.
            length => RARE + length as f64,
        });
        1.0 / one_in
    }
}

// === impl Anchors ===

impl Anchors {
    /// The stretches of a text (folded) that may have a phrase, from left to right, apart from each other.
    pub(super) fn stretches<'t>(&'t self, text: &'t str) -> impl Iterator<Item = Range<usize>> + 't {
        let mut hits = self.words.find_iter(text).peekable();
        std::iter::from_fn(move || {
            let first = hits.next()?;
            let start = self.back(text, first.start());
            let mut end = self.forward(text, first.end());
            while let Some(hit) = hits.next_if(|hit| hit.start() < end || self.back(text, hit.start()) <= end)
            {
                end = end.max(self.forward(text, hit.end()));
            }
            Some(start..end)
        })
    }

    fn back(&self, text: &str, at: usize) -> usize {
        let before = text
            .as_bytes()
            .get(at.saturating_sub(FARTHEST)..at)
            .unwrap_or_default();
        text.floor_char_boundary(at - self.count(before.iter().rev()))
    }

    fn forward(&self, text: &str, at: usize) -> usize {
        let after = text.as_bytes().get(at..).unwrap_or_default();
        text.ceil_char_boundary(at + self.count(after.iter().take(FARTHEST)))
    }

    /// How many of the bytes are within reach.
    fn count<'b>(&self, bytes: impl Iterator<Item = &'b u8>) -> usize {
        let mut solid = 0;
        bytes
            .take_while(|byte| {
                solid += usize::from(!byte.is_ascii_whitespace());
                solid <= self.reach
            })
            .count()
    }
}
