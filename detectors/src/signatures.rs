//! Injection phrases and markers that are known word for word.
//!
//! The phrases are data: one YAML file per language in `signatures/`, each with examples that a test runs.
//! A first pass looks for one rare word of every phrase; only around those are all the phrases looked for,
//! piece by piece, in the text without its white space. Parts that follow each other closely make a phrase.
//!
//! # Weights
//! A weight says how sure one phrase alone makes us. People quote these phrases in harmless questions ("what
//! does 'ignore previous instructions' mean?") and write articles on them, so a phrase alone stays at or
//! below 0.8, under the 0.9 at which the default rules act; more is for the unmistakable, an imperative that
//! names the system prompt itself. Weights combine as if independent, 1 - (1 - a)(1 - b), but only across
//! groups: five ways to say "ignore your instructions" are still one idea, and saying it together with
//! "reveal your prompt" is two.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::views::View;
use crate::{Disguise, LoadError};

mod anchors;
mod data;
mod grammar;
mod phrase;
mod squeezed;
mod tally;

use anchors::Anchors;
use data::Signature;
use grammar::{Grammar, Part};
use squeezed::Squeezed;

pub(crate) use tally::Tally;

/// The most matches reported for one text; the score takes all of them into account.
const MOST: usize = 64;

/// How far one part of a phrase may stand from the part before it, in bytes without white space: room for "all
/// of the" or "any and all of your" and not for another clause.
const GAP: usize = 28;

/// The signature detector.
#[derive(Debug)]
pub struct Signatures {
    signatures: Vec<Signature>,
    anchors: Anchors,
    grammar: Grammar,
    /// For each phrase the number of its parts and its signature.
    phrases: Vec<(usize, usize)>,
}

/// What signatures say of a text.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Signs {
    /// The matches, by position; not more than 64.
    pub matches: Vec<SignatureMatch>,
    /// The weights of all matches combined, 0 to 1.
    pub score: f64,
}

/// One phrase found in a text.
#[derive(Debug, Clone, PartialEq)]
pub struct SignatureMatch {
    /// The signature's id.
    pub id: String,
    /// Bytes of the text.
    pub span: Range<usize>,
    /// The signature's weight.
    pub weight: f64,
    /// The disguises that it wore, the outermost first.
    pub disguises: Vec<Disguise>,
}

impl Signatures {
    /// Loads the signatures that are compiled in.
    ///
    /// # Errors
    /// When a file cannot be read, which is a fault of this crate.
    pub fn new() -> Result<Self, LoadError> {
        let mut signatures = Vec::new();
        for (name, text) in data::FILES {
            signatures.extend(data::parse(name, text)?);
        }
        Self::build(signatures)
    }

    fn build(signatures: Vec<Signature>) -> Result<Self, LoadError> {
        let mut anchors = anchors::Builder::new();
        let mut grammar = grammar::Builder::default();
        let mut phrases = Vec::new();
        for (signature, entry) in signatures.iter().enumerate() {
            for phrase in &entry.phrases {
                let parts = phrase::parse(phrase);
                anchors.add(&parts, GAP);
                grammar.add(phrases.len(), &parts);
                phrases.push((parts.len(), signature));
            }
        }
        Ok(Self {
            signatures,
            anchors: anchors.build()?,
            grammar: grammar.build()?,
            phrases,
        })
    }

    /// Finds signatures in a text as it is: folded, and with no other disguise taken off.
    #[must_use]
    pub fn find(&self, text: &str) -> Signs {
        let mut tally = Tally::default();
        self.find_in(&View::folded(text), &mut tally);
        tally.into_signs()
    }

    /// Adds what a view has to what is known of its text.
    pub(crate) fn find_in(&self, view: &View<'_>, tally: &mut Tally) {
        let text = view.text();
        for stretch in self.anchors.stretches(text) {
            let squeezed = Squeezed::of(text, stretch);
            let is_loose = |span: &Range<usize>| view.is_spaced(&squeezed.place(span));
            let mut reader = Reader {
                signatures: self,
                text: &squeezed,
                seen: BTreeMap::new(),
            };
            let mut found: Vec<(usize, Range<usize>)> = Vec::new();
            self.grammar.read(&squeezed, &is_loose, |part, span| {
                found.extend(reader.part(part, span));
            });
            found.sort_by_key(|(signature, span)| (*signature, span.start, std::cmp::Reverse(span.end)));
            for (signature, span) in found {
                if let Some(signature) = self.signatures.get(signature)
                    && let Some(origin) = view.new_origin(&squeezed.place(&span))
                {
                    tally.add(signature, origin);
                }
            }
        }
    }

    /// The words that the phrases are made of, in lower case.
    pub(crate) fn words(&self) -> impl Iterator<Item = String> {
        let phrases = self.signatures.iter().flat_map(|signature| &signature.phrases);
        let pieces = phrases.flat_map(|phrase| phrase::parse(phrase).into_iter().flatten());
        pieces.flat_map(|item| {
            let words = item
                .choices
                .iter()
                .flat_map(|piece| piece.words().map(str::to_owned));
            words
                .filter(|word| word.chars().all(char::is_alphabetic))
                .collect::<Vec<_>>()
        })
    }
}

/// Puts the parts of one stretch together.
struct Reader<'s> {
    signatures: &'s Signatures,
    text: &'s Squeezed,
    /// Where each part was seen last: from the start of its phrase to its own end.
    seen: BTreeMap<Part, Range<usize>>,
}

impl Reader<'_> {
    /// The signature and the span of the phrase that a part completes.
    fn part(&mut self, part: Part, hit: Range<usize>) -> Option<(usize, Range<usize>)> {
        let (phrase, number) = part;
        let span = match number.checked_sub(1) {
            Some(previous) => self.follow((phrase, previous), &hit)?,
            None => hit,
        };
        let (length, signature) = self.signatures.phrases.get(phrase)?;
        if number + 1 < *length {
            self.seen.insert(part, span);
            return None;
        }
        Some((*signature, span))
    }

    /// The span of a phrase up to this part, if the parts before it stand closely in front.
    fn follow(&self, previous: Part, hit: &Range<usize>) -> Option<Range<usize>> {
        let before = self.seen.get(&previous)?;
        let gap = self.text.text.get(before.end..hit.start)?;
        let is_close = gap.len() <= GAP && !gap.contains(['.', '!', '?', ';', '\u{3002}']);
        is_close.then_some(before.start..hit.end)
    }
}

#[cfg(test)]
mod tests;
