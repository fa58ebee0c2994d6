//! Verdicts: all findings of an exchange, summed up.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::Finding;

/// All findings of an exchange, summed up. Serialises to JSON without any text of the prompt.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Verdict {
    /// The highest injection score of any segment, 0 to 1, of signatures and model together; at 0.9 lies the
    /// model's own threshold.
    ///
    /// All scores are `f64` because rules compare in `f64`, and 0.9 as an `f32` is less than 0.9 there.
    pub injection: f64,
    /// The highest toxicity score of any segment, 0 to 1, on the same scale.
    pub toxic: f64,
    /// The model's highest score for each of its labels, on the same scale.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub labels: BTreeMap<String, f64>,
    /// Every detection, by segment and position.
    pub findings: Vec<Finding>,
    /// How many segments were looked at.
    pub segments: usize,
    /// There was more text than the model's budget covers; what it scored is spread over the whole.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub truncated: bool,
    /// The engine that ran the model, when it was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub engine: Option<String>,
    /// Why the verdict is not complete; the findings of the other detectors are here all the same.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<ScanError>,
}

/// Why a detector could not finish.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[error("{code}: {message}")]
pub struct ScanError {
    /// A stable code: `model_queue_full`, `model_deadline`, `model_stopped`, `model_missing`, `model_failed`,
    /// `too_many_findings`.
    pub code: &'static str,
    /// What happened, for the log.
    pub message: String,
}

impl ScanError {
    /// The code of a verdict whose list of findings was cut: what it lists is not all that there is to redact.
    pub const TOO_MANY_FINDINGS: &'static str = "too_many_findings";
}

impl Verdict {
    /// The categories of personal data that were found, each once, sorted.
    #[must_use]
    pub fn pii(&self) -> Vec<String> {
        let categories: BTreeSet<_> = self
            .of(Finding::PII)
            .map(|finding| finding.category.clone())
            .collect();
        categories.into_iter().collect()
    }

    /// The ids of the signatures that were found, each once, sorted.
    #[must_use]
    pub fn signatures(&self) -> Vec<String> {
        let ids: BTreeSet<_> = self
            .of(Finding::SIGNATURE)
            .filter_map(|finding| finding.id.clone())
            .collect();
        ids.into_iter().collect()
    }

    /// The findings of one detector.
    pub fn of(&self, detector: &'static str) -> impl Iterator<Item = &Finding> {
        self.findings
            .iter()
            .filter(move |finding| finding.detector == detector)
    }
}
