//! What begins with a word: identifiers, dates, accounts, numbers to call, addresses of crypto currencies.

use std::ops::Range;

use super::{LONGEST_ID, Scan};
use crate::pii::automaton::Reading;
use crate::pii::category::{Candidate, FAR, Own, Written};
use crate::pii::general::{self, Score};
use crate::pii::surroundings::{is_inside, is_part_of_number};

/// Bytes of the longest date.
const LONGEST_DATE: usize = 40;
/// A telling word must stand so close to a date for it to be one of birth.
const BIRTH: usize = 32;
/// Below this score next to a telling word, that word must stand closer.
const STRONG: f64 = 0.8;
const NEAR: usize = 40;
/// From how much on a candidate is a finding.
const LEAST: f64 = 0.4;

impl Scan<'_> {
    pub(super) fn forms(&mut self, start: usize) {
        let mut hits = std::mem::take(&mut self.hits);
        hits.clear();
        self.pii
            .forms
            .walk(self.bytes, start, LONGEST_ID, Reading::Folded, &mut hits);
        // Ends come in rising order; all patterns of one end share what is known of it.
        for group in hits.chunk_by(|a, b| a.1 == b.1) {
            let Some(&(_, end)) = group.first() else {
                continue;
            };
            let span = start..end;
            if is_part_of_number(self.text, &span) {
                continue;
            }
            let silent = self.context.is_silent(&span);
            let mut id = [0; LONGEST_ID];
            let length = compact(self.bytes.get(span.clone()).unwrap_or_default(), &mut id);
            let id = id.get(..length).unwrap_or_default();
            let it = Written {
                text: self.text,
                start,
                end,
                id,
            };
            for (pattern, _) in group {
                self.form(*pattern, &it, silent);
            }
        }
        self.hits = hits;
    }

    /// One pattern that matched.
    fn form(&mut self, pattern: usize, it: &Written<'_>, silent: bool) {
        let Some((category, needs_word, form)) = self.pii.forms_of.get(pattern).copied() else {
            return;
        };
        if silent && needs_word {
            return;
        }
        let span = it.start..it.end;
        // Small letters in an identifier are unusual: then a word must say what it is.
        let small = it.raw().bytes().any(|byte| byte.is_ascii_lowercase());
        let alone = if small && !self.pii.is_any_case(category) {
            0.0
        } else {
            form.alone
        };
        let distance = if alone > 0.0 {
            FAR
        } else {
            self.context.distance(category, &span)
        };
        if (alone == 0.0 && distance == FAR) || !(form.check)(it) {
            return;
        }
        self.push_in_context(category, span, alone, form.named);
    }

    /// Adds a candidate with the score that the words around it give.
    fn push_in_context(&mut self, category: u16, span: Range<usize>, alone: f64, named: f64) {
        let near = if named < STRONG { NEAR } else { FAR - 1 };
        let distance = Some(self.context.distance(category, &span))
            .filter(|distance| *distance <= near)
            .unwrap_or(FAR);
        let score = match distance {
            FAR if alone > 0.0 && self.context.is_against(&span) => alone / 2.0,
            FAR => alone,
            _ => named,
        };
        if score >= LEAST {
            self.found.push(Candidate {
                category,
                span,
                score,
                distance,
            });
        }
    }

    pub(super) fn push(&mut self, category: u16, span: Range<usize>, score: f64) {
        self.found.push(Candidate {
            category,
            span,
            score,
            distance: FAR,
        });
    }

    pub(super) fn dates(&mut self, start: usize) {
        let Some(dates) = &self.pii.dates else {
            return;
        };
        let mut hits = std::mem::take(&mut self.hits);
        hits.clear();
        dates
            .automaton
            .walk(self.bytes, start, LONGEST_DATE, Reading::Folded, &mut hits);
        // The longest reading that is a date: a date with its time, not without.
        for (pattern, end) in hits.iter().rev() {
            let span = start..*end;
            let Some(form) = dates.forms.get(*pattern) else {
                continue;
            };
            let it = Written {
                text: self.text,
                start,
                end: *end,
                id: &[],
            };
            let apart =
                self.text.is_char_boundary(*end) && !is_inside(self.text, &span, &['.', '-', '/', ':']);
            if !apart || !(form.check)(&it) {
                continue;
            }
            let birth = self.pii.own(Own::DateOfBirth).filter(|_| form.is_whole);
            let distance = birth.map_or(FAR, |category| self.context.distance(category, &span));
            match (birth, self.pii.own(Own::DateTime)) {
                (Some(category), _) if distance <= BIRTH => {
                    self.found.push(Candidate {
                        category,
                        span,
                        score: 0.9,
                        distance,
                    });
                }
                (_, Some(category)) => self.push(category, span, 0.6),
                _ => {}
            }
            break;
        }
        self.hits = hits;
    }

    pub(super) fn iban(&mut self, start: usize) {
        if !self.bytes.get(start).is_some_and(u8::is_ascii_alphabetic) {
            return;
        }
        let Some(category) = self.pii.own(Own::Iban) else {
            return;
        };
        if let Some(span) = general::iban(self.text, start).filter(|span| !is_inside(self.text, span, &['-']))
        {
            self.push(category, span, 1.0);
        }
    }

    pub(super) fn phone(&mut self, word: usize) {
        let Some((category, phone)) = self.pii.phone.as_ref() else {
            return;
        };
        // `+`, `(` and `+(` belong to the number.
        let signs = self
            .before(word)
            .iter()
            .rev()
            .take(2)
            .take_while(|byte| matches!(byte, b'+' | b'('))
            .count();
        if signs == 0 && self.before(word).last().is_some_and(u8::is_ascii_alphanumeric) {
            return;
        }
        // A row of digits that no word speaks for is no number to call.
        // By itself it would have to begin with a short group, or with the zeros of a call abroad.
        let first = self
            .after(word)
            .iter()
            .take_while(|byte| byte.is_ascii_digit())
            .count();
        let joined = matches!(
            self.bytes.get(word + first),
            Some(b' ' | b'-' | b'.' | b'/' | b'(' | b')' | 0x80..)
        );
        let short = first < 4 || (first < 6 && self.after(word).starts_with(b"00"));
        if signs == 0 && !(joined && short) && self.context.is_silent(&(word..word + 1)) {
            return;
        }
        // Without its sign a number from abroad is another.
        let plain = !self.before(word).ends_with(b"+");
        for start in (word - signs..=word).filter(|start| *start < word || plain) {
            let Some((span, score)) = phone.find(self.text, start) else {
                continue;
            };
            let (alone, named) = match score {
                Score::Alone(score) => (score, score.max(0.85)),
                Score::Named(score) => (0.0, score),
            };
            self.push_in_context(*category, span, alone, named);
            break;
        }
    }

    pub(super) fn crypto(&mut self, span: Range<usize>) {
        let Some(category) = self.pii.own(Own::Crypto) else {
            return;
        };
        let score = self.text.get(span.clone()).and_then(general::crypto);
        if let Some(score) = score.filter(|_| !is_inside(self.text, &span, &[])) {
            self.push_in_context(category, span, score, score.max(0.8));
        }
    }
}

/// The letters and digits of a candidate, in capitals; returns how many.
fn compact(written: &[u8], id: &mut [u8; LONGEST_ID]) -> usize {
    let kept = written.iter().filter(|byte| byte.is_ascii_alphanumeric());
    let mut length = 0;
    for (place, byte) in id.iter_mut().zip(kept) {
        *place = byte.to_ascii_uppercase();
        length += 1;
    }
    length
}
