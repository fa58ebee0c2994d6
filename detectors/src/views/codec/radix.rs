//! Base64 and Base32 (RFC 4648): both alphabets, with and without padding, with line breaks.

use std::ops::Range;

use super::super::Disguise;
use super::super::runs::{Class, class, runs};
use super::super::weave::Patch;
use super::blocks::Blocks;

const ALPHABET: Class = class(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_");

/// The fewest characters of a run: Base64 of twelve bytes.
const LEAST: usize = 16;

/// The fewest bytes worth reading.
const LEAST_BYTES: usize = 8;

struct Radix {
    disguise: Disguise,
    /// Bits of a character.
    bits: u32,
    /// Characters that make whole bytes.
    group: usize,
    value: fn(u8) -> Option<u32>,
}

const BASE64: Radix = Radix {
    disguise: Disguise::Base64,
    bits: 6,
    group: 4,
    value: sextet,
};

const BASE32: Radix = Radix {
    disguise: Disguise::Base32,
    bits: 5,
    group: 8,
    value: quintet,
};

pub(super) fn find(text: &str, out: &mut Vec<Patch>) {
    let mut from = 0;
    for run in runs(text, &ALPHABET, LEAST) {
        if run.start < from {
            continue;
        }
        let lines = lines(text, run.clone());
        from = lines.last().map_or(run.end, |last| last.end);
        let found = is_base32(text, &lines) && BASE32.decode(text, &lines, out);
        if found || BASE64.decode(text, &lines, out) {
            continue;
        }
        // A path or a slug may have it as one of its parts.
        let bytes = text.as_bytes();
        for line in &lines {
            let mut start = line.start;
            let written = bytes.get(line.clone()).unwrap_or_default();
            for part in written.split(|byte| matches!(byte, b'/' | b'-' | b'_' | b'+')) {
                if part.len() >= LEAST && part.len() < line.len() {
                    let part = start..start + part.len();
                    BASE64.decode(text, std::slice::from_ref(&part), out);
                }
                start += part.len() + 1;
            }
        }
    }
}

/// The lines of a run that was broken into lines: the rest of it follows after a line break and an indent.
fn lines(text: &str, first: Range<usize>) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut lines = vec![first.clone()];
    let mut last = first;
    while last.len() >= LEAST {
        let rest = bytes.get(last.end..).unwrap_or_default();
        let space = rest.iter().take(16).take_while(|byte| byte.is_ascii_whitespace());
        let gap = space.count();
        if !rest.iter().take(gap).any(|byte| *byte == b'\n') {
            break;
        }
        let start = last.end + gap;
        let tail = bytes.get(start..).unwrap_or_default();
        let length = tail.iter().take_while(|byte| sextet(**byte).is_some()).count();
        if length == 0 {
            break;
        }
        last = start..start + length;
        lines.push(last.clone());
    }
    lines
}

impl Radix {
    /// Decodes lines as one run; says whether any of it could be read.
    fn decode(&self, text: &str, lines: &[Range<usize>], out: &mut Vec<Patch>) -> bool {
        let bytes = text.as_bytes();
        let mut blocks = Blocks::new(self.disguise, LEAST_BYTES, out);
        let mut group: Vec<(usize, u32)> = Vec::with_capacity(self.group);
        for line in lines {
            for at in line.clone() {
                let Some(value) = bytes.get(at).and_then(|byte| (self.value)(*byte)) else {
                    continue;
                };
                group.push((at, value));
                if group.len() == self.group {
                    self.put(&group, &mut blocks);
                    group.clear();
                }
            }
            if group.is_empty() && lines.len() > 1 {
                blocks.end_block();
            }
        }
        self.put(&group, &mut blocks);
        let end = lines.last().map_or(0, |line| line.end);
        let padding = bytes.get(end..).unwrap_or_default();
        let padding = padding.iter().take(6).take_while(|byte| **byte == b'=').count();
        blocks.end_run(end + padding)
    }

    /// The whole bytes of a group of characters.
    fn put(&self, group: &[(usize, u32)], blocks: &mut Blocks<'_>) {
        let (Some((first, _)), Some((last, _))) = (group.first(), group.last()) else {
            return;
        };
        let there = *first..last + 1;
        let (mut held, mut bits) = (0_u32, 0);
        for (_, value) in group {
            held = held << self.bits | value;
            bits += self.bits;
            if bits >= 8 {
                bits -= 8;
                blocks.push((held >> bits & 0xff) as u8, there.clone());
            }
        }
    }
}

fn sextet(byte: u8) -> Option<u32> {
    let value = match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' | b'-' => 62,
        b'/' | b'_' => 63,
        _ => return None,
    };
    Some(u32::from(value))
}

fn quintet(byte: u8) -> Option<u32> {
    let value = match byte.to_ascii_uppercase() {
        upper @ b'A'..=b'Z' => upper - b'A',
        b'2'..=b'7' => byte - b'2' + 26,
        _ => return None,
    };
    Some(u32::from(value))
}

/// One case throughout, and no character that Base32 does not have.
fn is_base32(text: &str, lines: &[Range<usize>]) -> bool {
    let bytes = || {
        let lines = lines.iter().filter_map(|line| text.as_bytes().get(line.clone()));
        lines.flatten()
    };
    bytes().all(|byte| quintet(*byte).is_some())
        && !(bytes().any(u8::is_ascii_uppercase) && bytes().any(u8::is_ascii_lowercase))
}
