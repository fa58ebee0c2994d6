//! Words that say what the number beside them is.

use std::collections::{BTreeMap, VecDeque};
use std::ops::Range;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use super::category::{Category, FAR};
use crate::LoadError;

/// A word counts if it begins at most so many bytes before a candidate.
pub(super) const BEFORE: usize = 72;
/// A word counts if it ends at most so many bytes behind a candidate.
pub(super) const AFTER: usize = 24;
/// Bytes that are looked at in one go, so that the machine starts rarely.
const STRIDE: usize = 512;
/// A word behind a number tells less than one before it.
const BEHIND: usize = 16;

/// Words that say that a number is something else, and make a candidate that no word names less likely.
const AGAINST: &[&str] = &[
    "version",
    "release",
    "build",
    "revision",
    "isbn",
    "issn",
    "ean",
    "gtin",
    "upc",
    "doi",
    "order",
    "invoice",
    "tracking",
    "ticket",
    "serial",
    "sku",
    "part no",
    "commit",
    "sha",
    "hash",
    "checksum",
    "timestamp",
    "epoch",
    "unix time",
    "port",
    "bestellnummer",
    "rechnung*",
    "commande",
    "facture",
    "pedido",
    "factura",
    "ordine",
    "fattura",
    "заказ*",
    "订单",
    "注文",
];

/// Telling words of all categories, in one automaton.
#[derive(Debug)]
pub(super) struct Words {
    automaton: AhoCorasick,
    /// For each pattern: whether any ending may follow, and whom it speaks for.
    patterns: Vec<Pattern>,
    /// Bytes of the longest word.
    longest: usize,
}

#[derive(Debug)]
struct Pattern {
    stem: bool,
    /// Chinese, Japanese and Thai have no spaces around words.
    bounded: bool,
    categories: Vec<u16>,
}

/// The category of words that speak against all.
const NOBODY: u16 = u16::MAX;

/// The words around the candidates of one text.
#[derive(Debug)]
pub(super) struct Context<'t> {
    words: &'t Words,
    text: &'t str,
    /// What has been looked through.
    seen: Range<usize>,
    hits: VecDeque<Hit>,
}

#[derive(Debug)]
struct Hit {
    start: usize,
    end: usize,
    pattern: usize,
}

impl Words {
    /// Compiles the words of these categories, which are numbered by their places in the list.
    ///
    /// # Errors
    /// When there are too many of them, which is a fault of this crate.
    pub(super) fn new(categories: &[&'static Category]) -> Result<Self, LoadError> {
        let mut all: BTreeMap<String, Pattern> = BTreeMap::new();
        let lists = categories
            .iter()
            .zip(0u16..)
            .map(|(category, number)| (category.words, number));
        for (words, number) in lists.chain([(AGAINST, NOBODY)]) {
            for word in words {
                let stem = word.strip_suffix('*');
                let word = stem.unwrap_or(word);
                for variant in variants(word) {
                    let bounded = variant.chars().all(|c| c < '\u{e00}');
                    let pattern = all.entry(variant).or_insert_with(|| Pattern {
                        stem: false,
                        bounded,
                        categories: Vec::new(),
                    });
                    pattern.stem |= stem.is_some();
                    if !pattern.categories.contains(&number) {
                        pattern.categories.push(number);
                    }
                }
            }
        }
        let automaton = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::Standard)
            .kind(Some(AhoCorasickKind::DFA))
            .build(all.keys())
            .map_err(|error| LoadError::Pattern {
                name: "context words".to_owned(),
                reason: error.to_string(),
            })?;
        let longest = all.keys().map(String::len).max().unwrap_or_default();
        Ok(Self {
            automaton,
            patterns: all.into_values().collect(),
            longest,
        })
    }
}

/// A word with all that a space in it may be, and as it begins a sentence where that is not plain ASCII.
fn variants(word: &str) -> Vec<String> {
    let mut found = vec![word.to_owned()];
    if word.contains(' ') {
        found.extend(["_", "-", ""].map(|joint| word.replace(' ', joint)));
    }
    if !word.is_ascii() {
        let capitals: Vec<_> = found.iter().map(|word| word.to_uppercase()).collect();
        let titles: Vec<_> = found.iter().filter_map(|word| title(word)).collect();
        found.extend(capitals);
        found.extend(titles);
    }
    found
}

/// A word with its first letter as a capital.
fn title(word: &str) -> Option<String> {
    let mut chars = word.chars();
    let first = chars.next()?;
    Some(first.to_uppercase().chain(chars).collect())
}

impl<'t> Context<'t> {
    pub(super) fn new(words: &'t Words, text: &'t str) -> Self {
        Self {
            words,
            text,
            seen: 0..0,
            hits: VecDeque::new(),
        }
    }

    /// Bytes between a candidate and the nearest word that speaks for its category; `FAR` where there is none.
    pub(super) fn distance(&mut self, category: u16, span: &Range<usize>) -> usize {
        self.look(span);
        let (from, to) = (span.start.saturating_sub(BEFORE), span.end + AFTER);
        let mut nearest = FAR;
        for hit in self.hits.iter().rev() {
            if hit.start < from {
                break;
            }
            let behind = || {
                // What the next line begins with speaks for what stands in that line.
                let between = self.text.as_bytes().get(span.end..hit.start).unwrap_or_default();
                hit.start >= span.end && hit.end <= to && !between.contains(&b'\n')
            };
            let is_beside = hit.end <= span.start || behind();
            let speaks = |pattern: &Pattern| pattern.categories.contains(&category);
            if is_beside && self.words.patterns.get(hit.pattern).is_some_and(speaks) {
                let distance = match span.start.checked_sub(hit.end) {
                    Some(distance) => distance,
                    None => hit.start.saturating_sub(span.end) + BEHIND,
                };
                nearest = nearest.min(distance);
            }
        }
        nearest
    }

    /// Whether there is no word at all around a candidate.
    pub(super) fn is_silent(&mut self, span: &Range<usize>) -> bool {
        self.look(span);
        let from = span.start.saturating_sub(BEFORE);
        self.hits.back().is_none_or(|hit| hit.start < from)
    }

    /// Whether some word beside a candidate says that it is something else.
    pub(super) fn is_against(&mut self, span: &Range<usize>) -> bool {
        self.distance(NOBODY, span) < BEFORE / 2
    }

    /// Looks for words around a candidate, where that has not been done.
    fn look(&mut self, span: &Range<usize>) {
        let from = span.start.saturating_sub(BEFORE);
        let to = self.text.len().min(span.end + AFTER);
        if self.seen.contains(&from) && to <= self.seen.end {
            return;
        }
        if self.seen.contains(&from) {
            while self.hits.front().is_some_and(|hit| hit.start + 2 * STRIDE < from) {
                self.hits.pop_front();
            }
        } else {
            self.hits.clear();
            // A little earlier: the next candidate may begin a word before this one.
            let begin = from.saturating_sub(BEFORE);
            self.seen = begin..begin;
        }
        let end = self.text.len().min(to.max(self.seen.end + STRIDE));
        // A word may lie across the place up to which has been looked.
        let begin = self
            .seen
            .end
            .saturating_sub(self.words.longest)
            .max(self.seen.start);
        let bytes = self.text.as_bytes().get(begin..end).unwrap_or_default();
        for found in self.words.automaton.find_overlapping_iter(bytes) {
            let hit = Hit {
                start: begin + found.start(),
                end: begin + found.end(),
                pattern: found.pattern().as_usize(),
            };
            // Seen before, or cut off at the end of what is looked at, where what follows must be known.
            if hit.end > self.seen.end && self.is_word(&hit) {
                self.hits.push_back(hit);
            }
        }
        self.seen.end = end;
    }

    fn is_word(&self, hit: &Hit) -> bool {
        let Some(pattern) = self
            .words
            .patterns
            .get(hit.pattern)
            .filter(|pattern| pattern.bounded)
        else {
            return true;
        };
        let (Some(before), Some(word), Some(after)) = (
            self.text.get(..hit.start),
            self.text.get(hit.start..hit.end),
            self.text.get(hit.end..),
        ) else {
            return false;
        };
        let last = before.chars().next_back();
        // `userSsn`, but not `lesson`.
        let hump = word.starts_with(|c: char| c.is_uppercase()) && last.is_some_and(char::is_lowercase);
        let begins = hump || !last.is_some_and(is_letter);
        let mut after = after.chars();
        let next = after.next();
        let ends = match next {
            _ if pattern.stem => true,
            Some('s') => !after.next().is_some_and(char::is_lowercase),
            Some(c) => !is_letter(c) || (c.is_uppercase() && word.ends_with(|c: char| c.is_lowercase())),
            None => true,
        };
        begins && ends
    }
}

/// A letter of a script that puts spaces between words.
fn is_letter(c: char) -> bool {
    c.is_alphabetic() && c < '\u{e00}'
}
