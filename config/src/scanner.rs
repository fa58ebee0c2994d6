//! How prompts are scored.

use std::path::PathBuf;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Duration, Pii};

/// How prompts are scored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Scanner {
    /// Longest time for all scores of one exchange; then `on_error` of the rule set decides.
    pub deadline: Duration,
    /// The guard model.
    pub model: Model,
    /// Personal data and secrets.
    pub pii: Pii,
}

impl Default for Scanner {
    fn default() -> Self {
        Self {
            deadline: Duration::from_secs(2),
            model: Model::default(),
            pii: Pii::default(),
        }
    }
}

/// The guard model: what scores injection and toxicity.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Model {
    /// Score with the model; without it only patterns and checksums are used.
    pub enabled: bool,
    /// The folder of the model; the one that came with Lockgate when absent.
    pub directory: Option<PathBuf>,
    /// What runs the model.
    pub engine: Engine,
    /// The ONNX Runtime library; looked for in the usual places when absent.
    pub library: Option<PathBuf>,
    /// Threads that score, each with its own copy of the model's session.
    pub threads: usize,
    /// Exchanges that may wait for a score; one more is refused.
    pub queue: usize,
    /// Most windows of 128 tokens scored in one exchange.
    pub windows: usize,
}

impl Default for Model {
    fn default() -> Self {
        Self {
            enabled: true,
            directory: None,
            engine: Engine::Auto,
            library: None,
            threads: 1,
            queue: 256,
            windows: 64,
        }
    }
}

/// What runs the guard model.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Engine {
    /// ONNX Runtime where its library is found, otherwise rten.
    #[default]
    Auto,
    /// ONNX Runtime; the gate does not start without it.
    Onnxruntime,
    /// The pure-Rust engine that is part of Lockgate.
    Rten,
}
