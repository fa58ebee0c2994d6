//! From the configuration to a scanner.

use lockgate_config::{Engine, Model};
use lockgate_detectors::{LoadError, Scanner, ScannerOptions};
use lockgate_models::{EngineChoice, Guard, GuardOptions, ModelError};

/// Why there is no scanner.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ScanningError {
    #[error("the guard model cannot be loaded")]
    Model(#[from] ModelError),
    #[error("the detectors cannot be loaded")]
    Detectors(#[from] LoadError),
}

/// The scanner, and in words what scores prompts.
pub(crate) fn start(config: &lockgate_config::Scanner) -> Result<(Scanner, String), ScanningError> {
    let guard = match config.model.enabled {
        true => Some(Guard::load(&guard_options(&config.model))?),
        false => None,
    };
    let engine = guard.as_ref().map_or_else(
        || "no model (scanner.model.enabled is false): patterns and checksums only".to_owned(),
        |guard| guard.engine_description().to_owned(),
    );
    Ok((Scanner::new(ScannerOptions::default(), guard)?, engine))
}

fn guard_options(model: &Model) -> GuardOptions {
    GuardOptions {
        dir: model.directory.clone(),
        engine: match model.engine {
            Engine::Auto => EngineChoice::Auto,
            Engine::Onnxruntime => EngineChoice::Onnxruntime,
            Engine::Rten => EngineChoice::Rten,
        },
        library: model.library.clone(),
        threads: model.threads.max(1),
        queue: model.queue,
        max_windows: model.windows,
        ..GuardOptions::default()
    }
}
