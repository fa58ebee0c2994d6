//! Runs of bytes of one class, found without looking at every byte.

use std::ops::Range;

/// A set of bytes.
pub(super) type Class = [bool; 256];

/// The class of the bytes of a string.
pub(super) const fn class(bytes: &[u8]) -> Class {
    let mut class = [false; 256];
    let mut at = 0;
    while at < bytes.len() {
        class[bytes[at] as usize] = true;
        at += 1;
    }
    class
}

/// Whether a class has a byte.
pub(super) fn has(class: &Class, byte: u8) -> bool {
    class.get(usize::from(byte)).is_some_and(|has| *has)
}

/// The longest runs of at least `least` bytes of a class, from left to right.
///
/// A run that long covers every `least`-th byte, so only those are looked at until one belongs to the class.
pub(super) fn runs<'t>(
    text: &'t str,
    class: &'static Class,
    least: usize,
) -> impl Iterator<Item = Range<usize>> + 't {
    let bytes = text.as_bytes();
    let mut from = 0;
    std::iter::from_fn(move || {
        loop {
            let probe = from + least.max(1) - 1;
            if !has(class, *bytes.get(probe)?) {
                from = probe + 1;
                continue;
            }
            let before = bytes.get(from..probe)?;
            let start = probe - before.iter().rev().take_while(|byte| has(class, **byte)).count();
            let after = bytes.get(probe..)?;
            let end = probe + after.iter().take_while(|byte| has(class, **byte)).count();
            from = end + 1;
            if end - start >= least {
                return Some(start..end);
            }
        }
    })
}
