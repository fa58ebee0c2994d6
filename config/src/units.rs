//! Durations and byte sizes, written with their units.

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;
use std::str::FromStr;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A length of time, written `250ms`, `10s`, `2m` or `1h`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Duration(std::time::Duration);

/// A number of bytes, written `4MiB`, `64KiB`, `512B` or plainly `4096`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ByteSize(u64);

/// Why a text is not a duration or a byte size; the text itself is not repeated, as it may be a secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum UnitError {
    /// Occurs when there is no number in front of the unit.
    #[error("expected {0}")]
    Malformed(&'static str),
    /// Occurs when a duration is a bare number.
    #[error("a duration needs its unit: ms, s, m or h")]
    NoUnit,
    /// Occurs when the number does not fit.
    #[error("too large")]
    TooLarge,
}

/// What a duration looks like, for messages.
const DURATION: &str = "a duration such as 250ms, 10s, 2m or 1h";
/// What a byte size looks like, for messages.
const BYTE_SIZE: &str = "a byte size such as 4MiB, 64KiB, 512B or 4096";
/// Milliseconds per unit, largest first.
const TIME_UNITS: [(&str, u64); 4] = [("h", 3_600_000), ("m", 60_000), ("s", 1000), ("ms", 1)];
/// Bytes per unit, largest first.
const SIZE_UNITS: [(&str, u64); 4] = [("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10), ("B", 1)];

// === impl Duration ===

impl Duration {
    /// A number of seconds.
    pub const fn from_secs(seconds: u64) -> Self {
        Self(std::time::Duration::from_secs(seconds))
    }

    /// A number of milliseconds.
    pub const fn from_millis(milliseconds: u64) -> Self {
        Self(std::time::Duration::from_millis(milliseconds))
    }

    /// The same as the standard library's type.
    pub const fn get(self) -> std::time::Duration {
        self.0
    }
}

impl Deref for Duration {
    type Target = std::time::Duration;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl From<Duration> for std::time::Duration {
    fn from(value: Duration) -> Self {
        value.0
    }
}

impl FromStr for Duration {
    type Err = UnitError;

    fn from_str(text: &str) -> Result<Self, UnitError> {
        let (number, unit) = split(text, DURATION)?;
        if unit.is_empty() {
            return Err(UnitError::NoUnit);
        }
        scale(number, unit, &TIME_UNITS, DURATION).map(Self::from_millis)
    }
}

impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let milliseconds = u64::try_from(self.0.as_millis()).unwrap_or(u64::MAX);
        if milliseconds == 0 {
            return f.write_str("0s");
        }
        write_scaled(f, milliseconds, &TIME_UNITS)
    }
}

// === impl ByteSize ===

impl ByteSize {
    /// A number of bytes.
    pub const fn new(bytes: u64) -> Self {
        Self(bytes)
    }

    /// So many times 1024 bytes.
    pub const fn kib(n: u64) -> Self {
        Self(n << 10)
    }

    /// So many times 1024 KiB.
    pub const fn mib(n: u64) -> Self {
        Self(n << 20)
    }

    /// The number of bytes.
    pub const fn bytes(self) -> u64 {
        self.0
    }

    /// The number of bytes as this machine counts them; the largest there is where it does not fit.
    pub fn as_usize(self) -> usize {
        usize::try_from(self.0).unwrap_or(usize::MAX)
    }
}

impl FromStr for ByteSize {
    type Err = UnitError;

    fn from_str(text: &str) -> Result<Self, UnitError> {
        let (number, unit) = split(text, BYTE_SIZE)?;
        let unit = if unit.is_empty() { "B" } else { unit };
        scale(number, unit, &SIZE_UNITS, BYTE_SIZE).map(Self)
    }
}

impl fmt::Display for ByteSize {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 == 0 {
            return f.write_str("0B");
        }
        write_scaled(f, self.0, &SIZE_UNITS)
    }
}

// === both ===

/// Splits `10s` into its number and its unit.
fn split<'a>(text: &'a str, expected: &'static str) -> Result<(u64, &'a str), UnitError> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (digits, unit) = text.split_at(end);
    if digits.is_empty() {
        return Err(UnitError::Malformed(expected));
    }
    Ok((digits.parse().map_err(|_| UnitError::TooLarge)?, unit))
}

/// The number times its unit.
fn scale(number: u64, unit: &str, units: &[(&str, u64)], expected: &'static str) -> Result<u64, UnitError> {
    let (_, factor) = units
        .iter()
        .find(|(name, _)| *name == unit)
        .ok_or(UnitError::Malformed(expected))?;
    number.checked_mul(*factor).ok_or(UnitError::TooLarge)
}

/// Writes a number in the largest unit that divides it, so that nothing is lost.
fn write_scaled(f: &mut fmt::Formatter<'_>, number: u64, units: &[(&str, u64)]) -> fmt::Result {
    match units.iter().find(|(_, factor)| number.is_multiple_of(*factor)) {
        Some((unit, factor)) => write!(f, "{}{unit}", number / factor),
        None => write!(f, "{number}"),
    }
}

macro_rules! as_text {
    ($type:ident, $expected:expr, $pattern:literal, $description:literal, $example:literal) => {
        impl fmt::Debug for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }

        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl JsonSchema for $type {
            fn schema_name() -> Cow<'static, str> {
                stringify!($type).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({
                    "type": $type::JSON_TYPES,
                    "pattern": $pattern,
                    "description": $description,
                    "examples": [$example],
                })
            }
        }
    };
}

as_text!(
    Duration,
    DURATION,
    "^[0-9]+(ms|s|m|h)$",
    "A length of time with its unit.",
    "10s"
);
as_text!(
    ByteSize,
    BYTE_SIZE,
    "^[0-9]+(B|KiB|MiB|GiB)?$",
    "A number of bytes.",
    "4MiB"
);

impl Duration {
    const JSON_TYPES: &'static [&'static str] = &["string"];
}

impl ByteSize {
    const JSON_TYPES: &'static [&'static str] = &["string", "integer"];
}

impl<'de> Deserialize<'de> for Duration {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl de::Visitor<'_> for Visitor {
            type Value = Duration;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(DURATION)
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Duration, E> {
                text.parse().map_err(E::custom)
            }

            fn visit_u64<E: de::Error>(self, _: u64) -> Result<Duration, E> {
                Err(E::custom(UnitError::NoUnit))
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

impl<'de> Deserialize<'de> for ByteSize {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl de::Visitor<'_> for Visitor {
            type Value = ByteSize;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(BYTE_SIZE)
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<ByteSize, E> {
                text.parse().map_err(E::custom)
            }

            fn visit_u64<E: de::Error>(self, bytes: u64) -> Result<ByteSize, E> {
                Ok(ByteSize(bytes))
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

#[cfg(test)]
mod tests;
