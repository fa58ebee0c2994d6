//! `manifest.json`: what the model folder holds, and how its answers are read.

use crate::{
    ModelError,
    files::{CheckedFile, read_bounded},
};
use serde::{Deserialize, Serialize};
use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

/// The model's file name; it is part of the format, so that a folder reads the same everywhere.
pub(crate) const MODEL_FILE: &str = "guard.onnx";
/// The tokenizer's file name.
pub(crate) const TOKENIZER_FILE: &str = "tokenizer.json";
/// The manifest's own file name.
pub(crate) const MANIFEST_FILE: &str = "manifest.json";

const MANIFEST_LIMIT: u64 = 1024 * 1024;
const MODEL_LIMIT: u64 = 256 * 1024 * 1024;
const TOKENIZER_LIMIT: u64 = 32 * 1024 * 1024;
const WINDOW_TOKENS: std::ops::RangeInclusive<usize> = 8..=512;
const MAX_LABELS: usize = 64;

/// The description of a model.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// Name of the model.
    pub name: String,
    /// Version of the model.
    pub version: String,
    /// Licence of the weights.
    pub license: String,
    /// The encoder that it was trained from.
    pub encoder: String,
    /// Files of the folder, by plain name.
    pub files: BTreeMap<String, FileEntry>,
    /// Names of the ONNX inputs: token ids first, attention mask second.
    pub inputs: Vec<String>,
    /// Name of the ONNX output with one logit per label.
    pub output: String,
    /// How texts are cut.
    pub window: WindowSize,
    /// The labels, in the order of the logits.
    pub labels: Vec<Label>,
    /// How the model was trained; kept as it is, for people.
    #[serde(default)]
    pub training: serde_json::Value,
}

/// Size and hash of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileEntry {
    /// SHA-256 in lower-case hexadecimal.
    pub sha256: String,
    /// Size in bytes.
    pub bytes: u64,
}

/// How a text is cut into windows, in tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WindowSize {
    /// Tokens of a window, special tokens included.
    pub tokens: usize,
    /// Tokens that a window shares with the one before.
    pub overlap: usize,
}

/// One thing that the model tells.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Label {
    /// Name, as findings and rules use it.
    pub name: String,
    /// Divides the logit before the sigmoid, so that scores are calibrated.
    pub temperature: f32,
    /// The score from which the model's makers would act.
    pub threshold: f32,
}

// === impl Manifest ===

impl Manifest {
    /// Reads and checks `manifest.json` in a model folder.
    pub fn read(dir: &Path) -> Result<Self, ModelError> {
        let path = dir.join(MANIFEST_FILE);
        let bytes = read_bounded(&path, MANIFEST_LIMIT)?;
        Self::parse(&bytes).map_err(|message| ModelError::Manifest { path, message })
    }

    pub(crate) fn model(&self, dir: &Path) -> Result<CheckedFile, ModelError> {
        self.file(dir, MODEL_FILE, MODEL_LIMIT)
    }

    pub(crate) fn tokenizer(&self, dir: &Path) -> Result<CheckedFile, ModelError> {
        self.file(dir, TOKENIZER_FILE, TOKENIZER_LIMIT)
    }

    fn file(&self, dir: &Path, name: &str, limit: u64) -> Result<CheckedFile, ModelError> {
        let entry = self
            .files
            .get(name)
            .cloned()
            .ok_or_else(|| ModelError::Manifest {
                path: dir.join(MANIFEST_FILE),
                message: format!("`files` does not name {name}"),
            })?;
        Ok(CheckedFile {
            path: dir.join(name),
            entry,
            limit,
        })
    }

    pub(crate) fn parse(bytes: &[u8]) -> Result<Self, String> {
        let manifest: Self = serde_json::from_slice(bytes).map_err(|error| error.to_string())?;
        manifest.check()?;
        Ok(manifest)
    }

    fn check(&self) -> Result<(), String> {
        for (name, entry) in &self.files {
            if !is_plain_name(name) {
                return Err(format!("`files`: {name:?} is not a plain file name"));
            }
            if !is_sha256(&entry.sha256) {
                return Err(format!(
                    "`files`: sha256 of {name} is not 64 lower-case hexadecimal digits"
                ));
            }
        }
        for name in [MODEL_FILE, TOKENIZER_FILE] {
            if !self.files.contains_key(name) {
                return Err(format!("`files` does not name {name}"));
            }
        }
        if self.inputs.len() != 2 {
            return Err(format!(
                "`inputs` names {} inputs; expected token ids and attention mask",
                self.inputs.len()
            ));
        }
        let WindowSize { tokens, overlap } = self.window;
        if !WINDOW_TOKENS.contains(&tokens) {
            return Err(format!("`window.tokens` is {tokens}; allowed: {WINDOW_TOKENS:?}"));
        }
        if overlap > tokens / 2 {
            return Err(format!(
                "`window.overlap` is {overlap}; at most half of `window.tokens` ({tokens})"
            ));
        }
        check_labels(&self.labels)
    }
}

fn check_labels(labels: &[Label]) -> Result<(), String> {
    if labels.is_empty() || labels.len() > MAX_LABELS {
        return Err(format!(
            "`labels` has {} entries; allowed: 1 to {MAX_LABELS}",
            labels.len()
        ));
    }
    let mut seen = BTreeSet::new();
    for Label {
        name,
        temperature,
        threshold,
    } in labels
    {
        if name.is_empty() || !seen.insert(name) {
            return Err(format!("`labels`: the name {name:?} is empty or used twice"));
        }
        if !(temperature.is_finite() && *temperature > 0.0) {
            return Err(format!(
                "`labels`: temperature of {name} is {temperature}; it must be above 0"
            ));
        }
        if !(0.0..=1.0).contains(threshold) {
            return Err(format!(
                "`labels`: threshold of {name} is {threshold}; it must be in 0 to 1"
            ));
        }
    }
    Ok(())
}

/// A name that cannot lead out of the model's folder, on any platform.
fn is_plain_name(name: &str) -> bool {
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    !name.is_empty() && name.len() <= 128 && !name.starts_with('.') && name.chars().all(allowed)
}

fn is_sha256(text: &str) -> bool {
    text.len() == 64
        && text
            .bytes()
            .all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
}

// === impl Label ===

impl Label {
    /// The probability that a logit stands for: sigmoid(logit / temperature).
    pub fn probability(&self, logit: f32) -> f32 {
        1.0 / (1.0 + (-logit / self.temperature).exp())
    }
}

#[cfg(test)]
mod tests;
