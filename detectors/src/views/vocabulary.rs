//! The words that disguises are taken off for.
//!
//! Taking a disguise off that changes letters (leet, hyphens) would make nonsense of any text that wears none.
//! So it is taken off word by word, where a word comes out that somebody looks for; and a text is read
//! backwards only if it has such words backwards.

use std::collections::HashSet;
use std::ops::Range;

use aho_corasick::AhoCorasick;

use super::Disguise;
use crate::LoadError;

/// Words of a text that tell nothing by themselves, and tell what cipher a text is in.
const COMMON: &str = "account address birth birthday card contact credit customer email insurance license mobile \
    name number passport password patient phone please print secret security send social their there these this \
    with your";

/// The shortest words that tell a cipher, and that may be misspelt on purpose.
const TELLING: usize = 5;
const SHORTEST: usize = 3;

/// The most letters of a word.
pub(super) const LONGEST: usize = 24;

/// Words in lower case, folded.
#[derive(Debug)]
pub(super) struct Vocabulary {
    words: HashSet<Box<str>>,
    /// The words, to be found in a text.
    finder: AhoCorasick,
    /// Words in each cipher, in the order of `ciphers`.
    enciphered: AhoCorasick,
    ciphers: Vec<Disguise>,
}

/// Ciphers that are undone for a text as a whole.
pub(super) const CIPHERS: [Disguise; 3] = [Disguise::Rot13, Disguise::Atbash, Disguise::Reversed];

impl Vocabulary {
    /// # Errors
    /// When the automaton cannot be built.
    pub(super) fn new(words: impl IntoIterator<Item = String>) -> Result<Self, LoadError> {
        let fits = |word: &String| (SHORTEST..=LONGEST).contains(&word.chars().count());
        let words: HashSet<Box<str>> = words
            .into_iter()
            .filter(fits)
            .map(String::into_boxed_str)
            .collect();
        let mut patterns = Vec::new();
        let mut ciphers = Vec::new();
        let telling = words
            .iter()
            .map(|word| &**word)
            .filter(|word| word.len() >= TELLING);
        for word in telling.chain(COMMON.split_whitespace()) {
            for cipher in CIPHERS {
                let enciphered = undo(cipher, word);
                if enciphered != word && !words.contains(enciphered.as_str()) {
                    patterns.push(enciphered);
                    ciphers.push(cipher);
                }
            }
        }
        let build = |patterns: &mut dyn Iterator<Item = &str>| {
            let mut builder = AhoCorasick::builder();
            let automaton = builder.ascii_case_insensitive(true).build(patterns);
            automaton.map_err(|error| LoadError::Pattern {
                name: "vocabulary".to_owned(),
                reason: error.to_string(),
            })
        };
        let finder = build(&mut words.iter().map(|word| &**word))?;
        let enciphered = build(&mut patterns.iter().map(String::as_str))?;
        Ok(Self {
            words,
            finder,
            enciphered,
            ciphers,
        })
    }

    /// Every place of a text at which a word stands, also inside others.
    pub(super) fn places(&self, text: &str) -> impl Iterator<Item = Range<usize>> {
        self.finder.find_overlapping_iter(text).map(|hit| hit.range())
    }

    pub(super) fn has(&self, word: &str) -> bool {
        self.words.contains(word)
    }

    /// The ciphers that a text has at least two words in.
    pub(super) fn ciphers(&self, text: &str) -> Vec<Disguise> {
        let bytes = text.as_bytes();
        let letter = |at: Option<usize>| {
            at.and_then(|at| bytes.get(at))
                .is_some_and(u8::is_ascii_alphabetic)
        };
        let mut counts = [0_usize; CIPHERS.len()];
        for hit in self.enciphered.find_overlapping_iter(text) {
            if letter(hit.start().checked_sub(1)) || letter(Some(hit.end())) {
                continue;
            }
            let cipher = self.ciphers.get(hit.pattern().as_usize());
            for (count, known) in counts.iter_mut().zip(CIPHERS) {
                *count += usize::from(cipher == Some(&known));
            }
        }
        CIPHERS
            .into_iter()
            .zip(counts)
            .filter(|(_, count)| *count > 1)
            .map(|(cipher, _)| cipher)
            .collect()
    }
}

/// Undoes a cipher; each of them undoes itself.
pub(super) fn undo(cipher: Disguise, text: &str) -> String {
    match cipher {
        Disguise::Rot13 => text.chars().map(rot13).collect(),
        Disguise::Atbash => text.chars().map(atbash).collect(),
        _ => text.chars().rev().collect(),
    }
}

fn rot13(c: char) -> char {
    match c {
        'a'..='m' | 'A'..='M' => char::from(c as u8 + 13),
        'n'..='z' | 'N'..='Z' => char::from(c as u8 - 13),
        _ => c,
    }
}

fn atbash(c: char) -> char {
    match c {
        'a'..='z' => char::from(b'a' + (b'z' - c as u8)),
        'A'..='Z' => char::from(b'A' + (b'Z' - c as u8)),
        _ => c,
    }
}
