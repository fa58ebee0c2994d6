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
}

impl Finding {
    /// The name of the personal data detector.
    pub const PII: &'static str = "pii";
    /// The name of the signature detector.
    pub const SIGNATURE: &'static str = "signature";
    /// The name of the model detector.
    pub const MODEL: &'static str = "model";
    /// The category of instructions that try to take over the model.
    pub const INJECTION: &'static str = "injection";
    /// The category of toxic language.
    pub const TOXIC: &'static str = "toxic";
}
