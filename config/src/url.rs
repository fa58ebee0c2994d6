//! The address of an upstream.

use std::fmt;
use std::str::FromStr;

use crate::text::string_type;

/// Where an upstream is: `http://` or `https://`, host, optional port, optional path prefix.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct UpstreamUrl {
    scheme: Scheme,
    host: String,
    port: Option<u16>,
    prefix: String,
}

/// How an upstream is spoken to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scheme {
    /// In the clear.
    Http,
    /// Over TLS.
    Https,
}

/// Why a text is not the address of an upstream; the text is not repeated, as it may hold a secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum UrlError {
    /// Occurs when the text does not begin with `http://` or `https://`.
    #[error("an upstream URL begins with http:// or https://")]
    Scheme,
    /// Occurs when there is a user name or a password in front of the host.
    #[error("an upstream URL holds no user name or password; set an `authorization` header instead")]
    UserInfo,
    /// Occurs when there is no host, or one with a character that no host has.
    #[error("an upstream URL needs a host name or an IP address after ://")]
    Host,
    /// Occurs when the port is not a number from 1 to 65535.
    #[error("the port of an upstream URL is a number from 1 to 65535")]
    Port,
    /// Occurs when the path has a query, a fragment, a space or a control character.
    #[error("the path prefix of an upstream URL has no query, no fragment and no spaces")]
    Path,
}

impl UpstreamUrl {
    /// Whether TLS is spoken.
    pub fn is_tls(&self) -> bool {
        self.scheme == Scheme::Https
    }

    /// How it is spoken to.
    pub fn scheme(&self) -> Scheme {
        self.scheme
    }

    /// The host, without the brackets of an IPv6 address.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// The port, as written or the scheme's own.
    pub fn port(&self) -> u16 {
        self.port.unwrap_or(match self.scheme {
            Scheme::Http => 80,
            Scheme::Https => 443,
        })
    }

    /// What goes in front of the path of every request: empty, or `/` and more without a `/` at the end.
    pub fn prefix(&self) -> &str {
        &self.prefix
    }

    /// Whether it is on this machine, as far as the host tells.
    pub fn is_loopback(&self) -> bool {
        self.host == "localhost"
            || self
                .host
                .parse::<std::net::IpAddr>()
                .is_ok_and(|ip| ip.is_loopback())
    }

    /// The value of the `Host` header: the host, and the port where it is not the scheme's own.
    pub fn authority(&self) -> String {
        let host = if self.host.contains(':') {
            format!("[{}]", self.host)
        } else {
            self.host.clone()
        };
        match self.port {
            Some(port) => format!("{host}:{port}"),
            None => host,
        }
    }
}

impl fmt::Display for UpstreamUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scheme = match self.scheme {
            Scheme::Http => "http",
            Scheme::Https => "https",
        };
        write!(f, "{scheme}://{}{}", self.authority(), self.prefix)
    }
}

impl FromStr for UpstreamUrl {
    type Err = UrlError;

    fn from_str(text: &str) -> Result<Self, UrlError> {
        let (scheme, rest) = if let Some(rest) = text.strip_prefix("http://") {
            (Scheme::Http, rest)
        } else if let Some(rest) = text.strip_prefix("https://") {
            (Scheme::Https, rest)
        } else {
            return Err(UrlError::Scheme);
        };
        let (authority, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
        if authority.contains('@') {
            return Err(UrlError::UserInfo);
        }
        let (host, port) = split_authority(authority)?;
        if path.contains(['?', '#']) || path.chars().any(|c| !c.is_ascii_graphic()) {
            return Err(UrlError::Path);
        }
        let own = if scheme == Scheme::Http { 80 } else { 443 };
        Ok(Self {
            scheme,
            host,
            port: port.filter(|&p| p != own),
            prefix: path.trim_end_matches('/').to_owned(),
        })
    }
}

string_type!(
    UpstreamUrl,
    "a URL such as https://api.example.com or http://127.0.0.1:8081/base",
    "^https?://[^/?#@ ]+(/[^?# ]*)?$"
);

/// Splits `host:port`, `[::1]:port` or `host`.
fn split_authority(authority: &str) -> Result<(String, Option<u16>), UrlError> {
    let (host, port) = if let Some(rest) = authority.strip_prefix('[') {
        let (host, rest) = rest.split_once(']').ok_or(UrlError::Host)?;
        host.parse::<std::net::Ipv6Addr>().map_err(|_| UrlError::Host)?;
        (
            host,
            if rest.is_empty() {
                None
            } else {
                Some(rest.strip_prefix(':').ok_or(UrlError::Port)?)
            },
        )
    } else {
        match authority.split_once(':') {
            Some((host, port)) => (host, Some(port)),
            None => (authority, None),
        }
    };
    let name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    if host.is_empty() || !(authority.starts_with('[') || host.chars().all(name)) {
        return Err(UrlError::Host);
    }
    let port = match port {
        None => None,
        Some(digits) if digits.bytes().all(|b| b.is_ascii_digit()) => Some(
            digits
                .parse::<u16>()
                .ok()
                .filter(|&p| p != 0)
                .ok_or(UrlError::Port)?,
        ),
        Some(_) => return Err(UrlError::Port),
    };
    Ok((host.to_ascii_lowercase(), port))
}

#[cfg(test)]
mod tests;
