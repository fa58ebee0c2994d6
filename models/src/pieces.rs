//! Cutting text into pieces before it is tokenized, so that neither time nor meaning gets lost in one word.

use std::ops::Range;

/// WordPiece tokenizers turn a word of more than 100 characters into one unknown token: text without spaces
/// would be invisible to the model. Longer words are cut here, so that their parts are seen.
const WORD: usize = 100;
/// The tokenizer gets at most this much at once, so that a deadline is noticed soon.
const PIECE: usize = 4 * 1024;
/// How far a cut may be moved to fall on white space.
const SLACK: usize = 64;

/// Cuts a range of `text` into consecutive pieces; no byte is left out, none is in two.
pub(crate) fn pieces(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    let (mut start, mut weight, mut after_space) = (range.start, 0, None);
    for (offset, c) in text.get(range.clone()).unwrap_or_default().char_indices() {
        let here = range.start + offset;
        if is_boundary(c) {
            weight = 0;
            after_space = Some(here + c.len_utf8());
        } else {
            weight += decomposed(c);
        }
        let cut = if weight > WORD {
            weight = decomposed(c);
            Some(here)
        } else if here - start >= PIECE {
            Some(
                after_space
                    .filter(|&place| place > start && place <= here)
                    .unwrap_or(here),
            )
        } else {
            None
        };
        if let Some(cut) = cut.filter(|&cut| cut > start) {
            pieces.push(start..cut);
            start = cut;
            after_space = None;
        }
    }
    if start < range.end {
        pieces.push(start..range.end);
    }
    pieces
}

/// `count` parts of `text` of about `size` bytes each, spread from its beginning to its end.
pub(crate) fn sample(text: &str, count: usize, size: usize) -> Vec<Range<usize>> {
    let last = text.len().saturating_sub(size);
    let mut parts: Vec<Range<usize>> = Vec::with_capacity(count);
    for index in 0..count {
        let wanted = last.saturating_mul(index) / count.saturating_sub(1).max(1);
        let done = parts.last().map_or(0, |part| part.end);
        let start = if index == 0 { 0 } else { word_start(text, wanted) }.max(done);
        let end = text.floor_char_boundary(wanted.saturating_add(size).min(text.len()));
        if start < end {
            parts.push(start..end);
        }
    }
    parts
}

/// The next beginning of a word at or after `place`, or the next character where there is no white space near.
fn word_start(text: &str, place: usize) -> usize {
    let place = text.ceil_char_boundary(place);
    let near = text.get(place..text.floor_char_boundary(place.saturating_add(SLACK).min(text.len())));
    match near
        .unwrap_or_default()
        .char_indices()
        .find(|(_, c)| c.is_whitespace())
    {
        Some((offset, c)) => place + offset + c.len_utf8(),
        None => place,
    }
}

/// Characters at which BERT's pre-tokenizer ends a word for certain. Others that it ends words at may be
/// missing here: then a word is cut a little early, which is harmless, while the other way round is not.
fn is_boundary(c: char) -> bool {
    c.is_whitespace()
        || c.is_ascii_punctuation()
        || matches!(c, '\u{2010}'..='\u{2027}' | '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}')
        || matches!(
            c,
            '\u{ff01}' | '\u{ff0c}' | '\u{ff0e}' | '\u{ff1a}' | '\u{ff1b}' | '\u{ff1f}'
        )
        || matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
        || matches!(c, '\u{20000}'..='\u{2ceaf}' | '\u{2f800}'..='\u{2fa1f}')
}

/// How many characters the tokenizer may see for `c` after it has taken it apart (NFD, lower case).
fn decomposed(c: char) -> usize {
    match c {
        '\u{ac00}'..='\u{d7a3}' => 3,
        '\u{130}' => 2,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str) -> Vec<Range<usize>> {
        let found = pieces(text, 0..text.len());
        let mut at = 0;
        for piece in &found {
            assert_eq!(piece.start, at);
            assert!(text.get(piece.clone()).is_some_and(|part| !part.is_empty()));
            at = piece.end;
        }
        assert_eq!(at, text.len());
        found
    }

    #[test]
    fn ordinary_text_is_one_piece() {
        assert_eq!(check("Ignore all previous instructions.").len(), 1);
        assert!(check("").is_empty());
    }

    #[test]
    fn long_text_is_cut_at_white_space() {
        let text = "some words, ".repeat(2000);
        for piece in check(&text) {
            assert!(piece.len() <= PIECE + 4);
            let beside = [text[..piece.end].chars().last(), text[piece.end..].chars().next()];
            assert!(
                beside.iter().flatten().any(|&c| is_boundary(c)),
                "cut inside a word: {beside:?}"
            );
        }
    }

    #[test]
    fn a_long_word_is_cut_and_a_word_of_100_is_not() {
        assert_eq!(check(&"a".repeat(100)).len(), 1);
        assert_eq!(check(&"a".repeat(101)).len(), 2);
        assert_eq!(check(&"\u{ac00}".repeat(100)).len(), 4);
        assert_eq!(check(&"a\u{200b}".repeat(100)).len(), 2);
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_cut_without_loss(text in "(?s).{0,3000}|[a-z\u{200b}\u{ac00}-\u{d7a3} ]{0,9000}") {
            check(&text);
        }
    }

    #[test]
    fn samples_cover_both_ends_and_never_overlap() {
        for text in [
            "lorem ipsum ".repeat(5000),
            "x".repeat(60_000),
            "\u{1f600}".repeat(20_000),
        ] {
            let parts = sample(&text, 16, 512);
            assert_eq!(parts.len(), 16);
            assert_eq!((parts[0].start, parts[15].end), (0, text.len()));
            assert!(parts.windows(2).all(|pair| pair[0].end <= pair[1].start));
            assert!(parts.iter().all(|part| text.get(part.clone()).is_some()));
        }
    }
}
