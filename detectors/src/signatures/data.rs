//! Signatures as data: YAML files, compiled in.

use serde::Deserialize;

use super::phrase::{self, Item};
use crate::{Finding, LoadError};

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

/// The score of what cannot be anything else.
const WITHOUT_DOUBT: f64 = 0.99;

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
    pub(super) finds: Vec<String>,
    /// Texts in which it must not be found.
    #[serde(default)]
    pub(super) passes: Vec<String>,
    /// The category of its findings.
    #[serde(skip, default = "injection")]
    pub(super) category: &'static str,
}

fn injection() -> &'static str {
    Finding::INJECTION
}

impl Signature {
    pub(super) fn group(&self) -> &str {
        self.group.as_deref().unwrap_or(&self.id)
    }

    /// A signature without phrases of its own.
    pub(super) fn plain(id: String, category: &'static str) -> Self {
        Self {
            id,
            languages: Vec::new(),
            weight: WITHOUT_DOUBT,
            group: None,
            phrases: Vec::new(),
            finds: Vec::new(),
            passes: Vec::new(),
            category,
        }
    }

    /// The signature of a phrase that the reader of a page does not see.
    pub(super) fn unseen() -> Self {
        Self {
            weight: 0.6,
            ..Self::plain(super::UNSEEN.to_owned(), Finding::INJECTION)
        }
    }

    fn check(&self) -> Result<(), String> {
        let is_name = |id: &str| {
            id.bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
        };
        if self.id.is_empty() || self.id.len() > 64 || !is_name(&self.id) {
            return Err(format!(
                "id `{}` must be of up to 64 small letters, digits and hyphens",
                self.id
            ));
        }
        if self.phrases.is_empty() {
            return Err(format!("`{}` has no phrases", self.id));
        }
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
        serde_saphyr::from_str(text).map_err(|error| fault(first_line(&error.to_string())))?;
    for signature in &signatures {
        let told = signature.check();
        told.map_err(|reason| fault(format!("line {}: {reason}", line_of(text, &signature.id))))?;
    }
    Ok(signatures)
}

/// The line on which the signature with this id begins.
pub(super) fn line_of(text: &str, id: &str) -> usize {
    let has_id = |line: &str| {
        let value = line.split_once("id:").map(|(_, value)| value.trim_start());
        value.is_some_and(|value| value.trim_start_matches(['"', '\'']).starts_with(id))
    };
    text.lines().position(has_id).map_or(1, |line| line + 1)
}

fn shortest(part: &[Item]) -> usize {
    let of_item = |item: &Item| item.choices.iter().map(|piece| piece.text.len()).min();
    part.iter()
        .filter(|item| !item.optional)
        .filter_map(of_item)
        .sum()
}

/// The parser shows the lines around a fault; what it says of it stands in the first.
fn first_line(message: &str) -> String {
    message.lines().next().unwrap_or_default().to_owned()
}
