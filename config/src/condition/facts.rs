//! What conditions are evaluated on.

use std::fmt;
use std::sync::Arc;

use cel::{Context, Value};
use serde::Serialize;

use super::EvalError;
use super::functions::STANDARD;

/// What is known of one exchange: the variables that its rules read.
///
/// Built once for an exchange and read by every rule without another copy; setting a name again replaces its value.
pub struct Facts {
    context: Context<'static, 'static>,
}

impl Facts {
    /// Nothing known yet.
    pub fn new() -> Self {
        Self {
            context: Context::with_env(Arc::clone(&STANDARD)),
        }
    }

    /// Sets a variable to anything that serialises.
    pub fn set(&mut self, name: &str, value: impl Serialize) -> Result<(), EvalError> {
        let value = cel::to_value(value).map_err(|_| EvalError::NotReadable(name.to_owned()))?;
        if !plain(&value) {
            return Err(EvalError::NotReadable(name.to_owned()));
        }
        self.context.add_variable_from_value(name, value);
        Ok(())
    }

    pub(super) fn context(&self) -> &Context<'static, 'static> {
        &self.context
    }
}

/// Whether a value is made of data alone: the evaluator panics when it is given anything else as a variable.
fn plain(value: &Value) -> bool {
    match value {
        Value::Null
        | Value::Bool(_)
        | Value::Int(_)
        | Value::UInt(_)
        | Value::Float(_)
        | Value::String(_)
        | Value::Bytes(_) => true,
        Value::List(items) => items.iter().all(plain),
        Value::Map(map) => map.map.values().all(plain),
        _ => false,
    }
}

impl Default for Facts {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for Facts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The values may be a prompt's or a caller's: they are not shown.
        f.debug_struct("Facts").finish_non_exhaustive()
    }
}
