//! Signatures as data: YAML files, compiled in.

use serde::Deserialize;

use super::phrase::{self, Item};
use crate::LoadError;

macro_rules! files {
    ($($name:literal),* $(,)?) => {
        [$(($name, include_str!(concat!("../../signatures/", $name, ".yaml")))),*]
    };
}

/// The files that are compiled in.
pub(super) const FILES: [(&str, &str); 16] = files![
    "markers",
    "english",
    "german",
    "french",
    "spanish",
    "portuguese",
    "italian",
    "dutch",
    "polish",
    "russian",
    "turkish",
    "arabic",
    "hindi",
    "chinese",
    "japanese",
    "korean",
];

/// The most choices that a phrase may have in all of its brackets.
const CHOICES: usize = 512;

/// The fewest bytes of a part of a phrase, white space left out.
const SHORTEST: usize = 3;

/// One signature: an idea in one language, in all the wordings of it that are worth knowing.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Signature {
    /// Unique, and never used again for something else: rules and logs name it.
    pub(super) id: String,
    /// ISO 639-1 codes.
    #[cfg_attr(not(test), expect(dead_code, reason = "for readers and tests"))]
    pub(super) languages: Vec<String>,
    /// How sure this alone makes us, above 0 and below 1.
    pub(super) weight: f64,
    /// The idea, shared with other signatures: only the heaviest of a group counts.
    #[serde(default)]
    group: Option<String>,
    /// `(a|b)` stands for either, ` ... ` for a few words in between.
    pub(super) phrases: Vec<String>,
    /// Texts in which it must be found.
    #[cfg_attr(not(test), expect(dead_code, reason = "for readers and tests"))]
    pub(super) finds: Vec<String>,
    /// Texts in which it must not be found.
    #[serde(default)]
    #[cfg_attr(not(test), expect(dead_code, reason = "for readers and tests"))]
    pub(super) passes: Vec<String>,
}

impl Signature {
    pub(super) fn group(&self) -> &str {
        self.group.as_deref().unwrap_or(&self.id)
    }

    fn check(&self) -> Result<(), String> {
        if !(self.weight > 0.0 && self.weight < 1.0) {
            return Err(format!("weight of `{}` must be above 0 and below 1", self.id));
        }
        for phrase in &self.phrases {
            let parts = phrase::parse(phrase);
            let choices: usize = parts.iter().flatten().map(|item| item.choices.len()).sum();
            if choices > CHOICES {
                return Err(format!(
                    "phrase `{phrase}` of `{}` has more than {CHOICES} choices",
                    self.id
                ));
            }
            if parts.iter().any(|part| shortest(part) < SHORTEST) {
                return Err(format!("phrase `{phrase}` of `{}` is too short", self.id));
            }
        }
        Ok(())
    }
}

/// Reads a file of signatures.
pub(super) fn parse(name: &str, text: &str) -> Result<Vec<Signature>, LoadError> {
    let fault = |reason| LoadError::Signatures {
        name: name.to_owned(),
        reason,
    };
    let signatures: Vec<Signature> =
        serde_saphyr::from_str(text).map_err(|error| fault(error.to_string()))?;
    signatures
        .iter()
        .try_for_each(|signature| signature.check().map_err(fault))?;
    Ok(signatures)
}

fn shortest(part: &[Item]) -> usize {
    let of_item = |item: &Item| item.choices.iter().map(|piece| piece.text.len()).min();
    part.iter()
        .filter(|item| !item.optional)
        .filter_map(of_item)
        .sum()
}
