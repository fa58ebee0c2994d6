//! How well personal data is found in labelled texts: precision, recall and F1 for each category.
//!
//! The texts are JSON lines, `{"text": "...", "spans": [{"start": 0, "end": 4, "type": "US_SSN"}]}`, offsets in code
//! points. A span counts only if it is found from its first to its last character.

use std::collections::{BTreeMap, BTreeSet};
use std::io::BufRead;
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use crate::{Pii, PiiMatch};

mod table;

pub use table::differences;

/// What the labels of data sets are called, and which categories are the same thing here. A finding counts for the
/// first label whose list it is in.
pub const LABELS: &[(&str, &[&str])] = &[
    (
        "API_KEY",
        &[
            "API_KEY",
            "OPENAI_KEY",
            "STRIPE_KEY",
            "ANTHROPIC_KEY",
            "GITHUB_TOKEN",
            "AWS_ACCESS_KEY",
            "GCP_KEY",
        ],
    ),
    ("AUTHENTICATION_TOKEN", &["JWT"]),
    ("BANK_ROUTING_NUMBER", &["ABA_ROUTING_NUMBER"]),
    ("CREDIT_CARD", &["CREDIT_CARD"]),
    ("CRYPTO", &["CRYPTO"]),
    ("DATE_TIME", &["DATE_TIME", "DATE_OF_BIRTH"]),
    ("DEA_NUMBER", &["MEDICAL_LICENSE"]),
    ("EMAIL_ADDRESS", &["EMAIL_ADDRESS"]),
    ("IBAN_CODE", &["IBAN_CODE"]),
    ("IP_ADDRESS", &["IP_ADDRESS"]),
    ("MAC_ADDRESS", &["MAC_ADDRESS"]),
    ("NPI_NUMBER", &["US_NPI"]),
    ("PASSWORD", &["PASSWORD"]),
    ("PHONE_NUMBER", &["PHONE_NUMBER"]),
    ("SWIFT_BIC_CODE", &["SWIFT_BIC"]),
    ("TAX_ID", &["US_EIN"]),
    ("URL", &["URL"]),
    ("US_BANK_NUMBER", &["US_BANK_NUMBER"]),
    ("US_DRIVER_LICENSE", &["US_DRIVER_LICENSE"]),
    ("US_PASSPORT", &["US_PASSPORT"]),
    ("US_SSN", &["US_SSN", "US_ITIN"]),
    ("VEHICLE_IDENTIFICATION_NUMBER", &["VIN"]),
];

/// One labelled text.
#[derive(Debug, Clone, Deserialize)]
pub struct Labelled {
    /// The text.
    pub text: String,
    /// What is in it.
    pub spans: Vec<Label>,
}

/// What somebody says is in a text.
#[derive(Debug, Clone, Deserialize)]
pub struct Label {
    /// First character, counted in code points.
    pub start: usize,
    /// Behind the last character.
    pub end: usize,
    /// The data set's name for it.
    #[serde(rename = "type")]
    pub name: String,
}

/// How well one label is found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// Labelled and found, character by character.
    pub right: u64,
    /// Found where there is no such label.
    pub wrong: u64,
    /// Labelled and not found.
    pub missed: u64,
}

/// How well everything is found.
#[derive(Debug, Clone, Default)]
pub struct Evaluation {
    /// By label; see [`LABELS`].
    pub labels: BTreeMap<&'static str, Tally>,
    /// Labels that have no form, and how often they occur.
    pub unscored: BTreeMap<String, u64>,
    /// Categories that were found and that no label of the data set stands for.
    pub unlabelled: BTreeMap<&'static str, u64>,
    /// How many texts there were.
    pub texts: u64,
    /// Bytes of all texts.
    pub bytes: u64,
    /// What looking took, without reading.
    pub took: Duration,
}

/// Why labelled texts could not be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EvaluationError {
    /// Occurs when the texts cannot be read.
    #[error("cannot be read")]
    Read(#[from] std::io::Error),
    /// Occurs when a line is not a labelled text.
    #[error("line {line} is no labelled text: {reason}")]
    Line {
        /// The line, from 1 on.
        line: usize,
        /// What is wrong with it.
        reason: String,
    },
}

impl Tally {
    /// The share of what was found that is right; 1 where nothing was found.
    #[must_use]
    pub fn precision(&self) -> f64 {
        share(self.right, self.right + self.wrong)
    }

    /// The share of what is labelled that was found; 1 where nothing is labelled.
    #[must_use]
    pub fn recall(&self) -> f64 {
        share(self.right, self.right + self.missed)
    }

    /// The harmonic mean of precision and recall.
    #[must_use]
    pub fn f1(&self) -> f64 {
        share(2 * self.right, 2 * self.right + self.wrong + self.missed)
    }
}

fn share(part: u64, whole: u64) -> f64 {
    if whole == 0 {
        1.0
    } else {
        part as f64 / whole as f64
    }
}

impl Evaluation {
    /// Looks through labelled texts and compares, with `seen` for every text and what was found in it.
    ///
    /// # Errors
    /// When the texts cannot be read, or a line is not a labelled text.
    pub fn add(
        &mut self,
        pii: &Pii,
        lines: impl BufRead,
        mut seen: impl FnMut(&Labelled, &[PiiMatch]),
    ) -> Result<(), EvaluationError> {
        for (nth, line) in lines.lines().enumerate() {
            let line = line?;
            if line.trim().is_empty() {
                continue;
            }
            let labelled: Labelled = serde_json::from_str(&line).map_err(|error| EvaluationError::Line {
                line: nth + 1,
                reason: error.to_string(),
            })?;
            let begun = Instant::now();
            let found = pii.find(&labelled.text);
            self.took += begun.elapsed();
            self.compare(&labelled, &found);
            seen(&labelled, &found);
        }
        Ok(())
    }

    fn compare(&mut self, labelled: &Labelled, found: &[PiiMatch]) {
        self.texts += 1;
        self.bytes += labelled.text.len() as u64;
        let places = places(&labelled.text);
        let place = |byte: usize| places.binary_search(&byte).unwrap_or_else(|next| next);
        let mut open: BTreeSet<(&'static str, usize, usize)> = BTreeSet::new();
        for label in &labelled.spans {
            match LABELS.iter().find(|(known, _)| *known == label.name) {
                Some((known, _)) => _ = open.insert((known, label.start, label.end)),
                None => *self.unscored.entry(label.name.clone()).or_default() += 1,
            }
        }
        for one in found {
            let Some((label, _)) = LABELS
                .iter()
                .find(|(_, categories)| categories.contains(&one.category))
            else {
                *self.unlabelled.entry(one.category).or_default() += 1;
                continue;
            };
            let tally = self.labels.entry(label).or_default();
            if open.remove(&(label, place(one.span.start), place(one.span.end))) {
                tally.right += 1;
            } else {
                tally.wrong += 1;
            }
        }
        for (label, ..) in open {
            self.labels.entry(label).or_default().missed += 1;
        }
    }
}

/// Where each character begins, and where the text ends.
fn places(text: &str) -> Vec<usize> {
    text.char_indices()
        .map(|(at, _)| at)
        .chain([text.len()])
        .collect()
}

#[cfg(test)]
mod tests;
