//! What a route matches on.

use std::fmt;
use std::str::FromStr;

use crate::text::string_type;

/// A host, all hosts below a domain (`*.example.com`), or any host (`*`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub enum HostPattern {
    /// Any host.
    #[default]
    Any,
    /// Every host below this domain, not the domain itself; lower-case.
    Below(String),
    /// This host only; lower-case.
    Exact(String),
}

/// A path prefix that is matched by whole segments.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PathPrefix(String);

/// Why a text does not say which hosts or paths a route takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PatternError {
    /// Occurs when a host pattern is empty, has a port, or a `*` that is not its first label.
    #[error("a host is a name such as `api.example.com` (no port), `*.example.com`, or `*`")]
    Host,
    /// Occurs when a path prefix does not begin with `/` or has a query.
    #[error("a path prefix begins with `/` and has no `//`, no `*`, no query and no spaces")]
    Path,
}

// === impl HostPattern ===

impl HostPattern {
    /// Whether a request for this host fits; a port at its end and the case of its letters do not matter.
    pub fn matches(&self, host: &str) -> bool {
        let host = without_port(host);
        match self {
            Self::Any => true,
            Self::Exact(name) => name.eq_ignore_ascii_case(host),
            Self::Below(domain) => host
                .len()
                .checked_sub(domain.len())
                .filter(|&dot| dot >= 2)
                .and_then(|dot| host.get(dot - 1..))
                .and_then(|tail| tail.strip_prefix('.'))
                .is_some_and(|tail| tail.eq_ignore_ascii_case(domain)),
        }
    }

    /// Whether every host that `other` takes is taken by this one too.
    pub(crate) fn covers(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Any, _) => true,
            (_, Self::Any) => false,
            (_, Self::Exact(name)) => self.matches(name),
            (Self::Below(wide), Self::Below(narrow)) => {
                wide == narrow || narrow.ends_with(&format!(".{wide}"))
            }
            (Self::Exact(_), Self::Below(_)) => false,
        }
    }
}

impl fmt::Display for HostPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Any => f.write_str("*"),
            Self::Below(domain) => write!(f, "*.{domain}"),
            Self::Exact(name) => f.write_str(name),
        }
    }
}

impl FromStr for HostPattern {
    type Err = PatternError;

    fn from_str(text: &str) -> Result<Self, PatternError> {
        if text == "*" {
            return Ok(Self::Any);
        }
        let (below, name) = match text.strip_prefix("*.") {
            Some(name) => (true, name),
            None => (false, text),
        };
        let address = !below && name.starts_with('[') && name.ends_with(']');
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
        let name_ok = !name.is_empty() && !name.starts_with('.') && name.chars().all(plain);
        if !name_ok && !address {
            return Err(PatternError::Host);
        }
        let name = name.to_ascii_lowercase();
        Ok(if below {
            Self::Below(name)
        } else {
            Self::Exact(name)
        })
    }
}

string_type!(
    HostPattern,
    "a host name, `*.example.com`, or `*`",
    "^(\\*|(\\*\\.)?[A-Za-z0-9_][A-Za-z0-9._-]*|\\[[0-9A-Fa-f:.]+\\])$"
);

// === impl PathPrefix ===

impl PathPrefix {
    /// Whether this path fits: it is the prefix, or goes on after it with `/`.
    pub fn matches(&self, path: &str) -> bool {
        self.0 == "/"
            || path
                .strip_prefix(&self.0)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    /// The prefix, without a `/` at its end unless it is all of it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether every path that `other` takes is taken by this one too.
    pub(crate) fn covers(&self, other: &Self) -> bool {
        self.matches(&other.0)
    }
}

impl Default for PathPrefix {
    fn default() -> Self {
        Self("/".to_owned())
    }
}

impl fmt::Display for PathPrefix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for PathPrefix {
    type Err = PatternError;

    fn from_str(text: &str) -> Result<Self, PatternError> {
        let plain = |c: char| c.is_ascii_graphic() && !matches!(c, '?' | '#' | '*');
        if !text.starts_with('/') || text.contains("//") || !text.chars().all(plain) {
            return Err(PatternError::Path);
        }
        let prefix = text
            .strip_suffix('/')
            .filter(|rest| !rest.is_empty())
            .unwrap_or(text);
        Ok(Self(prefix.to_owned()))
    }
}

string_type!(PathPrefix, "a path prefix such as `/` or `/v1`", "^/[^?#* ]*$");

/// `example.com:8080` without `:8080`, `[::1]:8080` without it too.
fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) && !name.ends_with(':') => {
            if name.contains(':') && !name.ends_with(']') {
                host
            } else {
                name
            }
        }
        _ => host,
    }
}

#[cfg(test)]
mod tests;
