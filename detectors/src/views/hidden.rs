//! Messages in characters that no screen shows.

use std::ops::Range;

use super::Disguise;
use super::map::Map;
use super::readable::is_readable;
use super::weave::Patch;

/// The fewest characters that are a message.
const LEAST: usize = 4;

/// Every hidden message of a text, each for itself.
pub(super) fn messages(text: &str) -> Vec<(String, Map)> {
    if text.is_ascii() {
        return Vec::new();
    }
    let found = [tags(text), selectors(text), bits(text)];
    found.into_iter().flatten().map(Patch::into_view).collect()
}

/// Tag characters spell ASCII. In a flag (Scotland has one) they spell a region, which is no message.
fn tags(text: &str) -> Option<Patch> {
    let mut patch = Patch::new(Disguise::Tags, 0);
    let mut in_flag = false;
    for (at, c) in text.char_indices() {
        let Some(letter) = tag(c) else {
            in_flag = c == '\u{1f3f4}';
            continue;
        };
        in_flag &= letter.is_ascii_alphanumeric();
        if !in_flag {
            patch.push(&[letter], at..at + c.len_utf8());
        }
    }
    (patch.bytes().len() >= LEAST).then_some(patch)
}

fn tag(c: char) -> Option<u8> {
    let code = (c as u32).checked_sub(0xe0000)?;
    u8::try_from(code).ok().filter(|byte| (0x20..0x7f).contains(byte))
}

/// Each of the 256 variation selectors is a byte. After a character there is one in honest text, never more.
fn selectors(text: &str) -> Option<Patch> {
    let mut patch = Patch::new(Disguise::Selectors, 0);
    let mut row: Vec<(u8, Range<usize>)> = Vec::new();
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        if let Some(byte) = selector(c) {
            row.push((byte, at..at + c.len_utf8()));
            continue;
        }
        let is_message = row.len() >= LEAST;
        for (byte, there) in row.drain(..).filter(|_| is_message) {
            patch.push(&[byte], there);
        }
    }
    is_readable(patch.bytes()).then_some(patch)
}

fn selector(c: char) -> Option<u8> {
    let byte = match c {
        '\u{fe00}'..='\u{fe0f}' => c as u32 - 0xfe00,
        '\u{e0100}'..='\u{e01ef}' => c as u32 - 0xe0100 + 16,
        _ => return None,
    };
    u8::try_from(byte).ok()
}

/// Two zero-width characters as zero and one, eight to a byte.
fn bits(text: &str) -> Option<Patch> {
    let mut row: Vec<(char, Range<usize>)> = Vec::new();
    for (at, c) in text.char_indices() {
        if matches!(c, '\u{200b}'..='\u{200d}' | '\u{2060}'..='\u{2064}' | '\u{feff}') {
            row.push((c, at..at + c.len_utf8()));
        }
    }
    if row.len() < 8 * LEAST {
        return None;
    }
    let first = row.first()?.0;
    let other = row.iter().map(|(c, _)| *c).find(|c| *c != first)?;
    [first, other].into_iter().find_map(|zero| {
        let mut patch = Patch::new(Disguise::ZeroWidthBits, 0);
        let bits = row
            .iter()
            .filter(|(c, _)| *c == first || *c == other)
            .collect::<Vec<_>>();
        for byte in bits.chunks_exact(8) {
            let value = byte
                .iter()
                .fold(0, |value, (c, _)| value << 1 | u8::from(*c != zero));
            let (start, end) = (byte.first()?.1.start, byte.last()?.1.end);
            patch.push(&[value], start..end);
        }
        is_readable(patch.bytes()).then_some(patch)
    })
}
