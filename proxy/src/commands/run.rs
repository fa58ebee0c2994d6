//! `lockgate run`

use std::path::Path;

use super::{start_log, tell};
use crate::server;

/// Serves until the process is told to stop.
pub(super) fn run(path: &Path) -> anyhow::Result<()> {
    let config = lockgate_config::load(path)?;
    start_log(config.logging.level.as_str());
    let assembled = server::assemble(&config, None)?;
    for listen in &config.listen {
        let tls = if listen.tls.is_some() { "https" } else { "http" };
        tell(&format!("lockgate: listening on {tls}://{}", listen.address));
    }
    tell(&format!("lockgate: admin on http://{}", config.admin.address));
    tell(&format!("lockgate: scoring with {}", assembled.engine));
    for warning in config.warnings() {
        tell(&format!("lockgate: warning: {warning}"));
    }
    assembled.run();
    Ok(())
}
