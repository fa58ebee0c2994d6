//! Faults in the data that the detectors are made of.

/// The detectors' own data could not be loaded.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LoadError {
    /// Occurs when a pattern does not compile.
    #[error("pattern `{name}` does not compile: {reason}")]
    Pattern {
        /// The pattern.
        name: String,
        /// What the compiler said.
        reason: String,
    },
    /// Occurs when an entry of the allow list says nothing.
    #[error("allow list: {0}")]
    Allow(#[from] crate::AllowError),
    /// Occurs when a signature file cannot be read.
    #[error("signature file `{name}`: {reason}")]
    Signatures {
        /// The file.
        name: String,
        /// What is wrong with it.
        reason: String,
    },
}
