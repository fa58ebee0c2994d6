//! What stands before and after a candidate.

use std::ops::Range;

/// Whether the candidate is a piece of something longer: a letter, digit or underscore touches it, or a digit does
/// across one of `joints` (`.` in a decimal number, `-` in an order number).
pub(super) fn is_inside(text: &str, span: &Range<usize>, joints: &[char]) -> bool {
    let before = text.get(..span.start).unwrap_or_default().chars().rev();
    let after = text.get(span.end..).unwrap_or_default().chars();
    touches(before, joints) || touches(after, joints)
}

/// Whether a number is a piece of something longer, as [`is_inside`], or an amount, or written with a sign.
pub(super) fn is_part_of_number(text: &str, span: &Range<usize>) -> bool {
    let bytes = text.as_bytes();
    let before = span
        .start
        .checked_sub(1)
        .map_or(b' ', |place| bytes.get(place).copied().unwrap_or(b' '));
    let after = bytes.get(span.end).copied().unwrap_or(b' ');
    // Nearly always there is nothing to decide.
    if matches!(before, b' ' | b'"' | b'\n' | b':' | b'=' | b'(')
        && matches!(after, b' ' | b'"' | b'\n' | b',' | b')' | b';')
    {
        return false;
    }
    let before = text.get(..span.start).unwrap_or_default().chars().next_back();
    let is_amount = matches!(before, Some('+' | '%' | '$' | '€' | '£' | '¥'));
    is_amount || is_inside(text, span, &['.', '-'])
}

fn touches(mut outward: impl Iterator<Item = char>, joints: &[char]) -> bool {
    match outward.next() {
        Some(next) if joints.contains(&next) => outward.next().is_some_and(|beyond| beyond.is_ascii_digit()),
        Some(next) => is_of_word(next),
        None => false,
    }
}

/// Chinese and Japanese put no space around numbers, so their letters are no obstacle.
pub(super) fn is_of_word(c: char) -> bool {
    c == '_' || (c.is_alphanumeric() && (c as u32) < 0x2e80)
}
