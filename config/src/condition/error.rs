//! What is wrong with a condition.

use cel::ExecutionError;

/// Why a text is not a condition.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct ConditionError {
    pub(super) message: String,
    pub(super) position: Option<(usize, usize)>,
}

/// Why a condition could not be evaluated; it names types and keys, never a value of the exchange.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EvalError {
    /// Occurs when a map has no such key; `"key" in map` asks without failing.
    #[error("there is no key `{0}`")]
    NoSuchKey(String),
    /// Occurs when a variable has not been set.
    #[error("`{0}` is not set")]
    NotSet(String),
    /// Occurs when an operator or function is applied to types that it does not take.
    #[error("the types do not fit: {0}")]
    Type(String),
    /// Occurs when the expression is neither true nor false.
    #[error("the expression is neither true nor false")]
    NotBool,
    /// Occurs when a calculation has no result: a division by zero, an overflow, an index out of bounds.
    #[error("the calculation has no result")]
    NoResult,
    /// Occurs when a value cannot be turned into one that conditions read.
    #[error("a value of `{0}` cannot be read by conditions")]
    NotReadable(String),
    /// Occurs when the evaluator itself fails.
    #[error("the evaluator failed")]
    Broken,
}

impl ConditionError {
    pub(super) fn new(message: impl Into<String>, position: Option<(usize, usize)>) -> Self {
        Self {
            message: message.into(),
            position,
        }
    }

    /// Line and column within the expression, from 1, where they are known.
    pub fn position(&self) -> Option<(usize, usize)> {
        self.position
    }
}

impl From<ExecutionError> for EvalError {
    fn from(error: ExecutionError) -> Self {
        // The texts of the evaluator hold values, which may be a prompt's: only types and names are taken over.
        match error {
            ExecutionError::NoSuchKey(key) => Self::NoSuchKey(key.chars().take(64).collect()),
            ExecutionError::UndeclaredReference(name) => Self::NotSet(name.chars().take(64).collect()),
            ExecutionError::NoSuchOverload(overload) => Self::Type(format!(
                "`{}` does not take ({})",
                overload.function().trim_matches(['_', '@']),
                overload.argument_types().join(", ")
            )),
            ExecutionError::UnexpectedType { got, want } => {
                Self::Type(format!("found {got}, expected {want}"))
            }
            ExecutionError::InvalidArgumentCount { expected, actual } => {
                Self::Type(format!("found {actual} arguments, expected {expected}"))
            }
            ExecutionError::UnsupportedTargetType { .. }
            | ExecutionError::NotSupportedAsMethod { .. }
            | ExecutionError::UnsupportedKeyType(_)
            | ExecutionError::ValuesNotComparable(..)
            | ExecutionError::UnsupportedBinaryOperator(..)
            | ExecutionError::UnsupportedIndex(..)
            | ExecutionError::MissingArgumentOrTarget => {
                Self::Type("an operator does not take these types".to_owned())
            }
            _ => Self::NoResult,
        }
    }
}
