//! Texts in a cipher as a whole: letters exchanged, or written backwards.

use super::Disguise;
use super::map::{Map, Unit};
use super::vocabulary::undo;

/// The text with the cipher undone.
pub(super) fn deciphered(cipher: Disguise, text: &str) -> (String, Map) {
    let mut map = Map::default();
    if cipher == Disguise::Reversed {
        for (at, c) in text.char_indices().rev() {
            let length = c.len_utf8();
            let unit = Unit {
                here: length,
                there: length,
                turned: true,
            };
            map.row(length, at + length, unit, Some(cipher));
        }
    } else {
        map.row(text.len(), 0, Unit::BYTE, Some(cipher));
    }
    (undo(cipher, text), map)
}

/// The text with every word turned around in its place.
pub(super) fn with_words_turned(text: &str) -> (String, Map) {
    let mut map = Map::default();
    let mut turned = String::with_capacity(text.len());
    let mut start = 0;
    for word in text.split_inclusive(char::is_whitespace) {
        let letters = word.trim_end();
        let (said, of_letters) = deciphered(Disguise::Reversed, letters);
        turned.push_str(&said);
        map.append(&of_letters, start);
        let space = word.get(letters.len()..).unwrap_or_default();
        turned.push_str(space);
        map.row(space.len(), start + letters.len(), Unit::BYTE, None);
        start += word.len();
    }
    (turned, map)
}
