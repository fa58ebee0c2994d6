//! Prompts out of request bodies, and what is found in them.
//!
//! Three steps, each usable alone: [`extract`] turns a body into [`Prompts`] (segments with their role and
//! where they stand), [`Scanner::scan`] turns prompts into a [`Verdict`] (findings and scores), and
//! [`redact`] writes placeholders over findings without touching any other byte.
//!
//! ```
//! use lockgate_detectors::{ExtractLimits, Input, Role, extract};
//!
//! let body = br#"{"model": "m", "messages": [{"role": "user", "content": "Hello"}]}"#;
//! let input = Input { method: "POST", path: "/v1/chat/completions", content_type: Some("application/json"), body };
//! let prompts = extract(&input, &ExtractLimits::default())?;
//! assert_eq!(prompts.segments[0].role, Role::User);
//! assert_eq!(prompts.segments[0].pointer, "/messages/0/content");
//! # Ok::<(), lockgate_detectors::ExtractError>(())
//! ```

pub mod evaluate;
mod extract;
mod finding;
mod json;
mod load_error;
mod model;
mod pii;
mod prompt;
mod protocol;
mod redact;
mod role;
mod scanner;
mod signatures;
mod verdict;
mod views;

pub use extract::{ExtractError, ExtractLimits, Input, extract};
pub use finding::Finding;
pub use load_error::LoadError;
pub use pii::{AllowError, Pii, PiiCategory, PiiMatch, PiiOptions, pii_categories};
pub use prompt::{Prompts, Segment};
pub use protocol::{Protocol, response_shape};
pub use redact::redact;
pub use role::Role;
pub use scanner::{Needs, Scanner, ScannerOptions};
pub use signatures::{OwnSignatures, SignatureMatch, Signatures, Signs};
pub use verdict::{ScanError, Verdict};
pub use views::{Disguise, Origin, View, Views};
