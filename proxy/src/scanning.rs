//! From the configuration to a scanner.

use lockgate_config::{Engine, Model};
use lockgate_detectors::{LoadError, PiiOptions, Scanner, ScannerOptions};
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
    let options = ScannerOptions {
        pii: pii_options(&config.pii),
        ..ScannerOptions::default()
    };
    Ok((Scanner::new(options, guard)?, engine))
}

fn pii_options(pii: &lockgate_config::Pii) -> PiiOptions {
    PiiOptions {
        categories: pii.categories.clone(),
        allow: pii.allow.clone(),
    }
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use lockgate_detectors::{Pii, pii_categories};

    use super::*;

    /// The configuration knows nothing of the detectors, so it has a list of its own.
    #[test]
    fn the_configuration_knows_the_categories_of_the_detectors() {
        let found: BTreeSet<_> = pii_categories().iter().map(|category| category.name).collect();
        assert_eq!(BTreeSet::from(lockgate_config::PII_CATEGORIES), found);
        let left_out: BTreeSet<_> = pii_categories()
            .iter()
            .filter(|category| !category.default)
            .map(|category| category.name)
            .collect();
        assert_eq!(BTreeSet::from(lockgate_config::NOISY_CATEGORIES), left_out);
    }

    #[test]
    fn what_the_configuration_allows_the_detectors_take() {
        for entry in [
            "4111 1111 1111 1111",
            "*.example.com",
            "jane@example.org",
            "10.0.0.0/8",
            "*",
            "",
            "a*b",
            "*.*.com",
            "--",
            "*.-",
        ] {
            let text = format!(
                "upstreams: {{ a: {{ url: 'http://127.0.0.1:1' }} }}\nroutes: [{{ name: a, upstream: a }}]\nscanner: {{ pii: {{ allow: ['{entry}'] }} }}\n"
            );
            let config = lockgate_config::parse(&text, "a.yaml", &|_| None);
            let options = PiiOptions {
                categories: None,
                allow: vec![entry.to_owned()],
            };
            assert_eq!(config.is_ok(), Pii::with(&options).is_ok(), "{entry}: {config:?}");
        }
    }
}
