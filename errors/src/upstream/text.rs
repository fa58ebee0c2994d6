//! From the bytes of a body to text, and from text to one clean line.

use std::borrow::Cow;

use crate::bounds;

/// Characters of a body that are looked at when a line is made of it.
const LOOKED_AT: usize = 16 * 1024;

/// Decodes a body. UTF-8 is what it most likely is; Latin-1 and UTF-16 are what old servers also send, and in any
/// other character set the ASCII in it stays readable.
pub(super) fn decode<'a>(charset: Option<&str>, body: &'a [u8]) -> Cow<'a, str> {
    match body {
        [0xFF, 0xFE, rest @ ..] => return utf16(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => return utf16(rest, u16::from_be_bytes),
        [0xEF, 0xBB, 0xBF, rest @ ..] => return String::from_utf8_lossy(rest),
        _ => {}
    }
    match charset.unwrap_or_default().to_ascii_lowercase().as_str() {
        "utf-16" | "utf-16le" => utf16(body, u16::from_le_bytes),
        "utf-16be" => utf16(body, u16::from_be_bytes),
        "iso-8859-1" | "latin1" | "windows-1252" | "us-ascii" => {
            Cow::Owned(body.iter().map(|byte| char::from(*byte)).collect())
        }
        _ => String::from_utf8_lossy(body),
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Cow<'static, str> {
    let units = bytes.chunks_exact(2).map(|pair| match *pair {
        [first, second] => unit([first, second]),
        _ => 0,
    });
    let chars = char::decode_utf16(units).map(|char| char.unwrap_or(char::REPLACEMENT_CHARACTER));
    Cow::Owned(chars.collect())
}

/// One line of at most `max` characters: white space collapsed, nothing invisible, and no quotation mark that
/// would seem to end the quotation.
pub(super) fn line(text: &str, max: usize) -> String {
    let text = &text[..text.floor_char_boundary(LOOKED_AT)];
    let words: Vec<_> = text.split_whitespace().collect();
    bounds::text(&words.join(" ").replace('"', "'"), max)
}

/// Whether this is text at all, and not bytes of something else.
pub(super) fn is_readable(text: &str) -> bool {
    let text = &text[..text.floor_char_boundary(LOOKED_AT)];
    let odd =
        |char: &char| *char == char::REPLACEMENT_CHARACTER || (char.is_control() && !char.is_whitespace());
    text.chars().filter(odd).count() * 8 <= text.chars().count()
}
