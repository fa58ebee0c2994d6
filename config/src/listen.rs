//! Where the gate accepts connections.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One address on which the gate accepts connections.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Listen {
    /// Address and port, such as `127.0.0.1:8080` or `[::]:443`.
    #[serde(deserialize_with = "crate::address::deserialize")]
    #[schemars(with = "String")]
    pub address: SocketAddr,
    /// Speak TLS (HTTP/1.1 and HTTP/2 by ALPN); without it the address speaks HTTP/1.1 and h2c.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tls: Option<Tls>,
}

/// Certificate and key of a listener, both PEM.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Tls {
    /// The certificate chain, leaf first; relative to the configuration file.
    pub certificate: PathBuf,
    /// The private key; relative to the configuration file.
    pub key: PathBuf,
}

impl Listen {
    /// What is listened on when the file does not say: `127.0.0.1:8080` in the clear.
    pub(crate) fn default_list() -> Vec<Self> {
        vec![Self {
            address: SocketAddr::from((Ipv4Addr::LOCALHOST, 8080)),
            tls: None,
        }]
    }
}
