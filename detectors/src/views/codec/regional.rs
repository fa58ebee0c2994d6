//! The letters that flags are made of, written as letters.

use super::super::Disguise;
use super::super::weave::Patch;

const FIRST: char = '\u{1f1e6}';
const LAST: char = '\u{1f1ff}';

/// The fewest letters that are a message.
const LEAST: usize = 5;

pub(super) fn find(text: &str, out: &mut Vec<Patch>) {
    let mut letters: Vec<(usize, char)> = Vec::new();
    for (at, c) in text.char_indices() {
        if (FIRST..=LAST).contains(&c) {
            letters.push((at, c));
        } else if c != ' ' && !letters.is_empty() {
            read(&letters, out);
            letters.clear();
        }
    }
    read(&letters, out);
}

fn read(letters: &[(usize, char)], out: &mut Vec<Patch>) {
    let Some((first, _)) = letters.first().filter(|_| letters.len() >= LEAST) else {
        return;
    };
    let gaps = || {
        letters
            .windows(2)
            .filter_map(|pair| Some(pair.get(1)?.0 - pair.first()?.0 - 4))
    };
    // Where no two letters touch, one space is what keeps a flag from showing, and two part words.
    let joint = usize::from(!gaps().any(|gap| gap == 0));
    let mut patch = Patch::new(Disguise::Regional, *first);
    for ((at, c), gap) in letters.iter().zip(std::iter::once(0).chain(gaps())) {
        if gap > joint {
            patch.push(b" ", at - gap..*at);
        }
        let letter = (*c as u32 - FIRST as u32) as u8 + b'a';
        patch.push(&[letter], *at..at + 4);
    }
    out.push(patch);
}
