//! Finding AI endpoints from the traffic.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Finding AI endpoints from the traffic.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Discovery {
    /// Observe exchanges and label endpoints.
    pub enabled: bool,
    /// Most endpoints kept; the one unseen for longest makes room.
    pub endpoints: usize,
}

impl Default for Discovery {
    fn default() -> Self {
        Self {
            enabled: true,
            endpoints: 2000,
        }
    }
}
