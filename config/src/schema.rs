//! The JSON Schema of the configuration file.

use serde_json::Value;

/// The JSON Schema of the configuration file, for editors and for `lockgate schema`.
pub fn schema() -> Value {
    schemars::schema_for!(crate::Config).to_value()
}

#[cfg(test)]
mod tests;
