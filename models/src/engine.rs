//! Choosing an engine, and saying which and why.

#[cfg(feature = "onnxruntime")]
mod onnxruntime;
#[cfg(feature = "rten")]
mod rten;

#[cfg(not(any(feature = "onnxruntime", feature = "rten")))]
compile_error!("lockgate-models needs an engine: turn on the feature `onnxruntime` or `rten`");

use crate::{EngineChoice, Manifest, ModelError, Scorer, Window, files::CheckedFile, locate::Places};
use std::{panic::AssertUnwindSafe, path::PathBuf};

/// An engine that works, and how to get more sessions of it.
pub(crate) struct Engine {
    pub(crate) name: &'static str,
    pub(crate) description: String,
    pub(crate) make: Make,
}

/// Makes a session: the model loaded and ready to run on the thread that owns it.
pub(crate) type Make = Box<dyn Fn() -> Result<Box<dyn Scorer>, ModelError> + Send + Sync>;

/// What the engines need to know of a model.
#[derive(Clone, Debug)]
pub(crate) struct Network {
    pub(crate) file: CheckedFile,
    pub(crate) inputs: [String; 2],
    pub(crate) output: String,
    pub(crate) labels: usize,
}

/// The engine that was asked for, or the first that works, with its first session.
pub(crate) fn choose(
    choice: EngineChoice,
    network: &Network,
    places: &Places,
    library: Option<&PathBuf>,
) -> Result<(Engine, Box<dyn Scorer>), ModelError> {
    let onnxruntime = || guarded("onnxruntime", || start_onnxruntime(network, places, library));
    let rten = || guarded("rten", || start_rten(network));
    match choice {
        EngineChoice::Onnxruntime => onnxruntime(),
        EngineChoice::Rten => rten(),
        EngineChoice::Auto => {
            let first = match onnxruntime() {
                Ok(engine) => return Ok(engine),
                // The model is at fault, so the other engine would fail as well and hide the cause.
                Err(error @ (ModelError::HashMismatch { .. } | ModelError::Size { .. })) => {
                    return Err(error);
                }
                Err(error) => error,
            };
            match rten() {
                Ok((mut engine, scorer)) => {
                    let why = match first {
                        ModelError::Missing { what, .. } => {
                            format!("{what} was not found (`make setup` gets it)")
                        }
                        error => format!("onnxruntime does not work: {error}"),
                    };
                    engine.description = format!("{}, because {why}", engine.description);
                    Ok((engine, scorer))
                }
                Err(second) => {
                    let message = format!("none works: {first}; {second}");
                    Err(ModelError::Engine {
                        engine: "engine",
                        message,
                    })
                }
            }
        }
    }
}

impl Network {
    pub(crate) fn new(manifest: &Manifest, file: CheckedFile) -> Result<Self, ModelError> {
        let [ids, mask] = manifest.inputs.as_slice() else {
            let message = "`inputs` must name two inputs".to_owned();
            return Err(ModelError::Manifest {
                path: file.path,
                message,
            });
        };
        let inputs = [ids.clone(), mask.clone()];
        Ok(Self {
            file,
            inputs,
            output: manifest.output.clone(),
            labels: manifest.labels.len(),
        })
    }

    /// Runs a session once, so that a model that does not fit its manifest is refused at load.
    fn try_out(&self, scorer: &mut dyn Scorer) -> Result<(), ModelError> {
        let rows = scorer.score(&[Window {
            ids: vec![1, 1, 1],
            span: 0..0,
        }])?;
        match rows.first() {
            Some(row) if rows.len() == 1 && row.len() == self.labels => Ok(()),
            _ => {
                let message = format!(
                    "the model does not answer {} logits, as its manifest says",
                    self.labels
                );
                Err(ModelError::Engine {
                    engine: scorer.name(),
                    message,
                })
            }
        }
    }
}

/// Engines assert here and there; a panic of theirs is a reason to take the other one.
fn guarded<T>(engine: &'static str, start: impl FnOnce() -> Result<T, ModelError>) -> Result<T, ModelError> {
    std::panic::catch_unwind(AssertUnwindSafe(start)).unwrap_or_else(|_| {
        let message = "panicked while it was started".to_owned();
        Err(ModelError::Engine { engine, message })
    })
}

#[cfg(feature = "onnxruntime")]
fn start_onnxruntime(
    network: &Network,
    places: &Places,
    library: Option<&PathBuf>,
) -> Result<(Engine, Box<dyn Scorer>), ModelError> {
    let engine = onnxruntime::engine(network, &places.library(library.map(PathBuf::as_path)))?;
    first_session(network, engine)
}

#[cfg(not(feature = "onnxruntime"))]
fn start_onnxruntime(
    _: &Network,
    _: &Places,
    _: Option<&PathBuf>,
) -> Result<(Engine, Box<dyn Scorer>), ModelError> {
    let message = "this build is without the feature `onnxruntime`".to_owned();
    Err(ModelError::Engine {
        engine: "onnxruntime",
        message,
    })
}

#[cfg(feature = "rten")]
fn start_rten(network: &Network) -> Result<(Engine, Box<dyn Scorer>), ModelError> {
    first_session(network, rten::engine(network)?)
}

#[cfg(not(feature = "rten"))]
fn start_rten(_: &Network) -> Result<(Engine, Box<dyn Scorer>), ModelError> {
    let message = "this build is without the feature `rten`".to_owned();
    Err(ModelError::Engine {
        engine: "rten",
        message,
    })
}

fn first_session(network: &Network, engine: Engine) -> Result<(Engine, Box<dyn Scorer>), ModelError> {
    let mut scorer = (engine.make)()?;
    network.try_out(&mut *scorer)?;
    Ok((engine, scorer))
}
