//! What can go wrong, each with what to do about it.

use std::path::PathBuf;

/// Why the guard model could not be loaded, or could not score a text.
#[derive(Clone, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ModelError {
    /// Occurs when as many calls are waiting as the queue holds; the call was refused at once.
    #[error("the guard model's queue is full: {capacity} calls are waiting")]
    QueueFull {
        /// How many calls the queue holds.
        capacity: usize,
    },
    /// Occurs when the deadline passed before every window was scored.
    #[error("the guard model did not finish before the deadline")]
    Deadline,
    /// Occurs when the guard is shutting down.
    #[error("the guard model is stopped")]
    Stopped,
    /// Occurs when the model folder, a file of it, or the ONNX Runtime library cannot be found.
    #[error("{what} not found; {what_to_do}")]
    Missing {
        /// What was looked for, and where.
        what: String,
        /// The step that puts it in place.
        what_to_do: String,
    },
    /// Occurs when a file is not the one that the manifest describes.
    #[error("{}: sha256 is {found}, but the manifest expects {expected}; restore the file or fetch the model again", .path.display())]
    HashMismatch {
        /// The file.
        path: PathBuf,
        /// The hash in the manifest.
        expected: String,
        /// The hash of the file as it is.
        found: String,
    },
    /// Occurs when a file is larger than this crate will read, or not of the size that the manifest states.
    #[error("{}: {message}", .path.display())]
    Size {
        /// The file.
        path: PathBuf,
        /// The size found and the size allowed.
        message: String,
    },
    /// Occurs when a file cannot be read.
    #[error("{}: {message}", .path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// The operating system's reason.
        message: String,
    },
    /// Occurs when the manifest is not valid.
    #[error("{}: {message}", .path.display())]
    Manifest {
        /// The manifest.
        path: PathBuf,
        /// What is wrong with it, and where.
        message: String,
    },
    /// Occurs when the tokenizer cannot be loaded or fails on a text.
    #[error("tokenizer: {0}")]
    Tokenizer(String),
    /// Occurs when an engine cannot be started or fails while it runs.
    #[error("{engine}: {message}")]
    Engine {
        /// `onnxruntime`, `rten`, or `engine` where no engine could be chosen.
        engine: &'static str,
        /// The engine's own words.
        message: String,
    },
}
