//! One mistake, before it is known which file it is in.

use std::fmt;

use serde::de;

use super::{Path, Position};
use crate::nearest::hint;

/// One mistake and where it is; the place is filled in by the innermost reader that knows it.
#[derive(Clone, Debug)]
pub(crate) struct Fault {
    pub(crate) at: Option<Position>,
    pub(crate) path: Path,
    pub(crate) kind: Kind,
}

/// What is wrong.
#[derive(Clone, Debug)]
pub(crate) enum Kind {
    /// A key that nothing reads.
    UnknownKey {
        key: String,
        known: &'static [&'static str],
    },
    /// A word that is none of those allowed.
    UnknownValue {
        found: String,
        known: &'static [&'static str],
    },
    /// A key that has to be there.
    MissingKey(&'static str),
    /// A value of the wrong kind.
    WrongType { found: String, expected: String },
    /// Anything else.
    Other(String),
}

impl Fault {
    pub(crate) fn new(at: Position, path: Path, message: impl Into<String>) -> Self {
        Self {
            at: Some(at),
            path,
            kind: Kind::Other(message.into()),
        }
    }

    /// Gives a fault without a place this one.
    pub(super) fn or_at(mut self, at: Position, path: &Path) -> Self {
        if self.at.is_none() {
            self.at = Some(at);
            self.path = path.clone();
        }
        self
    }

    /// Takes the value out of the message and puts what may be shown in its place.
    pub(super) fn hide(mut self, value: &str, shown: &str) -> Self {
        match &mut self.kind {
            Kind::UnknownValue { found, .. } | Kind::WrongType { found, .. } => shown.clone_into(found),
            Kind::Other(message) if !value.is_empty() && message.contains(value) => {
                *message = format!("the value of {shown} does not fit here");
            }
            _ => {}
        }
        self
    }

    fn bare(kind: Kind) -> Self {
        Self {
            at: None,
            path: Path::default(),
            kind,
        }
    }
}

impl de::Error for Fault {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::bare(Kind::Other(message.to_string()))
    }

    fn invalid_type(found: de::Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        let expected = match expected.to_string().as_str() {
            "usize" | "u64" | "u32" => "a whole number, not negative".to_owned(),
            "a boolean" => "true or false".to_owned(),
            "a string" => "a text".to_owned(),
            other => other.to_owned(),
        };
        Self::bare(Kind::WrongType {
            found: describe(found),
            expected,
        })
    }

    fn invalid_value(found: de::Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        Self::invalid_type(found, expected)
    }

    fn unknown_field(key: &str, known: &'static [&'static str]) -> Self {
        Self::bare(Kind::UnknownKey {
            key: key.to_owned(),
            known,
        })
    }

    fn unknown_variant(found: &str, known: &'static [&'static str]) -> Self {
        Self::bare(Kind::UnknownValue {
            found: format!("`{}`", short(found)),
            known,
        })
    }

    fn missing_field(key: &'static str) -> Self {
        Self::bare(Kind::MissingKey(key))
    }
}

impl std::error::Error for Fault {}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = if self.path.is_root() {
            String::new()
        } else {
            format!(" in `{}`", self.path)
        };
        match &self.kind {
            Kind::UnknownKey { key, known } => {
                write!(
                    f,
                    "unknown key `{}`{place}{}",
                    short(key),
                    hint(key, known, "keys")
                )
            }
            Kind::MissingKey(key) => write!(f, "missing key `{key}`{place}"),
            kind => {
                if !self.path.is_root() {
                    write!(f, "`{}`: ", self.path)?;
                }
                match kind {
                    Kind::UnknownValue { found, known } => {
                        let word = found.trim_matches('`');
                        write!(f, "unknown value {found}{}", hint(word, known, "values"))
                    }
                    Kind::WrongType { found, expected } => write!(f, "found {found}, expected {expected}"),
                    Kind::Other(message) => f.write_str(message),
                    Kind::UnknownKey { .. } | Kind::MissingKey(_) => Ok(()),
                }
            }
        }
    }
}

/// The words of YAML for what serde calls by the names of Rust.
fn describe(found: de::Unexpected<'_>) -> String {
    match found {
        de::Unexpected::Str(text) => format!("the text `{}`", short(text)),
        de::Unexpected::Unit | de::Unexpected::Option => "nothing".to_owned(),
        de::Unexpected::Seq => "a list".to_owned(),
        de::Unexpected::Map => "a mapping".to_owned(),
        de::Unexpected::Bool(value) => format!("`{value}`"),
        de::Unexpected::Signed(value) => format!("the number {value}"),
        de::Unexpected::Unsigned(value) => format!("the number {value}"),
        de::Unexpected::Float(value) => format!("the number {value}"),
        other => other.to_string(),
    }
}

/// The beginning of a text that may be of any length, without control characters.
fn short(text: &str) -> String {
    let clean: String = text
        .chars()
        .take(60)
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    if clean.len() < text.len() {
        format!("{clean}...")
    } else {
        clean
    }
}
