//! Injection phrases and markers that are known word for word.
//!
//! The phrases are data: one YAML file per language in `signatures/`, each with examples that a test runs.
//! One aho-corasick automaton finds the parts of all phrases in one pass over a normalised view of the text;
//! parts that follow each other closely make a phrase.
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

use aho_corasick::AhoCorasick;

use crate::LoadError;

mod data;
mod view;

use data::Signature;
use view::View;

/// The most matches reported for one text; the score takes all of them into account.
const MOST: usize = 64;

/// How far one part of a phrase may stand from the part before it, in bytes: room for "all of the" or "any
/// and all of your" and not for another clause.
const GAP: usize = 32;

/// The signature detector.
#[derive(Debug)]
pub struct Signatures {
    signatures: Vec<Signature>,
    automaton: AhoCorasick,
    /// For each pattern of the automaton the parts of phrases that it is.
    parts: Vec<Vec<Part>>,
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
}

#[derive(Debug, Clone, Copy)]
struct Part {
    phrase: usize,
    index: usize,
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
        let mut patterns: BTreeMap<String, Vec<Part>> = BTreeMap::new();
        let mut phrases = Vec::new();
        for (signature, entry) in signatures.iter().enumerate() {
            for phrase in &entry.phrases {
                let parts = data::parts(phrase);
                for (index, part) in parts.iter().enumerate() {
                    for pattern in data::expand(part) {
                        let pattern = View::of(pattern.trim()).text;
                        patterns.entry(pattern).or_default().push(Part {
                            phrase: phrases.len(),
                            index,
                        });
                    }
                }
                phrases.push((parts.len(), signature));
            }
        }
        let automaton = AhoCorasick::new(patterns.keys()).map_err(|error| LoadError::Pattern {
            name: "signatures".to_owned(),
            reason: error.to_string(),
        })?;
        Ok(Self {
            signatures,
            automaton,
            parts: patterns.into_values().collect(),
            phrases,
        })
    }

    /// Finds signatures in a text.
    #[must_use]
    pub fn find(&self, text: &str) -> Signs {
        let view = View::of(text);
        let mut matches: Vec<SignatureMatch> = Vec::new();
        let mut groups: BTreeMap<&str, f64> = BTreeMap::new();
        // Where each part was seen last: from the start of its phrase to its own end.
        let mut seen: BTreeMap<(usize, usize), Range<usize>> = BTreeMap::new();
        for hit in self.automaton.find_overlapping_iter(&view.text) {
            if !view.is_word(&hit.range()) {
                continue;
            }
            for part in self.parts.get(hit.pattern().as_usize()).into_iter().flatten() {
                let Some(span) = follow(&view, &seen, *part, hit.range()) else {
                    continue;
                };
                let Some((length, signature)) = self.phrases.get(part.phrase) else {
                    continue;
                };
                if part.index + 1 < *length {
                    seen.insert((part.phrase, part.index), span);
                    continue;
                }
                let Some(signature) = self.signatures.get(*signature) else {
                    continue;
                };
                let group = groups.entry(signature.group()).or_default();
                *group = group.max(signature.weight);
                add(&mut matches, signature, view.original(text, &span));
            }
        }
        matches.sort_by_key(|found| (found.span.start, found.span.end));
        Signs {
            matches,
            score: 1.0 - groups.values().map(|weight| 1.0 - weight).product::<f64>(),
        }
    }
}

/// The span of a phrase up to this part, if the parts before it stand closely in front.
fn follow(
    view: &View,
    seen: &BTreeMap<(usize, usize), Range<usize>>,
    part: Part,
    hit: Range<usize>,
) -> Option<Range<usize>> {
    let Some(previous) = part.index.checked_sub(1) else {
        return Some(hit);
    };
    let before = seen.get(&(part.phrase, previous))?;
    let gap = view.text.get(before.end..hit.start)?;
    (gap.len() <= GAP && !gap.contains(['.', '!', '?', ';', '。', '！', '？']))
        .then_some(before.start..hit.end)
}

/// Adds a match; where the same signature matched in the same place, the longer one stays.
fn add(matches: &mut Vec<SignatureMatch>, signature: &Signature, span: Range<usize>) {
    let same = |found: &&mut SignatureMatch| {
        found.id == signature.id && found.span.start < span.end && span.start < found.span.end
    };
    if let Some(found) = matches.iter_mut().rev().find(same) {
        found.span = found.span.start.min(span.start)..found.span.end.max(span.end);
    } else if matches.len() < MOST {
        matches.push(SignatureMatch {
            id: signature.id.clone(),
            span,
            weight: signature.weight,
        });
    }
}

#[cfg(test)]
mod tests;
