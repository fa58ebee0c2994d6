//! What is written about each exchange.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What is written about each exchange: one line on standard output. What the process says of itself goes to standard error.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Logging {
    /// Lines for people or for programs.
    pub format: LogFormat,
    /// The least important kind of line that is still written.
    pub level: LogLevel,
    /// Also write the text of prompts, after redaction; off, a log holds scores and categories only.
    pub prompts: bool,
}

/// The form of a log line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum LogFormat {
    /// One readable line.
    #[default]
    Human,
    /// One JSON object a line.
    Json,
}

/// The importance of a log line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum LogLevel {
    /// Failures of the gate itself.
    Error,
    /// And what is doubtful.
    Warn,
    /// And one line per exchange.
    #[default]
    Info,
    /// And the steps of each exchange.
    Debug,
    /// And everything else.
    Trace,
}

impl LogLevel {
    /// The name as the configuration file spells it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warn => "warn",
            Self::Info => "info",
            Self::Debug => "debug",
            Self::Trace => "trace",
        }
    }
}
