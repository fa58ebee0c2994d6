//! The process itself.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Duration;

/// The process itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Server {
    /// Threads that carry exchanges; 0 means one per core.
    pub threads: usize,
    /// How long running exchanges may take to finish when the process is asked to stop.
    pub grace_period: Duration,
}

impl Default for Server {
    fn default() -> Self {
        Self {
            threads: 0,
            grace_period: Duration::from_secs(30),
        }
    }
}
