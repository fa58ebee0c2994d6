//! What the owner says is no finding.

use std::collections::BTreeSet;
use std::net::IpAddr;

/// Values, hosts and networks that are not reported.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Allow {
    /// In small letters; numbers by their letters and digits alone.
    values: BTreeSet<String>,
    /// `example.com` of `*.example.com`.
    hosts: Vec<String>,
    networks: Vec<(IpAddr, u8)>,
}

/// An entry of the allow list that says nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{entry}` {reason}")]
pub struct AllowError {
    /// The entry as the owner wrote it.
    pub entry: String,
    /// What is wrong with it.
    pub reason: &'static str,
}

impl Allow {
    /// Reads the entries of a list.
    ///
    /// # Errors
    /// When an entry is empty, or has a `*` anywhere but in front of a host.
    pub(super) fn new(entries: &[String]) -> Result<Self, AllowError> {
        let mut allow = Self::default();
        for entry in entries {
            let failed = |reason| AllowError {
                entry: entry.clone(),
                reason,
            };
            let plain = entry.trim().to_lowercase();
            if let Some(host) = plain.strip_prefix("*.") {
                if host.contains('*') || !host.contains(char::is_alphanumeric) {
                    return Err(failed("is no host"));
                }
                allow.hosts.push(host.to_owned());
            } else if plain.contains('*') {
                return Err(failed("has a `*` that is not `*.` in front of a host"));
            } else if let Some(network) = network(&plain) {
                allow.networks.push(network);
            } else if compact(&plain).is_empty() {
                return Err(failed("has neither letters nor digits"));
            } else {
                allow.values.insert(compact(&plain));
            }
        }
        Ok(allow)
    }

    /// Whether what was found in this place is none of the gate's business.
    pub(super) fn has(&self, found: &str) -> bool {
        if self.values.is_empty() && self.hosts.is_empty() && self.networks.is_empty() {
            return false;
        }
        let plain = found.to_lowercase();
        self.values.contains(&compact(&plain)) || self.has_host(&plain) || self.has_address(&plain)
    }

    fn has_host(&self, found: &str) -> bool {
        let host = found.split_once("://").map_or(found, |(_, rest)| rest);
        let host = host.split(['/', '?', '#']).next().unwrap_or_default();
        let host = host.rsplit('@').next().unwrap_or_default();
        let host = host.split(':').next().unwrap_or_default();
        self.hosts.iter().any(|known| {
            host.strip_suffix(known.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
        })
    }

    fn has_address(&self, found: &str) -> bool {
        let Ok(address) = found.parse::<IpAddr>() else {
            return false;
        };
        self.networks
            .iter()
            .any(|(network, length)| match (network, address) {
                (IpAddr::V4(network), IpAddr::V4(address)) => {
                    let mask = u32::MAX.checked_shl(32 - u32::from(*length)).unwrap_or_default();
                    (network.to_bits() ^ address.to_bits()) & mask == 0
                }
                (IpAddr::V6(network), IpAddr::V6(address)) => {
                    let mask = u128::MAX
                        .checked_shl(128 - u32::from(*length))
                        .unwrap_or_default();
                    (network.to_bits() ^ address.to_bits()) & mask == 0
                }
                _ => false,
            })
    }
}

/// `10.0.0.0/8`.
fn network(entry: &str) -> Option<(IpAddr, u8)> {
    let (address, length) = entry.split_once('/')?;
    let address: IpAddr = address.parse().ok()?;
    let length: u8 = length.parse().ok()?;
    (length <= if address.is_ipv4() { 32 } else { 128 }).then_some((address, length))
}

/// A number is the same however it is grouped; a text is the same in capitals.
fn compact(value: &str) -> String {
    if value
        .chars()
        .all(|c| c.is_ascii_digit() || matches!(c, ' ' | '-' | '.' | '/' | '(' | ')' | '+'))
    {
        return value.chars().filter(char::is_ascii_digit).collect();
    }
    value.to_owned()
}
