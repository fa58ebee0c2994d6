//! What takes a disguise off in place: each codec finds the stretches of a text that it can read.

use super::vocabulary::Vocabulary;
use super::weave::Patch;

mod blocks;
mod braille;
mod digits;
mod escape;
mod html;
mod hyphenated;
mod leet;
mod morse;
mod radix;
mod regional;
mod spaced;
mod url;

/// Everything that any codec reads out of a text (folded), sorted and free of overlaps. Linear in the text.
pub(super) fn patches(text: &str, vocabulary: &Vocabulary) -> Vec<Patch> {
    // Where two read the same stretch, the earlier one in this list is right.
    let mut all = Vec::new();
    let mut codec = |order: usize, find: &dyn Fn(&mut Vec<Patch>)| {
        let mut found = Vec::new();
        find(&mut found);
        all.extend(found.into_iter().map(|patch| (order, patch)));
    };
    codec(0, &|found| escape::find(text, found));
    codec(1, &|found| url::find(text, found));
    codec(2, &|found| html::find(text, found));
    codec(3, &|found| digits::find(text, found));
    codec(4, &|found| radix::find(text, found));
    codec(5, &|found| morse::find(text, found));
    codec(6, &|found| spaced::find(text, found));
    codec(7, &|found| leet::find(text, vocabulary, found));
    codec(8, &|found| hyphenated::find(text, vocabulary, found));
    if !text.is_ascii() {
        codec(9, &|found| braille::find(text, found));
        codec(10, &|found| regional::find(text, found));
    }
    all.sort_by_key(|(order, patch)| (patch.there.start, *order));
    let mut kept: Vec<Patch> = Vec::with_capacity(all.len());
    for (_, patch) in all {
        if !patch.there.is_empty() && kept.last().is_none_or(|last| last.there.end <= patch.there.start) {
            kept.push(patch);
        }
    }
    kept
}

/// The value of a digit in hexadecimal.
fn hex(byte: u8) -> Option<u8> {
    let value = char::from(byte).to_digit(16)?;
    u8::try_from(value).ok()
}
