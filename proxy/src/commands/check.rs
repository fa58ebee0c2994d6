//! `lockgate check`

use std::path::Path;

use super::say;

/// Says what a configuration means, or what is wrong with it.
pub(super) fn run(path: &Path) -> anyhow::Result<()> {
    let config = lockgate_config::load(path)?;
    say(&lockgate_config::explain(&config));
    Ok(())
}
