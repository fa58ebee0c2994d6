//! What a rule with `action: rate_limit` allows.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, de};

use crate::Duration;
use crate::nearest::hint;
use crate::text::string_type;

/// What a rule with `action: rate_limit` allows.
///
/// A token bucket: it holds `burst` requests, each takes one, and `requests` of them come back evenly spread over
/// `per`.
///
/// ```
/// let file = "
/// upstreams: { demo: { url: 'http://127.0.0.1:8081' } }
/// routes: [{ name: demo, upstream: demo }]
/// rules: { default: { list: [{ name: all, action: rate_limit, limit: { requests: 60, per: 1m } }] } }
/// ";
/// let config = lockgate_config::parse(file, "lockgate.yaml", &|_| None)?;
/// let limit = config.rules["default"].list[0].limit.as_ref().unwrap();
/// assert_eq!((limit.burst(), limit.to_string().as_str()), (60, "60 requests per 1m"));
/// # Ok::<(), lockgate_config::ConfigError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RateLimit {
    /// How many requests pass in the time of `per`, in the long run.
    pub requests: u64,
    /// The time in which so many requests pass.
    pub per: Duration,
    /// How many requests may come at once; as many as `requests` when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub burst: Option<u64>,
    /// Who is counted apart; with several parts, each combination of them.
    #[serde(default)]
    pub by: LimitKey,
}

/// Who is counted apart from whom: one [`LimitPart`] or a list of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct LimitKey(pub Vec<LimitPart>);

/// What requests are told apart by.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum LimitPart {
    /// The address that the connection comes from; of IPv6 its first 64 bits, which is what one customer gets.
    ClientIp,
    /// The values of a header field, lower-case; requests without it are counted together.
    Header(String),
    /// The name of the route.
    Route,
}

/// Why a text does not say what requests are told apart by.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LimitPartError {
    /// Occurs when the text is none of the words there are.
    #[error("unknown value `{found}`{hint}")]
    Unknown {
        /// What was written.
        found: String,
        /// What was probably meant.
        hint: String,
    },
    /// Occurs when what follows `header:` cannot be the name of a header field.
    #[error("`header:` is followed by the name of a header, such as `header:x-api-key`")]
    Header,
}

// === impl RateLimit ===

impl RateLimit {
    /// How many requests may come at once.
    pub fn burst(&self) -> u64 {
        self.burst.unwrap_or(self.requests)
    }
}

impl fmt::Display for RateLimit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let s = if self.requests == 1 { "" } else { "s" };
        write!(f, "{} request{s} per {}", self.requests, self.per)?;
        match self.burst {
            Some(burst) if burst != self.requests => write!(f, " (at most {burst} at once)"),
            _ => Ok(()),
        }
    }
}

// === impl LimitKey ===

impl Default for LimitKey {
    fn default() -> Self {
        Self(vec![LimitPart::ClientIp])
    }
}

/// As in `for this client and this route`.
impl fmt::Display for LimitKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (n, part) in self.0.iter().enumerate() {
            f.write_str(if n == 0 { "this " } else { " and this " })?;
            match part {
                LimitPart::ClientIp => f.write_str("client"),
                LimitPart::Header(name) => write!(f, "{name}"),
                LimitPart::Route => f.write_str("route"),
            }?;
        }
        Ok(())
    }
}

impl<'de> Deserialize<'de> for LimitKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> de::Visitor<'de> for Visitor {
            type Value = LimitKey;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("client_ip, route, header:<name>, or a list of them")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<LimitKey, E> {
                let part = text.parse().map_err(E::custom)?;
                Ok(LimitKey(vec![part]))
            }

            fn visit_seq<A: de::SeqAccess<'de>>(self, mut items: A) -> Result<LimitKey, A::Error> {
                let mut parts = Vec::new();
                while let Some(part) = items.next_element()? {
                    parts.push(part);
                }
                Ok(LimitKey(parts))
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

impl JsonSchema for LimitKey {
    fn schema_name() -> Cow<'static, str> {
        "LimitKey".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let part = generator.subschema_for::<LimitPart>();
        json_schema!({
            "description": "Who is counted apart: one part or a list of them.",
            "anyOf": [part, { "type": "array", "minItems": 1, "items": part }],
        })
    }
}

// === impl LimitPart ===

impl FromStr for LimitPart {
    type Err = LimitPartError;

    fn from_str(text: &str) -> Result<Self, LimitPartError> {
        let token = |b: u8| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&b);
        match (text, text.strip_prefix("header:")) {
            ("client_ip", _) => Ok(Self::ClientIp),
            ("route", _) => Ok(Self::Route),
            (_, Some(name)) if !name.is_empty() && name.bytes().all(token) => {
                Ok(Self::Header(name.to_ascii_lowercase()))
            }
            (_, Some(_)) => Err(LimitPartError::Header),
            _ => Err(LimitPartError::Unknown {
                found: text.chars().take(60).collect(),
                hint: hint(text, &["client_ip", "header:<name>", "route"], "values"),
            }),
        }
    }
}

impl fmt::Display for LimitPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ClientIp => f.write_str("client_ip"),
            Self::Header(name) => write!(f, "header:{name}"),
            Self::Route => f.write_str("route"),
        }
    }
}

string_type!(
    LimitPart,
    "client_ip, route, or header:<name>",
    "^(client_ip|route|header:[!#$%&'*+.^_`|~0-9A-Za-z-]+)$"
);
