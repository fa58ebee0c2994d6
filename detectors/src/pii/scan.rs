//! The pass over one text: from byte to byte that something can begin at.

use std::ops::Range;

use super::Pii;
use super::category::{Candidate, FAR, Own, Written};
use super::context::Context;
use super::general::{self, Score};
use super::secret::{self, Assigned};
use super::surroundings::{is_inside, is_of_word, is_part_of_number};
use super::{automaton::Reading, triggers};

/// Bytes of the longest identifier as it is written, and of the longest date.
const LONGEST_ID: usize = 48;
const LONGEST_DATE: usize = 40;
/// Bytes of the longest secret with a beginning of its own.
const LONGEST_TOKEN: usize = 8 << 10;
/// Letters before a word with digits that may belong to it, and how many such words there may be.
const PREFIX: usize = 10;
const PREFIXES: usize = 5;
/// A telling word must stand so close to a date for it to be one of birth.
const BIRTH: usize = 32;
/// From how much on a candidate is a finding.
const LEAST: f64 = 0.4;

/// One text under way.
pub(super) struct Scan<'t> {
    pii: &'t Pii,
    text: &'t str,
    bytes: &'t [u8],
    context: Context<'t>,
    found: Vec<Candidate>,
    /// What an automaton told; kept so that it is not made anew each time.
    hits: Vec<(usize, usize)>,
    /// Up to where words have been looked at.
    done: usize,
    /// Where the characters end that the last address could be made of, and where it ended itself.
    run: usize,
    address: usize,
    /// Where the last row of colons and hexadecimal digits ended.
    row: usize,
}

impl<'t> Scan<'t> {
    pub(super) fn new(pii: &'t Pii, text: &'t str) -> Self {
        Self {
            pii,
            text,
            bytes: text.as_bytes(),
            context: Context::new(&pii.words, text),
            found: Vec::new(),
            hits: Vec::new(),
            done: 0,
            run: 0,
            address: 0,
            row: 0,
        }
    }

    /// Everything that something in the text may be, in no order.
    pub(super) fn run(mut self) -> Vec<Candidate> {
        let mut at = 0;
        while let Some(place) = triggers::next(self.bytes, at) {
            at = match self.bytes.get(place) {
                Some(b'0'..=b'9') => self.word(place),
                Some(b'@') => self.mail(place),
                Some(b':') => self.colon(place),
                Some(b'=') => self.assignment(place),
                _ => place + 1,
            };
        }
        self.tokens();
        self.found
    }

    /// A word with a digit in it, at the first digit. Returns where to go on.
    fn word(&mut self, digit: usize) -> usize {
        let letters = self
            .before(digit)
            .iter()
            .rev()
            .take_while(|byte| byte.is_ascii_alphanumeric())
            .count();
        let start = digit - letters;
        let length = self
            .after(digit)
            .iter()
            .take_while(|byte| byte.is_ascii_alphanumeric())
            .count();
        let end = digit + length;
        if end - start <= LONGEST_ID {
            // Short words before it may belong to it: `AB 12 34 56 C`, `de:ad:be:ef:00:01`, `21 November 2026`.
            let mut starts = [start; PREFIXES + 1];
            let mut count = 1;
            let mut first = start;
            while count <= PREFIXES {
                let Some(prefix) = self.prefix(first, count) else {
                    break;
                };
                first = prefix;
                if let Some(place) = starts.get_mut(count) {
                    *place = prefix;
                }
                count += 1;
            }
            for start in starts.into_iter().take(count).rev() {
                self.from(start);
            }
            self.phone(start);
        }
        if general::CRYPTO_LENGTHS.contains(&(end - start)) {
            self.crypto(start..end);
        }
        self.done = end;
        end
    }

    /// Where a word of letters begins that stands right before a place; the `nth` one before a word with digits.
    fn prefix(&self, place: usize, nth: usize) -> Option<usize> {
        let [.., letter, joint] = self.before(place) else {
            return None;
        };
        // A row of many words is only looked at where they are tied together more closely than by spaces.
        let tied = matches!(joint, b':' | b'-') || (nth <= 2 && matches!(joint, b' ' | b'.' | b','));
        if !tied || !letter.is_ascii_alphabetic() {
            return None;
        }
        let before = self.before(place - 1);
        let letters = before
            .iter()
            .rev()
            .take(PREFIX + 1)
            .take_while(|byte| byte.is_ascii_alphabetic())
            .count();
        let start = place - 1 - letters;
        (letters <= PREFIX && start >= self.done).then_some(start)
    }

    /// Looks for all that can begin at the beginning of a word.
    fn from(&mut self, start: usize) {
        // What touches the word makes it part of another, whatever it is.
        if self
            .text
            .get(..start)
            .is_some_and(|before| before.ends_with(is_of_word))
        {
            return;
        }
        self.forms(start);
        self.dates(start);
        self.iban(start);
    }

    fn forms(&mut self, start: usize) {
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
        let distance = self.context.distance(category, &span);
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

    fn push(&mut self, category: u16, span: Range<usize>, score: f64) {
        self.found.push(Candidate {
            category,
            span,
            score,
            distance: FAR,
        });
    }

    fn dates(&mut self, start: usize) {
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

    fn iban(&mut self, start: usize) {
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

    fn phone(&mut self, word: usize) {
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

    fn crypto(&mut self, span: Range<usize>) {
        let Some(category) = self.pii.own(Own::Crypto) else {
            return;
        };
        let score = self.text.get(span.clone()).and_then(general::crypto);
        if let Some(score) = score.filter(|_| !is_inside(self.text, &span, &[])) {
            self.push_in_context(category, span, score, score.max(0.8));
        }
    }

    fn mail(&mut self, at: usize) -> usize {
        let span = self
            .pii
            .own(Own::Email)
            .and_then(|category| Some((category, general::email(self.text, at)?)));
        if let Some((category, span)) = span {
            self.push(category, span, 1.0);
        }
        at + 1
    }

    fn colon(&mut self, colon: usize) -> usize {
        if self.after(colon).starts_with(b"://") {
            self.address(colon);
            return colon + 3;
        }
        let neighbours = [colon.checked_sub(1), Some(colon + 1)];
        let is_hex = |place: Option<usize>| {
            let byte = place.and_then(|place| self.bytes.get(place));
            byte.is_some_and(|byte| byte.is_ascii_hexdigit() || *byte == b':')
        };
        if neighbours.into_iter().all(is_hex) || self.after(colon).starts_with(b"::") {
            // The first colon of a row speaks for all.
            if colon >= self.row {
                let (found, row) = general::ip6(self.text, colon);
                self.row = row;
                if let Some((category, span)) = self.pii.own(Own::Ip6).zip(found) {
                    self.push(category, span, 0.9);
                }
            }
        }
        self.assignment(colon)
    }

    fn address(&mut self, colon: usize) {
        if colon >= self.run {
            self.run = general::addresses::run(self.text, colon + 3);
        }
        if let Some(category) = self.pii.own(Own::ConnectionString)
            && let Some(span) = secret::connection(self.text, colon, self.run)
        {
            self.push(category, span, 1.0);
        }
        // An address within another is part of it.
        if let Some(category) = self.pii.own(Own::Url).filter(|_| colon >= self.address)
            && let Some(span) = general::url(self.text, colon, self.run)
        {
            self.address = span.end;
            self.push(category, span, 0.6);
        }
    }

    fn assignment(&mut self, sign: usize) -> usize {
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
    fn tokens(&mut self) {
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
            if place.is_empty() {
                self.bic(hit.end());
            } else if let Some(end) = self.token(hit.start()) {
                done = end;
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

    fn bic(&mut self, word_end: usize) {
        let Some(category) = self.pii.own(Own::Bic) else {
            return;
        };
        if self.bytes.get(word_end).is_some_and(u8::is_ascii_alphanumeric) {
            return;
        }
        if let Some(span) = general::bic(self.text, word_end) {
            self.push(category, span, 0.9);
        }
    }

    fn before(&self, place: usize) -> &'t [u8] {
        self.bytes.get(..place).unwrap_or_default()
    }

    fn after(&self, place: usize) -> &'t [u8] {
        self.bytes.get(place..).unwrap_or_default()
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
