//! Bytes written as numbers: hexadecimal, ones and zeros, and decimal codes.

use std::ops::Range;

use super::super::Disguise;
use super::super::runs::{Class, class, runs};
use super::super::weave::Patch;
use super::blocks::Blocks;
use super::hex;

/// Digits, what may stand between them, and the prefixes `0x` and `\x`.
const HEX: Class = class(b"0123456789abcdefABCDEFxX\\ ,:;\t\r\n");
const BITS: Class = class(b"01 ,\t\r\n");

/// The fewest bytes worth reading.
const LEAST: usize = 6;

pub(super) fn find(text: &str, out: &mut Vec<Patch>) {
    for run in runs(text, &HEX, 2 * LEAST) {
        read(text, run, Disguise::Hex, out);
    }
    for run in runs(text, &BITS, 8 * LEAST) {
        read(text, run, Disguise::Binary, out);
    }
}

/// Reads the numbers of a run for as long as they are whole bytes.
fn read(text: &str, run: Range<usize>, disguise: Disguise, out: &mut Vec<Patch>) {
    let bytes = text.as_bytes();
    let width = if disguise == Disguise::Hex { 2 } else { 8 };
    let mut blocks = Blocks::new(disguise, LEAST, out);
    let mut end = run.start;
    for number in numbers(bytes, run, width == 2) {
        // More than ", " between two numbers, or a number that is no row of bytes: something else.
        if number.start > end + 4 || !number.len().is_multiple_of(width) {
            blocks.end_run(end);
        }
        end = number.end;
        if !number.len().is_multiple_of(width) {
            continue;
        }
        for start in number.step_by(width) {
            let there = start..start + width;
            let digits = bytes.get(there.clone()).unwrap_or_default();
            let radix = if width == 2 { 16_u32 } else { 2 };
            let value = digits
                .iter()
                .filter_map(|byte| hex(*byte))
                .fold(0, |value, digit| value * radix + u32::from(digit));
            blocks.push((value & 0xff) as u8, there);
        }
    }
    blocks.end_run(end);
}

/// The rows of digits in a run, without prefixes. One that is part of a word is left out.
fn numbers(bytes: &[u8], run: Range<usize>, prefixed: bool) -> impl Iterator<Item = Range<usize>> {
    let is_digit = move |at: usize| bytes.get(at).is_some_and(|byte| byte.is_ascii_hexdigit());
    let is_prefix =
        move |at: usize| prefixed && bytes.get(at).is_some_and(|byte| matches!(byte, b'x' | b'X'));
    let in_word = |at: Option<usize>| {
        at.and_then(|at| bytes.get(at))
            .is_some_and(u8::is_ascii_alphanumeric)
    };
    let mut at = run.start;
    std::iter::from_fn(move || {
        while at < run.end {
            if is_digit(at) && is_prefix(at + 1) {
                at += 2;
            } else if is_digit(at) {
                let start = at;
                while at < run.end && is_digit(at) && !(at > start && is_prefix(at + 1)) {
                    at += 1;
                }
                let after_prefix = start.checked_sub(1).is_some_and(is_prefix);
                let touched = !after_prefix && in_word(start.checked_sub(1));
                if !touched && (at < run.end || !in_word(Some(at))) {
                    return Some(start..at);
                }
            } else {
                at += 1;
            }
        }
        None
    })
}
