//! One spelling for characters that read the same: compatibility forms, digits of all scripts, letters without
//! their marks, look-alikes, and nothing in the place of what cannot be seen.
//!
//! Letters of ASCII keep their case, other letters lose it: who searches here is expected to ignore the case of
//! ASCII, which a search does at no cost, and a text in ASCII is its own fold.

use std::ops::Range;

use super::Disguise;
use super::map::Map;
use super::weave::Weaver;

mod lookalike;
mod table;

use lookalike::Word;
use table::{Folded, fold};

pub(crate) use table::is_invisible;

/// What folding a text changed beyond case and accents.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Changes {
    /// A digit, a styled letter or a look-alike became ASCII, or something invisible went: what reads like a
    /// number or an address may only now look like one.
    pub(crate) form: bool,
}

/// The folded text with the way back, or nothing where folding changes nothing.
pub(crate) fn folded(text: &str) -> Option<(String, Map, Changes)> {
    let start = next_to_fold(text.as_bytes(), 0)?;
    let mut weaver = Weaver::new(text);
    let mut changes = Changes::default();
    let mut word = Word::default();
    weaver.keep(start);
    let mut at = start;
    while at < text.len() {
        let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) else {
            break;
        };
        let end = at + c.len_utf8();
        if c.is_ascii() {
            // Only control characters stop here.
            changes.form = true;
            weaver.skip(end);
        } else {
            one(text, c, at..end, &mut word, &mut changes, &mut weaver);
        }
        at = next_to_fold(text.as_bytes(), weaver.taken().max(end)).unwrap_or(text.len());
        weaver.keep(at);
    }
    let (text, map) = weaver.finish();
    Some((text, map, changes))
}

/// Folds one character that is not ASCII, with what composes with it.
fn one(
    text: &str,
    c: char,
    place: Range<usize>,
    word: &mut Word,
    changes: &mut Changes,
    weaver: &mut Weaver<'_>,
) {
    let entry = fold(c);
    if let Some(letter) = entry.lookalike
        && word.reads_as_latin(text, place.start)
    {
        changes.form = true;
        weaver.put(letter, place.end);
        return;
    }
    match entry.folded {
        Folded::Same => {
            let (composed, end) = table::compose(text, c, place.end);
            if end == place.end {
                weaver.keep(end);
            } else {
                weaver.put(composed, end);
            }
        }
        Folded::To(to) => {
            changes.form |= is_styled(c) || reads_as_number(text, to, &place);
            let (composed, end) = table::compose(text, to, place.end);
            weaver.put(composed, end);
        }
        Folded::Nothing => {
            let before = text
                .get(..place.start)
                .and_then(|before| before.chars().next_back());
            changes.form |=
                is_invisible(c) || before.is_some_and(|c| c.is_ascii_digit() || table::is_mark(c));
            weaver.skip(place.end);
        }
        Folded::Many(chars) => {
            changes.form |= is_styled(c);
            weaver.put_all(&chars, place.end);
        }
    }
}

/// Whether a character becomes part of what may be a number: a digit, a letter beside one, or a space or dash
/// between two.
fn reads_as_number(text: &str, to: char, place: &Range<usize>) -> bool {
    let digit = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_digit);
    let before = place.start.checked_sub(1).and_then(|at| text.as_bytes().get(at));
    let after = text.as_bytes().get(place.end);
    match to {
        ' ' | '-' => digit(before) && digit(after),
        _ => to.is_ascii_digit() || (to.is_ascii_alphabetic() && (digit(before) || digit(after))),
    }
}

/// Which disguise a stretch of the original wears that folding takes off: the one that hides most.
pub(crate) fn disguise(original: &str) -> Option<Disguise> {
    let (mut found, mut marks, mut touched) = (None, 0, false);
    let mut word = Word::default();
    let mut see =
        |disguise: Disguise| found = Some(found.map_or(disguise, |so_far: Disguise| so_far.min(disguise)));
    let mut characters = original.char_indices().peekable();
    while let Some((at, c)) = characters.next() {
        let next = characters.peek().map(|(_, next)| *next);
        if c.is_ascii() {
            marks = 0;
            if is_control(c as u8) && touched {
                see(Disguise::Invisible);
            }
            touched = c.is_ascii_alphanumeric();
            continue;
        }
        let entry = fold(c);
        if is_invisible(c) {
            // Persian, Arabic and the scripts of India join and part letters with them.
            if touched && next.is_some_and(|next| is_invisible(next) || is_plain_letter(next)) {
                see(Disguise::Invisible);
            }
            continue;
        }
        if table::is_mark(c) {
            marks += 1;
            if marks > 1 {
                see(Disguise::Marks);
            }
            continue;
        }
        marks = 0;
        touched = is_plain_letter(c);
        if entry.lookalike.is_some() && word.reads_as_latin(original, at) {
            see(Disguise::Homoglyph);
        } else if is_styled(c) && !matches!(entry.folded, Folded::Same) {
            see(Disguise::Styled);
        }
    }
    found
}

/// Letters and digits of scripts that never need an invisible character between them.
fn is_plain_letter(c: char) -> bool {
    c.is_alphanumeric() && (c as u32) < 0x590
}

/// Blocks of letters and digits in another style.
fn is_styled(c: char) -> bool {
    matches!(c,
        '\u{1d00}'..='\u{1dbf}' | '\u{2070}'..='\u{209f}' | '\u{2100}'..='\u{214f}' | '\u{2460}'..='\u{24ff}'
        | '\u{ff01}'..='\u{ff5e}' | '\u{1d400}'..='\u{1d7ff}' | '\u{1f100}'..='\u{1f1e5}' | '\u{1fbf0}'..='\u{1fbf9}')
}

/// Control characters other than white space.
fn is_control(byte: u8) -> bool {
    (byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0b | 0x0c)) || byte == 0x7f
}

/// The next byte that folding may change.
fn next_to_fold(bytes: &[u8], from: usize) -> Option<usize> {
    let rest = bytes.get(from..)?;
    if rest.first().is_some_and(|byte| *byte >= 0x80) {
        return Some(from);
    }
    let mut at = 0;
    // Sixteen bytes at a time: the compiler makes one comparison of each of these.
    for chunk in rest.chunks_exact(16) {
        let plain = chunk
            .iter()
            .fold(true, |plain, byte| plain & (byte.wrapping_sub(b' ') < 0x5f));
        if !plain && chunk.iter().any(|byte| *byte >= 0x80 || is_control(*byte)) {
            break;
        }
        at += 16;
    }
    let tail = rest.get(at..)?;
    let found = tail.iter().position(|byte| *byte >= 0x80 || is_control(*byte))?;
    Some(from + at + found)
}
