//! Keys, tokens and passwords.

use super::Scan;
use crate::pii::Beginning;
use crate::pii::automaton::Reading;
use crate::pii::category::{Own, Written};
use crate::pii::general;
use crate::pii::secret::{self, Assigned};

/// Bytes of the longest secret with a beginning of its own.
const LONGEST_TOKEN: usize = 8 << 10;

impl Scan<'_> {
    pub(super) fn assignment(&mut self, sign: usize) -> usize {
        if let Some((span, assigned)) = secret::assigned(self.text, sign) {
            let own = match assigned {
                Assigned::Password => Own::Password,
                Assigned::Key => Own::ApiKey,
            };
            if let Some(category) = self.pii.own(own) {
                self.push(category, span, 0.8);
            }
        }
        sign + 1
    }

    /// Secrets with a beginning of their own, and codes that only a word before them makes known.
    pub(super) fn tokens(&mut self) {
        let Some(tokens) = &self.pii.tokens else {
            return;
        };
        let mut done = 0;
        for hit in tokens.prefixes.find_iter(self.bytes) {
            if hit.start() < done {
                continue;
            }
            let Some(place) = tokens.of_prefix.get(hit.pattern().as_usize()) else {
                continue;
            };
            match place {
                Beginning::Token => done = self.token(hit.start()).unwrap_or(done),
                Beginning::Bic => self.bic(hit.start(), hit.end()),
                Beginning::Password => self.password(hit.end()),
            }
        }
    }

    fn token(&mut self, start: usize) -> Option<usize> {
        let tokens = self.pii.tokens.as_ref()?;
        let is_of_token = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_');
        let signed = self.bytes.get(start).is_some_and(u8::is_ascii_alphanumeric);
        if signed
            && self
                .before(start)
                .last()
                .is_some_and(|byte| is_of_token(byte) || *byte == b'-')
        {
            return None;
        }
        let mut hits = std::mem::take(&mut self.hits);
        hits.clear();
        tokens
            .automaton
            .walk(self.bytes, start, LONGEST_TOKEN, Reading::Exact, &mut hits);
        let mut found = None;
        for (pattern, end) in hits.iter().rev() {
            let Some((category, token)) = tokens.tokens.get(*pattern).copied() else {
                continue;
            };
            let it = Written {
                text: self.text,
                start,
                end: *end,
                id: &[],
            };
            let cut = self.bytes.get(*end).is_some_and(is_of_token);
            if !cut && (token.check)(&it) {
                self.push(category, start..*end, token.score);
                found = Some(*end);
                break;
            }
        }
        self.hits = hits;
        found
    }

    /// `IDENTIFIED BY 'x'`
    fn password(&mut self, word_end: usize) {
        let value = secret::assigned_value(self.text, word_end, Assigned::Password);
        if let Some((category, span)) = self.pii.own(Own::Password).zip(value) {
            self.push(category, span, 0.8);
        }
    }

    fn bic(&mut self, word: usize, word_end: usize) {
        let Some(category) = self.pii.own(Own::Bic) else {
            return;
        };
        let touched = self.before(word).last().is_some_and(u8::is_ascii_alphanumeric);
        if touched || self.bytes.get(word_end).is_some_and(u8::is_ascii_alphanumeric) {
            return;
        }
        if let Some(span) = general::bic(self.text, word_end) {
            self.push(category, span, 0.9);
        }
    }
}
