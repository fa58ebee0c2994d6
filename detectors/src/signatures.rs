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

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::views::View;
use crate::{Disguise, Finding, LoadError};

mod anchors;
mod data;
mod grammar;
mod own;
mod phrase;
mod squeezed;
mod tally;
mod unseen;

use anchors::Anchors;
use data::Signature;
use grammar::{Grammar, Part};
use squeezed::Squeezed;

pub use own::OwnSignatures;

pub(crate) use tally::Tally;

/// The id of the signature that a phrase has besides its own where the reader of a page does not see it.
const UNSEEN: &str = "unseen-text";

/// The most matches reported for one text; the score takes all of them into account.
const MOST: usize = 64;

/// How far one part of a phrase may stand from the part before it, in bytes without white space: room for "all
/// of the" or "any and all of your" and not for another clause.
const GAP: usize = 28;

/// The signature detector.
pub struct Signatures {
    signatures: Vec<Signature>,
    anchors: Anchors,
    grammar: Grammar,
    /// For each phrase the number of its parts and its signature.
    phrases: Vec<(usize, usize)>,
    /// The signature of phrases that the reader of a page does not see.
    unseen: usize,
    words: BTreeSet<String>,
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
    /// What it is: [`Finding::INJECTION`] or [`Finding::CANARY`].
    pub category: &'static str,
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
        Self::with(&OwnSignatures::default())
    }

    /// Loads the signatures that are compiled in, and an owner's own.
    ///
    /// # Errors
    /// When an id of the owner's is taken, or one of them does not keep the word that its examples give. The
    /// error names the file and the signature.
    pub fn with(own: &OwnSignatures) -> Result<Self, LoadError> {
        let mut builder = Builder::default();
        for (name, text) in data::FILES {
            for signature in data::parse(name, text)? {
                let phrases = signature
                    .phrases
                    .iter()
                    .map(|phrase| phrase::parse(phrase))
                    .collect();
                builder.add(signature, phrases);
            }
        }
        let known: BTreeSet<String> = builder.signatures.iter().map(|known| known.id.clone()).collect();
        for (file, signature) in own.of_files() {
            if known.contains(&signature.id) || signature.id == UNSEEN {
                return Err(LoadError::Signatures {
                    name: file.clone(),
                    reason: format!("`{}` is the id of a signature that is compiled in", signature.id),
                });
            }
            let phrases = signature
                .phrases
                .iter()
                .map(|phrase| phrase::parse(phrase))
                .collect();
            builder.add(signature.clone(), phrases);
        }
        for (canary, phrase) in own.of_canaries() {
            builder.add(canary, vec![phrase]);
        }
        let signatures = builder.build()?;
        for (file, signature) in own.of_files() {
            signatures
                .keeps_its_word(signature)
                .map_err(|reason| LoadError::Signatures {
                    name: file.clone(),
                    reason,
                })?;
        }
        Ok(signatures)
    }

    /// Whether a signature is found in its examples and only there.
    fn keeps_its_word(&self, signature: &Signature) -> Result<(), String> {
        let is_found = |text: &&String| {
            self.find(text)
                .matches
                .iter()
                .any(|found| found.id == signature.id)
        };
        if let Some(missed) = signature.finds.iter().find(|text| !is_found(text)) {
            return Err(format!(
                "`{}` is not found in its example `{missed}`",
                signature.id
            ));
        }
        match signature.passes.iter().find(is_found) {
            Some(wrong) => Err(format!(
                "`{}` is found in `{wrong}`, which must pass",
                signature.id
            )),
            None => Ok(()),
        }
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
                let place = squeezed.place(&span);
                let (Some(signature), Some(origin)) =
                    (self.signatures.get(signature), view.new_origin(&place))
                else {
                    continue;
                };
                let is_told = signature.category == Finding::INJECTION && unseen::is_unseen(text, &place);
                if let Some(unseen) = self.signatures.get(self.unseen).filter(|_| is_told) {
                    tally.add(unseen, origin.clone());
                }
                tally.add(signature, origin);
            }
        }
    }

    /// The words that the phrases are made of, in lower case.
    pub(crate) fn words(&self) -> impl Iterator<Item = String> {
        self.words.iter().cloned()
    }
}

/// Gathers signatures.
#[derive(Debug, Default)]
struct Builder {
    signatures: Vec<Signature>,
    anchors: anchors::Builder,
    grammar: grammar::Builder,
    phrases: Vec<(usize, usize)>,
    words: BTreeSet<String>,
}

impl Builder {
    fn add(&mut self, signature: Signature, phrases: Vec<phrase::Parts>) {
        for parts in phrases {
            self.anchors.add(&parts, GAP);
            self.grammar.add(self.phrases.len(), &parts);
            self.phrases.push((parts.len(), self.signatures.len()));
            let pieces = parts.iter().flatten().flat_map(|item| &item.choices);
            let words = pieces.flat_map(phrase::Piece::words);
            let words = words.filter(|word| word.chars().all(char::is_alphabetic));
            self.words.extend(words.map(str::to_owned));
        }
        self.signatures.push(signature);
    }

    fn build(mut self) -> Result<Signatures, LoadError> {
        let unseen = self.signatures.len();
        self.signatures.push(Signature::unseen());
        Ok(Signatures {
            signatures: self.signatures,
            unseen,
            anchors: self.anchors.build()?,
            grammar: self.grammar.build()?,
            phrases: self.phrases,
            words: self.words,
        })
    }
}

/// Shows how many there are: the automata inside would fill books.
impl std::fmt::Debug for Signatures {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Signatures")
            .field("signatures", &self.signatures.len())
            .field("phrases", &self.phrases.len())
            .finish()
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
