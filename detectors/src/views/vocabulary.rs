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

/// Words that tell nothing by themselves, and tell what cipher a text is in.
const COMMON: &str = "\
    about account address after agreed amount april august bank before birth birthday block born call \
    card check contact could credit customer december details email february file for form friday from \
    gave give have here insurance into invoice january july june just know last license like login mail \
    make mine mobile monday money month more must name need november number october office once only \
    order other over paid passport password patient pay people person phone please print private real \
    refund refunds rent request room said same saturday secret security send september server should \
    show social some sunday sure take tell than thank thanks that the their them then there these they \
    this those thursday time today transfer tuesday very want wednesday week were what when where which \
    while will with within would year you your";

/// Words that make an address of what stands before them.
const ENDINGS: [&str; 6] = ["com", "org", "net", "info", "mail", "example"];

/// The shortest words that tell a cipher, and that may be misspelt on purpose.
const TELLING: usize = 5;
const SHORTEST: usize = 2;

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
        let words = words.into_iter().filter(fits).chain(ENDINGS.map(str::to_owned));
        let words: HashSet<Box<str>> = words.map(String::into_boxed_str).collect();
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
