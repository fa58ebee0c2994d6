//! What stands before and after a candidate.

use std::ops::Range;

/// Whether the candidate is a piece of something longer: a letter, digit or underscore touches it, or a
/// digit does across one of `joints` (`.` in a decimal number, `-` in an order number).
pub(super) fn is_inside(text: &str, span: &Range<usize>, joints: &[char]) -> bool {
    let before = text.get(..span.start).unwrap_or_default().chars().rev();
    let after = text.get(span.end..).unwrap_or_default().chars();
    touches(before, joints) || touches(after, joints)
}

fn touches(mut outward: impl Iterator<Item = char>, joints: &[char]) -> bool {
    match outward.next() {
        Some(next) if joints.contains(&next) => outward.next().is_some_and(|beyond| beyond.is_ascii_digit()),
        // Chinese and Japanese put no space around numbers, so their letters are no obstacle.
        Some(next) => next == '_' || (next.is_alphanumeric() && (next as u32) < 0x2e80),
        None => false,
    }
}

/// Whether one of `words` (lower case) stands within a few words before the candidate.
pub(super) fn follows(text: &str, start: usize, words: &[&str]) -> bool {
    let from = text.floor_char_boundary(start.saturating_sub(48));
    let before = text.get(from..start).unwrap_or_default().to_lowercase();
    words.iter().any(|word| {
        before.match_indices(word).any(|(at, _)| {
            !before
                .get(..at)
                .is_some_and(|head| head.ends_with(char::is_alphanumeric))
        })
    })
}
