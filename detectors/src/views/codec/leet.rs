//! Digits and signs in the place of letters, in words that somebody looks for.

use super::super::Disguise;
use super::super::runs::{Class, class, has};
use super::super::vocabulary::{LONGEST, Vocabulary};
use super::super::weave::Patch;

const LETTERS: Class = class(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");
const SIGNS: Class = class(b"0123456789@$!|+(");

/// The most signs in a word that have two readings, and so the most spellings tried: eight.
const OPEN: usize = 3;

pub(super) fn find(text: &str, vocabulary: &Vocabulary, out: &mut Vec<Patch>) {
    let bytes = text.as_bytes();
    let in_word = |byte: u8| has(&LETTERS, byte) || has(&SIGNS, byte);
    let mut at = 0;
    while at < bytes.len() {
        let rest = bytes.get(at..).unwrap_or_default();
        let length = rest.iter().take_while(|byte| in_word(**byte)).count();
        let word = rest.get(..length).unwrap_or_default();
        let signs = word.iter().filter(|byte| has(&SIGNS, **byte)).count();
        if (1..word.len()).contains(&signs) && word.len() <= LONGEST + 3 {
            read(word, at, vocabulary, out);
        }
        at += length + 1;
    }
}

fn read(word: &[u8], start: usize, vocabulary: &Vocabulary, out: &mut Vec<Patch>) {
    // A sign at either end may be punctuation.
    let trailing = word
        .iter()
        .rev()
        .take_while(|byte| matches!(byte, b'!' | b'|'))
        .count();
    let leading = word
        .iter()
        .take_while(|byte| matches!(byte, b'(' | b'|' | b'@'))
        .count();
    for (first, last) in [
        (0, word.len()),
        (0, word.len() - trailing),
        (leading, word.len() - trailing),
    ] {
        let Some(inner) = word.get(first..last) else {
            continue;
        };
        if let Some(said) = spellings(inner).into_iter().find(|said| vocabulary.has(said)) {
            let mut patch = Patch::new(Disguise::Leet, start + first);
            for (at, byte) in said.bytes().enumerate() {
                let at = start + first + at;
                patch.push(&[byte], at..at + 1);
            }
            out.push(patch);
            return;
        }
    }
}

/// The words that this may stand for, in lower case.
fn spellings(word: &[u8]) -> Vec<String> {
    if !word.iter().any(|byte| has(&SIGNS, *byte)) {
        return Vec::new();
    }
    let mut spellings = vec![String::with_capacity(word.len())];
    let mut open = 0;
    for byte in word {
        let (one, other) = letters(*byte);
        let Some(one) = one else {
            return Vec::new();
        };
        if let Some(other) = other.filter(|_| open < OPEN) {
            open += 1;
            let others: Vec<_> = spellings.iter().map(|start| format!("{start}{other}")).collect();
            spellings.iter_mut().for_each(|start| start.push(one));
            spellings.extend(others);
        } else {
            spellings.iter_mut().for_each(|start| start.push(one));
        }
    }
    spellings
}

/// The letters that a sign stands for.
fn letters(byte: u8) -> (Option<char>, Option<char>) {
    match byte {
        b'0' => (Some('o'), None),
        b'1' | b'|' | b'!' => (Some('i'), Some('l')),
        b'2' => (Some('z'), None),
        b'3' => (Some('e'), None),
        b'4' | b'@' => (Some('a'), None),
        b'5' | b'$' => (Some('s'), None),
        b'6' => (Some('g'), Some('b')),
        b'7' | b'+' => (Some('t'), None),
        b'8' => (Some('b'), None),
        b'9' => (Some('g'), None),
        b'(' => (Some('c'), None),
        letter => (Some(char::from(letter.to_ascii_lowercase())), None),
    }
}
