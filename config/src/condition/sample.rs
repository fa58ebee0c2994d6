//! One evaluation at load, on an exchange that could be: types that do not fit are found before the first real one.

use cel::{Context, Program, Value};
use serde::Serialize;
use serde_json::json;

use super::facts::Facts;
use super::{ConditionError, EvalError};

/// Refuses a program that fails for its types on any exchange.
pub(super) fn check(program: &Program) -> Result<(), ConditionError> {
    let facts = facts().map_err(|error| ConditionError::new(error.to_string(), None))?;
    let context: &Context<'_, '_> = facts.context();
    match program.execute(context).map_err(EvalError::from) {
        Ok(Value::Bool(_)) => Ok(()),
        Ok(other) => {
            let kind = match other.type_of().to_string().as_str() {
                "float" => "double".to_owned(),
                kind => kind.to_owned(),
            };
            Err(ConditionError::new(
                format!("a condition is true or false, this one gives a {kind}"),
                None,
            ))
        }
        Err(error @ (EvalError::Type(_) | EvalError::NotBool)) => {
            Err(ConditionError::new(error.to_string(), None))
        }
        // A key that is not there, a division by zero: that depends on the exchange.
        Err(_) => Ok(()),
    }
}

/// An exchange in which every variable has the type that it will have.
fn facts() -> Result<Facts, EvalError> {
    let mut facts = Facts::new();
    facts.set("injection", 0.5_f64)?;
    facts.set("toxic", 0.5_f64)?;
    facts.set("pii", ["EMAIL_ADDRESS"])?;
    facts.set("signatures", ["sample"])?;
    facts.set(
        "request",
        Json(json!({"method": "POST", "host": "localhost", "path": "/", "headers": {"host": "localhost"}})),
    )?;
    facts.set("route", "sample")?;
    facts.set("endpoint", Json(json!({"label": "llm", "pattern": "/"})))?;
    facts.set("body", Json(json!({"bytes": 1, "error": ""})))?;
    facts.set(
        "prompt",
        Json(json!({"protocol": "openai_chat", "model": "sample", "stream": false, "segments": 1, "roles": ["user"]})),
    )?;
    Ok(facts)
}

/// JSON whose whole numbers are CEL's `int`, as the numbers of the real facts are.
struct Json(serde_json::Value);

impl Serialize for Json {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}
