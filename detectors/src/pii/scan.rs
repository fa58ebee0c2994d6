//! The pass over one text: from byte to byte that something can begin at.

use super::category::{Candidate, Own};
use super::context::Context;
use super::surroundings::is_of_word;
use super::{Pii, general, secret, triggers};

mod numbers;
mod secrets;

/// Bytes of the longest identifier as it is written.
const LONGEST_ID: usize = 48;
/// Letters before a word with digits that may belong to it, and how many such words there may be.
const PREFIX: usize = 10;
const PREFIXES: usize = 5;

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

    fn before(&self, place: usize) -> &'t [u8] {
        self.bytes.get(..place).unwrap_or_default()
    }

    fn after(&self, place: usize) -> &'t [u8] {
        self.bytes.get(place..).unwrap_or_default()
    }
}
