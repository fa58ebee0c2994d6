//! The guard model, as the scanner sees it. The only file here that names `lockgate_models`.

use std::ops::Range;
use std::time::Instant;

use lockgate_models::{Guard, ModelError};

use crate::ScanError;

/// The value of a verdict's score at the model's own threshold; the default rules act from here on.
const THRESHOLD: f64 = 0.9;

/// Where scores come from.
pub(crate) enum Model {
    /// The real one.
    Guard(Guard),
    /// A stand-in: labels with their thresholds, and an answer for every text.
    #[cfg(test)]
    Fake(tests::Fake),
}

/// The model's answer for one text, on the verdict's scale.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct TextScores {
    pub(crate) labels: Vec<LabelScore>,
    /// Some part of the text was not scored.
    pub(crate) truncated: bool,
}

/// One label of one text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct LabelScore {
    pub(crate) label: String,
    pub(crate) score: f64,
    /// Bytes of the text that the highest score is for.
    pub(crate) span: Range<usize>,
}

impl Model {
    /// Scores texts; one answer per text, in the same order.
    pub(crate) async fn score(
        &self,
        texts: Vec<String>,
        deadline: Instant,
    ) -> Result<Vec<TextScores>, ScanError> {
        let (raw, labels) = match self {
            Self::Guard(guard) => (guard.score(texts, deadline).await, guard.labels()),
            #[cfg(test)]
            Self::Fake(fake) => (fake.score(&texts), fake.labels.as_slice()),
        };
        let threshold = |name: &str| {
            labels
                .iter()
                .find(|label| label.name == name)
                .map_or(0.5, |label| label.threshold)
        };
        let calibrated = raw
            .map_err(|error| failure(&error))?
            .into_iter()
            .map(|of_text| TextScores {
                truncated: of_text.truncated,
                labels: of_text
                    .labels
                    .into_iter()
                    .map(|of_label| LabelScore {
                        score: calibrate(of_label.score, threshold(&of_label.label)),
                        label: of_label.label,
                        span: of_label.span,
                    })
                    .collect(),
            });
        Ok(calibrated.collect())
    }

    /// The engine that runs it.
    pub(crate) fn engine(&self) -> &str {
        match self {
            Self::Guard(guard) => guard.engine(),
            #[cfg(test)]
            Self::Fake(_) => "fake",
        }
    }
}

impl std::fmt::Debug for Model {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Model").field(&self.engine()).finish()
    }
}

/// From a probability to the verdict's scale.
///
/// Each label of a model has a threshold of its own, chosen where its errors balance, and it changes with
/// every training. A rule must not have to know it. So the scale is bent, in two straight pieces, until the
/// threshold lies at 0.9: 0 stays 0, the threshold becomes 0.9, 1 stays 1.
pub(crate) fn calibrate(probability: f32, threshold: f32) -> f64 {
    // In f32 as the model has it: a probability that equals the threshold must reach 0.9 and not just miss it.
    let reached = probability >= threshold;
    let (p, t) = (f64::from(probability), f64::from(threshold));
    if !p.is_finite() {
        // A model that answers nonsense is no reason to let something pass.
        return 1.0;
    }
    let score = match (reached, t < 1.0) {
        (true, true) => THRESHOLD + (1.0 - THRESHOLD) * (p - t) / (1.0 - t),
        (true, false) => 1.0,
        (false, _) => (THRESHOLD * p / t).min(THRESHOLD - STEP),
    };
    // Four digits are what the model can tell apart, and what a log should show. Rounded down, so that
    // rounding never lifts a score over a threshold.
    ((score.clamp(0.0, 1.0) / STEP + 1e-6).floor() * STEP * 1e4).round() / 1e4
}

const STEP: f64 = 1e-4;

fn failure(error: &ModelError) -> ScanError {
    let code = match error {
        ModelError::QueueFull { .. } => "model_queue_full",
        ModelError::Deadline => "model_deadline",
        ModelError::Stopped => "model_stopped",
        _ => "model_failed",
    };
    ScanError {
        code,
        message: error.to_string(),
    }
}

#[cfg(test)]
pub(crate) mod tests;
