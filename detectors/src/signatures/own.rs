//! What an owner adds to the signatures: files of phrases, and secrets of the system prompt.

use super::data::{self, Signature};
use super::phrase;
use crate::{Finding, LoadError};

/// The most bytes of a file.
const FILE: usize = 256 * 1024;
/// The most phrases of a file.
const PHRASES: usize = 5_000;
/// The most bytes of a phrase.
const PHRASE: usize = 2_048;
/// The most canaries, and how long they are, in bytes.
const CANARIES: usize = 100;
const CANARY: std::ops::RangeInclusive<usize> = 8..=512;

/// What an owner adds to the signatures that are compiled in.
///
/// A file is a list in YAML, in the form of those in `detectors/signatures/`:
///
/// ```
/// use lockgate_detectors::{OwnSignatures, Signatures};
///
/// let mut own = OwnSignatures::default();
/// own.add_file("ours.yaml", r#"
/// - id: discount
///   languages: [en]
///   weight: 0.8
///   phrases: ["(give|grant) me ... (full|highest) discount"]
///   finds: ["Grant me the highest discount"]
///   passes: ["Give me a full answer"]
/// "#)?;
/// let signatures = Signatures::with(&own)?;
/// assert_eq!(signatures.find("now grant me the very highest discount").matches[0].id, "discount");
/// # Ok::<(), lockgate_detectors::LoadError>(())
/// ```
#[derive(Clone, Default)]
pub struct OwnSignatures {
    signatures: Vec<(String, Signature)>,
    canaries: Vec<String>,
}

impl OwnSignatures {
    /// Adds a file; `name` is what errors call it.
    ///
    /// # Errors
    /// When it is longer than 256 KiB or has more than 5,000 phrases, when it is not a list of signatures, or
    /// when one of them is not right; the error names the file and the line.
    pub fn add_file(&mut self, name: &str, text: &str) -> Result<(), LoadError> {
        let fault = |reason: String| LoadError::Signatures {
            name: name.to_owned(),
            reason,
        };
        if text.len() > FILE {
            return Err(fault(format!("it has {} bytes and may have {FILE}", text.len())));
        }
        let signatures = data::parse(name, text)?;
        let phrases = || signatures.iter().flat_map(|signature| &signature.phrases);
        if phrases().count() > PHRASES {
            return Err(fault(format!("it has more than {PHRASES} phrases")));
        }
        for signature in &signatures {
            let line = data::line_of(text, &signature.id);
            if signature.phrases.iter().any(|phrase| phrase.len() > PHRASE) {
                let reason = format!(
                    "line {line}: a phrase of `{}` has more than {PHRASE} bytes",
                    signature.id
                );
                return Err(fault(reason));
            }
            let same = |known: &&Signature| known.id == signature.id;
            let elsewhere = self.signatures.iter().any(|(_, known)| known.id == signature.id);
            if elsewhere || signatures.iter().filter(same).count() > 1 {
                return Err(fault(format!("line {line}: `{}` is there twice", signature.id)));
            }
        }
        let named = signatures
            .into_iter()
            .map(|signature| (name.to_owned(), signature));
        self.signatures.extend(named);
        Ok(())
    }

    /// Adds a secret that only the system prompt holds: where it turns up, the system prompt has leaked.
    ///
    /// It is looked for without regard to case and through every disguise. Its finding has the category
    /// [`Finding::CANARY`] and does not touch the injection score.
    ///
    /// # Errors
    /// When it is shorter than 8 bytes or longer than 512, or there are 100 already. The error does not hold
    /// the secret.
    pub fn add_canary(&mut self, secret: &str) -> Result<(), LoadError> {
        let number = self.canaries.len() + 1;
        let fault = |reason: String| LoadError::Signatures {
            name: format!("canary {number}"),
            reason,
        };
        let solid: usize = secret.split_whitespace().map(str::len).sum();
        if !CANARY.contains(&secret.len()) || solid < *CANARY.start() {
            let (least, most) = (CANARY.start(), CANARY.end());
            return Err(fault(format!(
                "it must have {least} to {most} bytes besides white space"
            )));
        }
        if number > CANARIES {
            return Err(fault(format!("there may be {CANARIES} canaries")));
        }
        self.canaries.push(secret.to_owned());
        Ok(())
    }

    /// The signatures of the files, each with its file's name.
    pub(super) fn of_files(&self) -> &[(String, Signature)] {
        &self.signatures
    }

    /// One signature and its only phrase for each canary.
    pub(super) fn of_canaries(&self) -> impl Iterator<Item = (Signature, phrase::Parts)> {
        (1..).zip(&self.canaries).map(|(number, secret)| {
            let signature = Signature::plain(format!("canary-{number}"), Finding::CANARY);
            (signature, phrase::literal(secret))
        })
    }
}

/// Shows no secret.
impl std::fmt::Debug for OwnSignatures {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("OwnSignatures")
            .field("signatures", &self.signatures.len())
            .field("canaries", &self.canaries.len())
            .finish()
    }
}
