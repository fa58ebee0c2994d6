//! The letters that flags are made of, written as letters.

use super::super::Disguise;
use super::super::weave::Patch;

const FIRST: char = '\u{1f1e6}';
const LAST: char = '\u{1f1ff}';

/// The fewest letters in a row that are a message, and make all others part of it.
const LEAST: usize = 5;

pub(super) fn find(text: &str, out: &mut Vec<Patch>) {
    let mut rows: Vec<Vec<(usize, char)>> = vec![Vec::new()];
    for (at, c) in text.char_indices() {
        match rows.last_mut() {
            Some(row) if (FIRST..=LAST).contains(&c) => row.push((at, c)),
            Some(row) if c != ' ' && !row.is_empty() => rows.push(Vec::new()),
            _ => {}
        }
    }
    if rows.iter().any(|row| row.len() >= LEAST) {
        out.extend(rows.iter().filter_map(|row| read(row)));
    }
}

fn read(row: &[(usize, char)]) -> Option<Patch> {
    let (first, _) = row.first()?;
    let gaps = || {
        row.windows(2)
            .filter_map(|pair| Some(pair.get(1)?.0 - pair.first()?.0 - 4))
    };
    // Where no two letters touch, one space is what keeps a flag from showing, and two part words.
    let joint = usize::from(!gaps().any(|gap| gap == 0));
    let mut patch = Patch::new(Disguise::Regional, *first);
    for ((at, c), gap) in row.iter().zip(std::iter::once(0).chain(gaps())) {
        patch.push(if gap > joint { b" " } else { b"" }, at - gap..*at);
        let letter = (*c as u32 - FIRST as u32) as u8 + b'a';
        patch.push(&[letter], *at..at + 4);
    }
    Some(patch)
}
