//! `lockgate schema`

use super::say;

/// Prints the JSON Schema of the configuration file.
pub(super) fn run() -> anyhow::Result<()> {
    say(&serde_json::to_string_pretty(&lockgate_config::schema())?);
    Ok(())
}
