//! Conditions of rules: CEL expressions over what is known of an exchange.
//!
//! Everything is bounded: the length and the depth of an expression, and how its loops may nest; what can be known
//! to be wrong is an error at load, not at the first exchange.

mod compile;
mod error;
mod facts;
mod functions;
mod inspect;
mod sample;
mod variables;

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::str::FromStr;
use std::sync::{Arc, LazyLock};

use cel::Value;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::yaml::VERBATIM;

pub use error::{ConditionError, EvalError};
pub use facts::Facts;

/// A compiled CEL expression that is true or false of an exchange.
///
/// ```
/// use lockgate_config::{Condition, Facts};
///
/// let condition = Condition::parse("injection >= 0.9 && route == \"chat\"")?;
/// let mut facts = Facts::new();
/// facts.set("injection", 0.97)?;
/// facts.set("route", "chat")?;
/// assert!(condition.eval(&facts)?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Condition {
    compiled: Arc<Compiled>,
}

struct Compiled {
    source: String,
    /// Absent for `true`, which needs no evaluation.
    program: Option<cel::Program>,
    references: BTreeSet<String>,
}

/// What a rule without `when` has.
static ALWAYS: LazyLock<Condition> = LazyLock::new(|| Condition {
    compiled: Arc::new(Compiled {
        source: "true".to_owned(),
        program: None,
        references: BTreeSet::new(),
    }),
});

impl Condition {
    /// Compiles an expression, and refuses what could not be evaluated on any exchange:
    /// unknown variables, members and functions, and types that do not fit.
    pub fn parse(source: &str) -> Result<Self, ConditionError> {
        if source.trim() == "true" {
            return Ok(ALWAYS.clone());
        }
        let (program, references) = compile::compile(source)?;
        let compiled = Compiled {
            source: source.to_owned(),
            program: Some(program),
            references,
        };
        Ok(Self {
            compiled: Arc::new(compiled),
        })
    }

    /// The expression as written.
    pub fn source(&self) -> &str {
        &self.compiled.source
    }

    /// The top-level variables that the expression reads; what is not read need not be found out.
    pub fn references(&self) -> &BTreeSet<String> {
        &self.compiled.references
    }

    /// Whether the expression reads this top-level variable.
    pub fn reads(&self, variable: &str) -> bool {
        self.compiled.references.contains(variable)
    }

    /// Whether it is `true`, which holds of every exchange.
    pub fn is_always(&self) -> bool {
        self.compiled.program.is_none()
    }

    /// Whether the condition holds.
    ///
    /// A missing key or a value of another type is an error, not `false`: the caller decides what it means.
    pub fn eval(&self, facts: &Facts) -> Result<bool, EvalError> {
        let Some(program) = &self.compiled.program else {
            return Ok(true);
        };
        // A fault in the evaluator must not end more than this evaluation; it changes nothing outside.
        match catch_unwind(AssertUnwindSafe(|| program.execute(facts.context()))) {
            Ok(Ok(Value::Bool(holds))) => Ok(holds),
            Ok(Ok(_)) => Err(EvalError::NotBool),
            Ok(Err(error)) => Err(EvalError::from(error)),
            Err(_) => Err(EvalError::Broken),
        }
    }
}

impl FromStr for Condition {
    type Err = ConditionError;

    fn from_str(text: &str) -> Result<Self, ConditionError> {
        Self::parse(text)
    }
}

impl Default for Condition {
    fn default() -> Self {
        ALWAYS.clone()
    }
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.source())
    }
}

impl fmt::Debug for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Condition").field(&self.source()).finish()
    }
}

impl PartialEq for Condition {
    fn eq(&self, other: &Self) -> bool {
        self.source() == other.source()
    }
}

impl Serialize for Condition {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.source())
    }
}

impl<'de> Deserialize<'de> for Condition {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> de::Visitor<'de> for Visitor {
            type Value = Condition;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a CEL expression such as `injection >= 0.9`")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Condition, E> {
                Condition::parse(text).map_err(E::custom)
            }

            fn visit_bool<E: de::Error>(self, always: bool) -> Result<Condition, E> {
                self.visit_str(if always { "true" } else { "false" })
            }

            fn visit_newtype_struct<D: Deserializer<'de>>(self, inner: D) -> Result<Condition, D::Error> {
                inner.deserialize_any(self)
            }
        }
        deserializer.deserialize_newtype_struct(VERBATIM, Visitor)
    }
}

impl JsonSchema for Condition {
    fn schema_name() -> Cow<'static, str> {
        "Condition".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": ["string", "boolean"],
            "maxLength": compile::LONGEST,
            "description": variables::describe(),
            "examples": ["injection >= 0.9", "body.error != \"\""],
        })
    }
}

#[cfg(test)]
mod tests;
