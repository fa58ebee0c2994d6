//! The one contract that every engine keeps.

use crate::ModelError;
use std::ops::Range;

/// An engine with the model in it.
///
/// Engines answer raw logits, so that the calibration (temperature, sigmoid) is the same for all of them.
pub trait Scorer: Send {
    /// Scores a batch; one row per window, one logit per label.
    ///
    /// A row depends on its own window only, whatever else is in the batch.
    fn score(&mut self, batch: &[Window]) -> Result<Vec<Vec<f32>>, ModelError>;

    /// The engine's name, as in the configuration.
    fn name(&self) -> &'static str;
}

/// A run of tokens that the model reads at once, with its special tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Window {
    /// Token ids.
    pub ids: Vec<i64>,
    /// Bytes of the text that the tokens come from.
    pub span: Range<usize>,
}
