//! From text to tokens with their places in the text.

use crate::{ModelError, pieces::pieces};
use std::ops::Range;
use tokenizers::Tokenizer;

/// The model's tokenizer, set up so that a text cannot play tricks on it.
pub(crate) struct TextTokenizer {
    tokenizer: Tokenizer,
    /// Special tokens that the model expects before and after a text: `[CLS]` and `[SEP]`.
    pub(crate) before: Vec<u32>,
    pub(crate) after: Vec<u32>,
}

/// The tokens of consecutive text, without special tokens.
#[derive(Clone, Debug, Default)]
pub(crate) struct Run {
    pub(crate) ids: Vec<u32>,
    pub(crate) spans: Vec<Range<usize>>,
}

impl TextTokenizer {
    /// Reads a `tokenizer.json`.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Result<Self, ModelError> {
        let failed = |error: tokenizers::Error| ModelError::Tokenizer(error.to_string());
        let mut tokenizer = Tokenizer::from_bytes(bytes).map_err(failed)?;
        // Windows are cut here; a limit that came with the file would drop the rest of a text in silence.
        tokenizer.with_truncation(None).map_err(failed)?;
        tokenizer.with_padding(None);
        // "[SEP]" written by a user is text, not the end of the input.
        tokenizer.set_encode_special_tokens(true);
        let (before, after) = special_tokens(&tokenizer)?;
        Ok(Self {
            tokenizer,
            before,
            after,
        })
    }

    /// Tokens of a part of `text`; `go_on` is asked between pieces, so that long text can be given up.
    pub(crate) fn encode(
        &self,
        text: &str,
        part: Range<usize>,
        go_on: &dyn Fn() -> Result<(), ModelError>,
    ) -> Result<Run, ModelError> {
        let mut run = Run::default();
        for piece in pieces(text, part) {
            go_on()?;
            let content = text.get(piece.clone()).unwrap_or_default();
            // The tokenizer's message could quote the text, and nothing of a prompt goes into a log.
            let encoding = self
                .tokenizer
                .encode(content, false)
                .map_err(|_| ModelError::Tokenizer("the text could not be tokenized".to_owned()))?;
            run.ids.extend_from_slice(encoding.get_ids());
            let place = |&(start, end): &(usize, usize)| piece.start + start..piece.start + end.max(start);
            run.spans.extend(encoding.get_offsets().iter().map(place));
        }
        Ok(run)
    }
}

/// What the tokenizer's own post-processor puts around a text.
fn special_tokens(tokenizer: &Tokenizer) -> Result<(Vec<u32>, Vec<u32>), ModelError> {
    let bare = tokenizer
        .encode("a", false)
        .map_err(|error| ModelError::Tokenizer(error.to_string()))?;
    let full = tokenizer
        .encode("a", true)
        .map_err(|error| ModelError::Tokenizer(error.to_string()))?;
    let (bare, full) = (bare.get_ids(), full.get_ids());
    let place = full
        .windows(bare.len().max(1))
        .position(|ids| ids == bare)
        .ok_or_else(|| ModelError::Tokenizer("its special tokens are not around the text".to_owned()))?;
    let before = full.get(..place).unwrap_or_default().to_vec();
    let after = full.get(place + bare.len()..).unwrap_or_default().to_vec();
    if before.is_empty() && after.is_empty() {
        // An encoder that was trained with [CLS] and [SEP] answers nonsense without them.
        return Err(ModelError::Tokenizer(
            "it has no post-processor that adds the special tokens".to_owned(),
        ));
    }
    Ok((before, after))
}

#[cfg(test)]
pub(crate) mod tests;
