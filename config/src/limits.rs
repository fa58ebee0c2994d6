//! How much of anything one exchange may use.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{ByteSize, Duration};

/// How much of anything one exchange may use; each limit has a problem that names it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// Longest wait for the whole head of a request.
    pub header_timeout: Duration,
    /// Longest wait for the whole body of a request.
    pub body_timeout: Duration,
    /// Longest wait for a client to take in a piece of its answer.
    pub send_timeout: Duration,
    /// How long a client's connection may be silent between two requests.
    pub idle_timeout: Duration,
    /// Largest head of a request.
    pub header_bytes: ByteSize,
    /// Largest body of a request.
    pub body_bytes: ByteSize,
    /// Most memory that the bodies of all exchanges together may hold.
    pub buffered_bytes: ByteSize,
    /// Deepest nesting of a JSON body.
    pub json_depth: usize,
    /// Most prompt segments in one body.
    pub segments: usize,
    /// Most values (objects, arrays, strings, numbers) in one JSON body.
    pub json_nodes: usize,
    /// Most keys (clients, values of a header) that one `rate_limit` rule counts apart; about 100 bytes each.
    pub rate_limit_keys: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            header_timeout: Duration::from_secs(10),
            body_timeout: Duration::from_secs(30),
            send_timeout: Duration::from_secs(60),
            idle_timeout: Duration::from_secs(60),
            header_bytes: ByteSize::kib(64),
            body_bytes: ByteSize::mib(4),
            buffered_bytes: ByteSize::mib(256),
            json_depth: 64,
            segments: 4096,
            json_nodes: 200_000,
            rate_limit_keys: 100_000,
        }
    }
}
