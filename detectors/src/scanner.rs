//! The scanner: runs the detectors over all segments and sums them up.

use std::collections::BTreeMap;
use std::time::Instant;

use lockgate_models::Guard;

use crate::model::{Model, TextScores};
use crate::{Finding, LoadError, OwnSignatures, PiiOptions, Prompts, Role, ScanError, Segment, Verdict};

mod cache;
mod text;

use cache::Cache;
use text::Detectors;

/// The most findings that a verdict lists. More is an attack on memory, not a prompt; it is told as an error,
/// because redaction would not be complete.
const MOST_FINDINGS: usize = 100_000;

/// How to scan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScannerOptions {
    /// Roles that are not searched for injections and toxic language: what the application itself wrote.
    /// Personal data is found in them all the same.
    pub trusted_roles: Vec<Role>,
    /// How many segments' model scores are remembered; 0 turns the cache off.
    ///
    /// An agent sends its whole history again with every turn, so what it costs must grow with what is new.
    pub cache: usize,
    /// Which personal data and secrets are looked for.
    pub pii: PiiOptions,
}

/// Which detectors are asked for; a detector that no rule and no log field needs does not run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Needs {
    /// Personal data.
    pub pii: bool,
    /// Injection phrases.
    pub signatures: bool,
    /// The guard model.
    pub model: bool,
}

/// Runs the detectors. One for all exchanges: it is compiled once and only read, but for its cache.
#[derive(Debug)]
pub struct Scanner {
    options: ScannerOptions,
    detectors: Detectors,
    model: Option<Model>,
    cache: Cache,
}

impl Scanner {
    /// Compiles the detectors. Without a guard, a scan that needs the model says so in its verdict.
    ///
    /// # Errors
    /// When the data that is compiled in cannot be read, which is a fault of this crate.
    pub fn new(options: ScannerOptions, guard: Option<Guard>) -> Result<Self, LoadError> {
        Self::with_signatures(options, guard, &OwnSignatures::default())
    }

    /// As [`Self::new`], with an owner's own signatures.
    ///
    /// # Errors
    /// When an id of the owner's is taken, or a signature does not keep the word that its examples give.
    pub fn with_signatures(
        options: ScannerOptions,
        guard: Option<Guard>,
        own: &OwnSignatures,
    ) -> Result<Self, LoadError> {
        Self::with_model(options, guard.map(Model::Guard), own)
    }

    fn with_model(
        options: ScannerOptions,
        model: Option<Model>,
        own: &OwnSignatures,
    ) -> Result<Self, LoadError> {
        let cache = Cache::new(options.cache);
        Ok(Self {
            detectors: Detectors::new(&options.pii, own)?,
            model,
            cache,
            options,
        })
    }

    /// Scans all segments: [`Self::scan_text`], then [`Self::add_model`].
    pub async fn scan(&self, prompts: &Prompts, needs: &Needs, deadline: Instant) -> Verdict {
        let verdict = self.scan_text(prompts, needs);
        self.add_model(prompts, needs, deadline, verdict).await
    }

    /// Adds what the model says of all segments, in one call, to a verdict of [`Self::scan_text`].
    ///
    /// A model that fails or misses the deadline is told in [`Verdict::error`].
    pub async fn add_model(
        &self,
        prompts: &Prompts,
        needs: &Needs,
        deadline: Instant,
        mut verdict: Verdict,
    ) -> Verdict {
        if needs.model && !prompts.segments.is_empty() {
            if let Err(error) = self.scan_model(prompts, deadline, &mut verdict).await {
                verdict.error.get_or_insert(error);
            }
            verdict
                .findings
                .sort_by_key(|finding| (finding.segment, finding.span.as_ref().map(|span| span.start)));
        }
        verdict
    }

    /// Runs the detectors that go by form, and not the model. Takes time in proportion to the text.
    #[must_use]
    pub fn scan_text(&self, prompts: &Prompts, needs: &Needs) -> Verdict {
        let mut verdict = Verdict {
            segments: prompts.segments.len(),
            ..Verdict::default()
        };
        for (index, segment) in prompts.segments.iter().enumerate() {
            let needs = Needs {
                signatures: needs.signatures && !self.trusts(segment),
                ..*needs
            };
            if needs.pii || needs.signatures {
                let found = self.detectors.scan(&segment.text, index, needs);
                verdict.injection = verdict.injection.max(round(found.injection));
                found
                    .findings
                    .into_iter()
                    .for_each(|finding| push(&mut verdict, finding));
            }
        }
        verdict
    }

    async fn scan_model(
        &self,
        prompts: &Prompts,
        deadline: Instant,
        verdict: &mut Verdict,
    ) -> Result<(), ScanError> {
        let Some(model) = &self.model else {
            return Err(ScanError {
                code: "model_missing",
                message: "no guard model is loaded".to_owned(),
            });
        };
        verdict.engine = Some(model.engine().to_owned());
        // The same text is scored once, wherever it stands.
        let mut texts: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (index, segment) in prompts.segments.iter().enumerate() {
            if !self.trusts(segment) && is_worth_scoring(segment) {
                texts.entry(&segment.text).or_default().push(index);
            }
        }
        let mut unknown = Vec::new();
        for (text, segments) in texts {
            match self.cache.get(text) {
                Some(scores) => take(verdict, &scores, &segments),
                None => unknown.push((text, segments)),
            }
        }
        if unknown.is_empty() {
            return Ok(());
        }
        let asked = unknown.iter().map(|(text, _)| (*text).to_owned()).collect();
        let answers = model.score(asked, deadline).await?;
        for ((text, segments), scores) in unknown.into_iter().zip(answers) {
            take(verdict, &scores, &segments);
            if scores.truncated {
                verdict.truncated = true;
            } else {
                self.cache.put(text, scores);
            }
        }
        Ok(())
    }

    fn trusts(&self, segment: &Segment) -> bool {
        self.options.trusted_roles.contains(&segment.role)
    }
}

/// Adds the scores of one text, which stands in these segments, to the verdict.
fn take(verdict: &mut Verdict, scores: &TextScores, segments: &[usize]) {
    for of_label in &scores.labels {
        let highest = verdict.labels.entry(of_label.label.clone()).or_default();
        *highest = highest.max(of_label.score);
        match of_label.label.as_str() {
            Finding::INJECTION => verdict.injection = verdict.injection.max(of_label.score),
            Finding::TOXIC => verdict.toxic = verdict.toxic.max(of_label.score),
            _ => {}
        }
        // Below one half of its scale the model says no more than that it read the text.
        if of_label.score >= 0.5 {
            for segment in segments {
                push(
                    verdict,
                    Finding {
                        detector: Finding::MODEL,
                        category: of_label.label.clone(),
                        score: of_label.score,
                        segment: *segment,
                        span: Some(of_label.span.clone()).filter(|span| !span.is_empty()),
                        id: None,
                        disguise: None,
                    },
                );
            }
        }
    }
}

fn push(verdict: &mut Verdict, finding: Finding) {
    if verdict.findings.len() < MOST_FINDINGS {
        verdict.findings.push(finding);
    } else if verdict.error.is_none() {
        let message = format!("more than {MOST_FINDINGS} findings; the rest is not listed");
        verdict.error = Some(ScanError {
            code: ScanError::TOO_MANY_FINDINGS,
            message,
        });
    }
}

/// Identifiers, numbers and addresses that no protocol rule covers are nothing for a model of language.
fn is_worth_scoring(segment: &Segment) -> bool {
    let text = segment.text.trim();
    segment.role != Role::Unknown
        || !text.is_ascii()
        || (text.len() >= 12 && text.contains(char::is_whitespace) && text.contains(char::is_alphabetic))
}

/// To four digits, down; see [`crate::model::calibrate`].
fn round(score: f64) -> f64 {
    ((score * 1e4 + 1e-6).floor() / 1e4).clamp(0.0, 1.0)
}

impl Default for ScannerOptions {
    fn default() -> Self {
        Self {
            trusted_roles: vec![Role::System, Role::Developer, Role::ToolDefinition],
            cache: 16_384,
            pii: PiiOptions::default(),
        }
    }
}

impl Needs {
    /// Everything.
    pub const ALL: Self = Self {
        pii: true,
        signatures: true,
        model: true,
    };
    /// Nothing.
    pub const NONE: Self = Self {
        pii: false,
        signatures: false,
        model: false,
    };
}

#[cfg(test)]
mod tests;
