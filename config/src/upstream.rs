//! What stands behind the gate.

use std::collections::BTreeMap;
use std::path::PathBuf;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Duration, Secret, UpstreamUrl};

/// A server behind the gate.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Upstream {
    /// `http://` or `https://`, host, optional port, optional path prefix.
    pub url: UpstreamUrl,
    /// The HTTP version spoken to it.
    #[serde(default)]
    pub protocol: Protocol,
    /// Send the client's `Host` instead of the upstream's own; the client's is in `X-Forwarded-Host` either way.
    #[serde(default)]
    pub preserve_host: bool,
    /// Headers set on the way to it, such as credentials; values are never shown.
    #[serde(default)]
    pub headers: BTreeMap<String, Secret>,
    /// Longest wait for a connection, TLS handshake included.
    #[serde(default = "connect_timeout")]
    pub connect_timeout: Duration,
    /// Longest silence while its response is awaited or read.
    #[serde(default = "read_timeout")]
    pub read_timeout: Duration,
    /// Longest stall while the request is written to it.
    #[serde(default = "write_timeout")]
    pub write_timeout: Duration,
    /// How long an unused connection to it is kept.
    #[serde(default = "idle_timeout")]
    pub idle_timeout: Duration,
    /// How its certificate is checked; only for `https`.
    #[serde(default)]
    pub tls: UpstreamTls,
}

/// The HTTP version spoken to an upstream.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Protocol {
    /// What ALPN agrees on over TLS, HTTP/1.1 in the clear.
    #[default]
    Auto,
    /// HTTP/1.1 only.
    Http1,
    /// HTTP/2 only, also in the clear.
    Http2,
}

/// How the certificate of an upstream is checked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct UpstreamTls {
    /// Refuse an upstream whose certificate does not verify.
    pub verify: bool,
    /// PEM file of the authorities to trust instead of the system's; relative to the configuration file.
    pub ca: Option<PathBuf>,
    /// The name to ask for and to verify, where it differs from the host of the URL.
    pub server_name: Option<String>,
}

impl Default for UpstreamTls {
    fn default() -> Self {
        Self {
            verify: true,
            ca: None,
            server_name: None,
        }
    }
}

fn connect_timeout() -> Duration {
    Duration::from_secs(5)
}

fn read_timeout() -> Duration {
    Duration::from_secs(300)
}

fn write_timeout() -> Duration {
    Duration::from_secs(30)
}

fn idle_timeout() -> Duration {
    Duration::from_secs(60)
}
