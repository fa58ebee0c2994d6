//! The admin listener.

use std::net::{Ipv4Addr, SocketAddr};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Secret;

/// The second listener, for the owner: metrics, endpoints, health.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Admin {
    /// Address and port; one that is not loopback needs `token`.
    #[serde(deserialize_with = "crate::address::deserialize")]
    #[schemars(with = "String")]
    pub address: SocketAddr,
    /// What a caller must send as `Authorization: Bearer <token>`.
    pub token: Option<Secret>,
}

impl Default for Admin {
    fn default() -> Self {
        Self {
            address: SocketAddr::from((Ipv4Addr::LOCALHOST, 9090)),
            token: None,
        }
    }
}
