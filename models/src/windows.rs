//! From tokens to the windows that the model reads.

use crate::{
    Window, WindowSize,
    tokens::{Run, TextTokenizer},
};
use std::ops::Range;

/// Where the windows of a run of `tokens` tokens begin and end, special tokens not counted.
pub(crate) fn cut(tokens: usize, size: WindowSize, special: usize) -> Vec<Range<usize>> {
    let content = size.tokens.saturating_sub(special).max(1);
    let step = content.saturating_sub(size.overlap).max(1);
    let mut windows = Vec::new();
    let mut start = 0;
    while start < tokens {
        let end = (start + content).min(tokens);
        windows.push(start..end);
        if end == tokens {
            break;
        }
        start += step;
    }
    windows
}

/// One window of a run, as the model reads it.
pub(crate) fn window(tokenizer: &TextTokenizer, run: &Run, place: Range<usize>) -> Window {
    let ids = run.ids.get(place.clone()).unwrap_or_default();
    let spans = run.spans.get(place).unwrap_or_default();
    let all = tokenizer.before.iter().chain(ids).chain(&tokenizer.after);
    let start = spans.iter().map(|span| span.start).min().unwrap_or(0);
    let end = spans.iter().map(|span| span.end).max().unwrap_or(start);
    Window {
        ids: all.map(|&id| i64::from(id)).collect(),
        span: start..end,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIZE: WindowSize = WindowSize {
        tokens: 128,
        overlap: 32,
    };

    #[test]
    fn windows_overlap_and_reach_the_end() {
        assert!(cut(0, SIZE, 2).is_empty());
        assert_eq!(cut(1, SIZE, 2).first(), Some(&(0..1)));
        assert_eq!(
            (cut(126, SIZE, 2).len(), cut(126, SIZE, 2).first()),
            (1, Some(&(0..126)))
        );
        assert_eq!(cut(127, SIZE, 2), [0..126, 94..127]);
        assert_eq!(cut(300, SIZE, 2), [0..126, 94..220, 188..300]);
    }

    #[test]
    fn every_token_is_in_a_window() {
        for tokens in 1..700 {
            let windows = cut(tokens, SIZE, 2);
            assert_eq!((windows[0].start, windows[windows.len() - 1].end), (0, tokens));
            assert!(windows.windows(2).all(|pair| pair[1].start == pair[0].start + 94));
            assert!(windows.iter().all(|window| window.len() <= 126));
        }
    }
}
