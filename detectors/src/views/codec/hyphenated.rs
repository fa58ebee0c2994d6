//! Signs, line breaks and markup inside words that somebody looks for, and words joined by hyphens.

use std::ops::Range;

use super::super::Disguise;
use super::super::vocabulary::Vocabulary;
use super::super::weave::Patch;

/// The longest tag that is looked for inside a word, in bytes.
const TAG: usize = 80;

pub(super) fn find(text: &str, vocabulary: &Vocabulary, out: &mut Vec<Patch>) {
    let mut pieces: Vec<Range<usize>> = Vec::new();
    for piece in letters(text) {
        let joined = pieces
            .last()
            .is_some_and(|last| is_joint(text, last.end..piece.start));
        if !joined {
            read(text, &pieces, vocabulary, out);
            pieces.clear();
        }
        pieces.push(piece);
    }
    read(text, &pieces, vocabulary, out);
}

/// Runs of letters, tags left out.
fn letters(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let rest = text.get(at..)?;
            let (start, first) = rest
                .char_indices()
                .find(|(_, c)| c.is_alphabetic() || *c == '<')?;
            let start = at + start;
            if first == '<' {
                at = tag_end(text, start).unwrap_or(start + 1);
                continue;
            }
            let word = text.get(start..)?.chars().take_while(|c| c.is_alphabetic());
            at = start + word.map(char::len_utf8).sum::<usize>();
            return Some(start..at);
        }
    })
}

/// Where the tag of HTML ends that begins here, if one does.
fn tag_end(text: &str, start: usize) -> Option<usize> {
    let inside = text.as_bytes().get(start + 1..)?;
    let begins = inside
        .first()
        .is_some_and(|byte| byte.is_ascii_alphabetic() || *byte == b'/');
    let end = inside
        .iter()
        .take(TAG)
        .position(|byte| matches!(byte, b'<' | b'>'))?;
    (begins && inside.get(end) == Some(&b'>')).then_some(start + 1 + end + 1)
}

/// One to three signs, a hyphen at the end of a line, or tags.
fn is_joint(text: &str, between: Range<usize>) -> bool {
    let Some(said) = text.get(between.clone()).filter(|said| said.len() <= 2 * TAG) else {
        return false;
    };
    let is_sign = |c: char| "-_*~`.|/\\^'+=\"#:,".contains(c);
    let is_signs = said.len() <= 3 && said.chars().all(is_sign);
    let is_broken = said.starts_with('-') && said.trim_start_matches('-').chars().all(char::is_whitespace);
    let mut at = between.start;
    while let Some(end) = tag_end(text, at).filter(|_| at < between.end) {
        at = end;
    }
    is_signs || is_broken || at == between.end
}

/// Looks for words among the pieces: pieces that make a word together, else whole words in a row.
fn read(text: &str, pieces: &[Range<usize>], vocabulary: &Vocabulary, out: &mut Vec<Patch>) {
    if pieces.len() < 2 {
        return;
    }
    let written = |piece: &Range<usize>| text.get(piece.clone()).unwrap_or_default();
    // Where each piece begins in all of them put together, and where the last one ends.
    let mut starts = vec![0];
    let mut together = String::new();
    for piece in pieces {
        together.push_str(written(piece));
        starts.push(together.len());
    }
    let piece_at = |place| starts.binary_search(&place).ok();
    let mut words: Vec<Range<usize>> = vocabulary
        .places(&together)
        .filter_map(|place| Some(piece_at(place.start)?..piece_at(place.end)?))
        .filter(|word| word.len() > 1)
        .collect();
    words.sort_by_key(|word| (word.start, std::cmp::Reverse(word.end)));
    let mut done = 0;
    for word in words {
        if word.start >= done {
            done = word.end;
            out.extend(pieces.get(word).map(|pieces| patch(text, pieces, b"")));
        }
    }
    let is_known = |piece: &Range<usize>| vocabulary.has(&written(piece).to_ascii_lowercase());
    for row in pieces.chunk_by(|one, next| is_known(one) && is_known(next)) {
        if row.len() > 2 {
            out.push(patch(text, row, b" "));
        }
    }
}

fn patch(text: &str, pieces: &[Range<usize>], between: &[u8]) -> Patch {
    let start = pieces.first().map_or(0, |piece| piece.start);
    let mut patch = Patch::new(Disguise::Hyphenated, start);
    for piece in pieces {
        let gap = patch.there.end..piece.start;
        patch.push(if gap.is_empty() { b"" } else { between }, gap);
        for (at, c) in text.get(piece.clone()).unwrap_or_default().char_indices() {
            let at = piece.start + at;
            patch.push_char(c, at..at + c.len_utf8());
        }
    }
    patch
}
