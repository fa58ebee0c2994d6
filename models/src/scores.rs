//! What the model says of a text.

use std::ops::Range;

/// The model's answer for one text.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Scores {
    /// One entry per label of the model, in the manifest's order.
    pub labels: Vec<Score>,
    /// Windows that were scored; 0 for a text without tokens, or one that the budget did not reach.
    pub windows: usize,
    /// Whether some part of the text was not scored, because the call was larger than its budget.
    pub truncated: bool,
}

/// The highest probability of one label over the windows of a text.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Score {
    /// The label's name.
    pub label: String,
    /// Probability, 0 to 1, high = risky; 0 where nothing was scored.
    pub score: f32,
    /// Bytes of the text that the best window covers; empty where nothing was scored.
    pub span: Range<usize>,
}

// === impl Scores ===

impl Scores {
    /// The entry of a label, if the model has that label.
    pub fn get(&self, label: &str) -> Option<&Score> {
        self.labels.iter().find(|score| score.label == label)
    }
}
