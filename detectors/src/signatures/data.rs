//! Signatures as data: YAML files, compiled in.

use serde::Deserialize;

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

/// The most spellings that one part of a phrase may stand for.
const SPELLINGS: usize = 1024;

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
            let good = parts(phrase).into_iter().all(|part| {
                let spellings = expand(part);
                spellings.len() <= SPELLINGS && spellings.iter().all(|spelling| spelling.trim().len() > 2)
            });
            if !good {
                return Err(format!(
                    "phrase `{phrase}` of `{}` is too short or has too many spellings",
                    self.id
                ));
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

/// The parts of a phrase, which is written with ` ... ` between them.
pub(super) fn parts(phrase: &str) -> Vec<&str> {
    phrase.split(" ... ").collect()
}

/// Every spelling of `(a|b) c`; a bar outside brackets stands for itself.
pub(super) fn expand(part: &str) -> Vec<String> {
    let mut spellings = vec![String::new()];
    let mut rest = part;
    while let Some((before, choices, after)) = choice(rest) {
        let choices: Vec<_> = choices.split('|').collect();
        // One more than is allowed is enough for the check to refuse it.
        spellings = spellings
            .iter()
            .flat_map(|start| choices.iter().map(move |end| format!("{start}{before}{end}")))
            .take(SPELLINGS + 1)
            .collect();
        rest = after;
    }
    for spelling in &mut spellings {
        spelling.push_str(rest);
    }
    spellings
}

fn choice(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once('(')?;
    let (choices, after) = rest.split_once(')')?;
    Some((before, choices, after))
}
