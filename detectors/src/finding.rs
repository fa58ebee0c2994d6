//! Findings: what one detector saw in one place.

use std::ops::Range;

use serde::Serialize;

/// One detection. It never holds the text that was found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Finding {
    /// What found it: `pii`, `signature` or `model`.
    pub detector: &'static str,
    /// What it is: `CREDIT_CARD`, `EMAIL_ADDRESS`, ..., `injection`, `toxic`.
    pub category: String,
    /// How sure the detector is, 0 to 1.
    pub score: f64,
    /// Index of the segment in [`Prompts::segments`](crate::Prompts::segments).
    pub segment: usize,
    /// Bytes of the segment's text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub span: Option<Range<usize>>,
    /// The signature's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The disguises that it wore, the outermost first: `base64`, `url>base64`; see
    /// [`Disguise`](crate::Disguise).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub disguise: Option<String>,
}

impl Finding {
    /// The span in code points instead of bytes, for the segment's text.
    #[must_use]
    pub fn code_points(&self, text: &str) -> Option<Range<usize>> {
        let span = self.span.as_ref()?;
        let start = text.get(..span.start)?.chars().count();
        Some(start..start + text.get(span.clone())?.chars().count())
    }

    /// The name of the personal data detector.
    pub const PII: &'static str = "pii";
    /// The name of the signature detector.
    pub const SIGNATURE: &'static str = "signature";
    /// The name of the model detector.
    pub const MODEL: &'static str = "model";
    /// The category of instructions that try to take over the model.
    pub const INJECTION: &'static str = "injection";
    /// The category of secrets of the system prompt that turn up outside of it.
    pub const CANARY: &'static str = "canary";
    /// The category of toxic language.
    pub const TOXIC: &'static str = "toxic";
}
