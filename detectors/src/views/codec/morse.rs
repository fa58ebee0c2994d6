//! Morse code (ITU-R M.1677), with the signs that people write for dots and dashes.

use std::collections::BTreeSet;

use super::super::Disguise;
use super::super::runs::{Class, class, runs};
use super::super::weave::Patch;

/// Dots, dashes, spaces, and the bytes of `·`, `•`, `−`, `–` and `—`.
const SIGNS: Class = class(b".-_ /|\t\r\n\xc2\xb7\xe2\x80\xa2\x88\x92\x93\x94");

const LEAST: usize = 20;
/// The fewest letters, and the fewest different ones, that are a message: rulers and rows of dots are none.
const LETTERS: usize = 8;
const DIFFERENT: usize = 4;

const CODES: [(&str, char); 54] = [
    (".-", 'a'),
    ("-...", 'b'),
    ("-.-.", 'c'),
    ("-..", 'd'),
    (".", 'e'),
    ("..-.", 'f'),
    ("--.", 'g'),
    ("....", 'h'),
    ("..", 'i'),
    (".---", 'j'),
    ("-.-", 'k'),
    (".-..", 'l'),
    ("--", 'm'),
    ("-.", 'n'),
    ("---", 'o'),
    (".--.", 'p'),
    ("--.-", 'q'),
    (".-.", 'r'),
    ("...", 's'),
    ("-", 't'),
    ("..-", 'u'),
    ("...-", 'v'),
    (".--", 'w'),
    ("-..-", 'x'),
    ("-.--", 'y'),
    ("--..", 'z'),
    ("-----", '0'),
    (".----", '1'),
    ("..---", '2'),
    ("...--", '3'),
    ("....-", '4'),
    (".....", '5'),
    ("-....", '6'),
    ("--...", '7'),
    ("---..", '8'),
    ("----.", '9'),
    (".-.-.-", '.'),
    ("--..--", ','),
    ("..--..", '?'),
    ("---...", ':'),
    (".----.", '\''),
    ("-....-", '-'),
    ("-..-.", '/'),
    ("-.--.", '('),
    ("-.--.-", ')'),
    (".-..-.", '"'),
    ("-...-", '='),
    (".-.-.", '+'),
    (".--.-.", '@'),
    ("-.-.--", '!'),
    (".-...", '&'),
    ("-.-.-.", ';'),
    ("..--.-", '_'),
    ("...-..-", '$'),
];

pub(super) fn find(text: &str, out: &mut Vec<Patch>) {
    for run in runs(text, &SIGNS, LEAST) {
        let start = text.ceil_char_boundary(run.start);
        let end = text.floor_char_boundary(run.end);
        let Some(written) = text.get(start..end) else {
            continue;
        };
        let mut message = Message::new(start);
        let mut letter = String::new();
        for (at, c) in written.char_indices() {
            let at = start + at;
            match c {
                '.' | '·' | '•' => letter.push('.'),
                '-' | '_' | '−' | '–' | '—' => letter.push('-'),
                _ => {
                    message.letter(&mut letter, at, out);
                    message.gap(c, at);
                }
            }
        }
        message.letter(&mut letter, end, out);
        message.end(out);
    }
}

/// The letters read so far.
struct Message {
    patch: Patch,
    letters: usize,
    different: BTreeSet<char>,
    /// Spaces since the last letter; a stroke counts as many.
    gap: usize,
}

impl Message {
    fn new(start: usize) -> Self {
        Self {
            patch: Patch::new(Disguise::Morse, start),
            letters: 0,
            different: BTreeSet::new(),
            gap: 0,
        }
    }

    /// Takes the signs gathered, which end at `end`, as one letter.
    fn letter(&mut self, signs: &mut String, end: usize, out: &mut Vec<Patch>) {
        if signs.is_empty() {
            return;
        }
        let start = self.patch.there.end;
        if let Some((_, c)) = CODES.iter().find(|(code, _)| code == signs) {
            if self.letters == 0 {
                self.patch = Patch::new(Disguise::Morse, start);
            } else if self.gap > 1 {
                self.patch.push(b" ", start - 1..start);
            }
            self.patch.push_char(*c, start..end);
            self.letters += 1;
            self.different.insert(*c);
        } else {
            self.end(out);
            self.patch = Patch::new(Disguise::Morse, end);
        }
        self.gap = 0;
        signs.clear();
    }

    fn gap(&mut self, c: char, at: usize) {
        self.gap += if matches!(c, '/' | '|' | '\n') { 2 } else { 1 };
        self.patch.push(b"", at..at + c.len_utf8());
    }

    fn end(&mut self, out: &mut Vec<Patch>) {
        let end = self.patch.there.end;
        let patch = std::mem::replace(&mut self.patch, Patch::new(Disguise::Morse, end));
        if self.letters >= LETTERS && self.different.len() >= DIFFERENT {
            out.push(patch);
        }
        (self.letters, self.gap) = (0, 0);
        self.different.clear();
    }
}
