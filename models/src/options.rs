//! How a guard is loaded.

use std::{fmt, path::PathBuf, str::FromStr};

/// Settings of [`Guard::load`](crate::Guard::load). The default looks for model and library by itself.
#[derive(Clone, Debug)]
pub struct GuardOptions {
    /// Folder with `manifest.json`. `None`: `LOCKGATE_MODEL_DIR`, then beside the executable, then
    /// `models/guard` in a parent of the executable or of the current directory.
    pub dir: Option<PathBuf>,
    /// Which engine runs the model.
    pub engine: EngineChoice,
    /// The ONNX Runtime library. `None`: `ORT_DYLIB_PATH`, then the usual places. A path that is named here
    /// or there is the only one tried.
    pub library: Option<PathBuf>,
    /// Threads that score, each with its own session of the engine; at least 1.
    pub threads: usize,
    /// Calls that may wait; one more is refused with [`ModelError::QueueFull`](crate::ModelError::QueueFull).
    pub queue: usize,
    /// Windows scored in one call. Longer input is sampled, and its scores say `truncated`.
    pub max_windows: usize,
    /// Bytes of text tokenized in one call; `None`: 1 KiB for each of `max_windows`. Longer input is sampled
    /// as well.
    pub max_bytes: Option<usize>,
}

/// Which engine runs the model.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EngineChoice {
    /// ONNX Runtime where its library is found, else rten.
    #[default]
    Auto,
    /// ONNX Runtime, or an error that says how to get it.
    Onnxruntime,
    /// rten, which is pure Rust and always there.
    Rten,
}

/// The text names no engine.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown engine `{0}`; known: auto, onnxruntime, rten")]
pub struct UnknownEngine(pub String);

// === impl GuardOptions ===

impl Default for GuardOptions {
    fn default() -> Self {
        Self {
            dir: None,
            engine: EngineChoice::Auto,
            library: None,
            threads: 1,
            queue: 256,
            max_windows: 64,
            max_bytes: None,
        }
    }
}

// === impl EngineChoice ===

impl EngineChoice {
    /// The name used in configuration files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Onnxruntime => "onnxruntime",
            Self::Rten => "rten",
        }
    }
}

impl fmt::Display for EngineChoice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for EngineChoice {
    type Err = UnknownEngine;

    fn from_str(text: &str) -> Result<Self, UnknownEngine> {
        match text {
            "auto" => Ok(Self::Auto),
            "onnxruntime" => Ok(Self::Onnxruntime),
            "rten" => Ok(Self::Rten),
            other => Err(UnknownEngine(other.to_owned())),
        }
    }
}
