//! Braille, letter by letter (Unified English Braille without contractions).

use super::super::Disguise;
use super::super::weave::Patch;

/// The fewest cells that are a message.
const LEAST: usize = 4;

/// The letters in the order of the alphabet.
const LETTERS: &str = "⠁⠃⠉⠙⠑⠋⠛⠓⠊⠚⠅⠇⠍⠝⠕⠏⠟⠗⠎⠞⠥⠧⠺⠭⠽⠵";
const NUMBER: char = '⠼';
const CAPITAL: char = '⠠';

pub(super) fn find(text: &str, out: &mut Vec<Patch>) {
    let mut reader = Reader::default();
    for (at, c) in text.char_indices() {
        // A space keeps the message going, and ends a number.
        if c == ' ' && reader.cells > 0 {
            reader.space(at, 1);
        } else if ('\u{2800}'..='\u{28ff}').contains(&c) {
            reader.cell(c, at);
        } else {
            reader.end(out);
        }
    }
    reader.end(out);
}

#[derive(Debug, Default)]
struct Reader {
    patch: Option<Patch>,
    cells: usize,
    in_number: bool,
    /// The first cell of a sign of two was just read.
    in_sign: bool,
}

impl Reader {
    fn space(&mut self, at: usize, length: usize) {
        self.put(" ", at, length);
        self.in_number = false;
    }

    fn cell(&mut self, c: char, at: usize) {
        let length = c.len_utf8();
        self.cells += 1;
        if c == '\u{2800}' {
            self.space(at, length);
            return;
        }
        if c == NUMBER || c == CAPITAL || c == '⠈' || c == '⠨' || c == '⠸' {
            self.in_number = c == NUMBER || (self.in_number && c != CAPITAL);
            self.in_sign = c == '⠈';
            self.put("", at, length);
            return;
        }
        let sign = std::mem::take(&mut self.in_sign);
        let said = match c {
            '⠁' if sign => '@',
            '⠂' => ',',
            '⠲' => '.',
            '⠆' => ';',
            '⠒' => ':',
            '⠖' => '!',
            '⠦' => '?',
            '⠤' => '-',
            '⠄' => '\'',
            '⠌' => '/',
            _ => match LETTERS.chars().zip('a'..='z').find(|(letter, _)| *letter == c) {
                Some((_, letter @ 'a'..='i')) if self.in_number => char::from(letter as u8 - b'a' + b'1'),
                Some((_, 'j')) if self.in_number => '0',
                Some((_, letter)) => letter,
                None => '?',
            },
        };
        self.in_number &= said.is_ascii_digit() || matches!(said, ',' | '.' | '-');
        self.put(said.encode_utf8(&mut [0; 4]), at, length);
    }

    fn put(&mut self, said: &str, at: usize, length: usize) {
        let patch = self
            .patch
            .get_or_insert_with(|| Patch::new(Disguise::Braille, at));
        patch.push(said.as_bytes(), at..at + length);
    }

    fn end(&mut self, out: &mut Vec<Patch>) {
        let reader = std::mem::take(self);
        out.extend(reader.patch.filter(|_| reader.cells >= LEAST));
    }
}
