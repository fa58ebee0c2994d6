//! Percent-encoding (RFC 3986), with `+` for a space where the rest of the word is encoded too.

use std::ops::Range;

use super::super::Disguise;
use super::super::weave::Patch;
use super::hex;

/// The most letters of a word beside a plus.
const LONGEST: usize = 24;

pub(super) fn find(text: &str, out: &mut Vec<Patch>) {
    let bytes = text.as_bytes();
    let mut done = 0;
    for at in memchr::memchr2_iter(b'%', b'+', bytes) {
        if at < done {
            continue;
        }
        let word = word(bytes, at);
        done = word.end;
        read(bytes, word, out);
    }
}

/// The characters around `at` up to white space or quotes.
fn word(bytes: &[u8], at: usize) -> Range<usize> {
    let (before, after) = bytes.split_at_checked(at).unwrap_or_default();
    let inside = |byte: &&u8| !byte.is_ascii_whitespace() && !matches!(byte, b'"' | b'\'' | b'<' | b'>');
    let start = at - before.iter().rev().take_while(inside).count();
    start..at + after.iter().take_while(inside).count()
}

fn read(bytes: &[u8], word: Range<usize>, out: &mut Vec<Patch>) {
    let written = bytes.get(word.clone()).unwrap_or_default();
    let is_encoded = (0..written.len()).any(|at| octet(written, at).is_some());
    let pluses = memchr::memchr_iter(b'+', written)
        .filter(|at| is_space(written, *at))
        .take(2)
        .count();
    if !is_encoded && pluses < 2 {
        return;
    }
    let mut patch: Option<Patch> = None;
    let mut at = 0;
    while at < written.len() {
        let (decoded, length) = match octet(written, at) {
            Some(octet) => (octet, 3),
            None if written.get(at) == Some(&b'+') && is_space(written, at) => (b' ', 1),
            None => {
                out.extend(patch.take());
                at += 1;
                continue;
            }
        };
        let start = word.start + at;
        let patch = patch.get_or_insert_with(|| Patch::new(Disguise::Url, start));
        patch.push(&[decoded], start..start + length);
        at += length;
    }
    out.extend(patch);
}

/// Whether the plus at `at` stands between two words and not in the middle of Base64.
fn is_space(written: &[u8], at: usize) -> bool {
    let before = written.get(..at).unwrap_or_default().iter().rev();
    let after = written.get(at + 1..).unwrap_or_default().iter();
    is_plain(before) && is_plain(after)
}

/// Whether the letters up to the next sign are those of a word or a number: capitals at its start, or all.
fn is_plain<'b>(bytes: impl Iterator<Item = &'b u8>) -> bool {
    let letters = bytes
        .take(LONGEST + 1)
        .take_while(|byte| byte.is_ascii_alphanumeric());
    let (mut count, mut small, mut large, mut digits) = (0, 0, 0, 0);
    for byte in letters {
        count += 1;
        small += usize::from(byte.is_ascii_lowercase());
        large += usize::from(byte.is_ascii_uppercase());
        digits += usize::from(byte.is_ascii_digit());
    }
    (1..=LONGEST).contains(&count) && (digits == count || (digits == 0 && (large <= 1 || small == 0)))
}

fn octet(written: &[u8], at: usize) -> Option<u8> {
    let &[b'%', high, low] = written.get(at..at + 3)? else {
        return None;
    };
    Some(hex(high)? << 4 | hex(low)?)
}
