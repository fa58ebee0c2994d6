//! ONNX Runtime through `ort`: the faster engine, where its library is there.
//!
//! The library is opened at run time. `ort` panics when it is used before that has succeeded, so every path
//! to it leads through [`environment`].

use super::{Engine, Network};
use crate::{ModelError, Scorer, Window, locate::Library};
use ort::{
    environment::Environment,
    ep,
    logging::LogLevel,
    session::{Session, builder::GraphOptimizationLevel},
    value::TensorRef,
};
use std::{
    fmt::Display,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

const NAME: &str = "onnxruntime";

const HOW_TO_GET_IT: &str = "run `make setup` in the source tree, or point ORT_DYLIB_PATH or scanner.model.library \
     to the library of ONNX Runtime 1.24 or later, or set scanner.model.engine to `auto` or `rten`";

/// The one library and the one environment that a process can have; `ort` allows no second.
static LOADED: Mutex<Option<(PathBuf, Environment)>> = Mutex::new(None);

struct OnnxRuntime {
    session: Session,
    network: Network,
}

/// The engine, with the library loaded.
pub(super) fn engine(network: &Network, library: &Library) -> Result<Engine, ModelError> {
    let (path, environment) = environment(library)?;
    let network = network.clone();
    Ok(Engine {
        name: NAME,
        description: format!("{NAME} ({})", path.display()),
        make: Box::new(move || {
            let session = session(&environment, &network.file.read()?)?;
            Ok(Box::new(OnnxRuntime {
                session,
                network: network.clone(),
            }))
        }),
    })
}

impl Scorer for OnnxRuntime {
    fn score(&mut self, batch: &[Window]) -> Result<Vec<Vec<f32>>, ModelError> {
        batch.iter().map(|window| self.run(window)).collect()
    }

    fn name(&self) -> &'static str {
        NAME
    }
}

impl OnnxRuntime {
    fn run(&mut self, window: &Window) -> Result<Vec<f32>, ModelError> {
        let shape = [1, window.ids.len()];
        let mask = vec![1_i64; window.ids.len()];
        let ids = TensorRef::from_array_view((shape, window.ids.as_slice())).map_err(failed)?;
        let mask = TensorRef::from_array_view((shape, mask.as_slice())).map_err(failed)?;
        let [ids_name, mask_name] = &self.network.inputs;
        let inputs = ort::inputs![ids_name.as_str() => ids, mask_name.as_str() => mask];
        let outputs = self.session.run(inputs).map_err(failed)?;
        let output = outputs
            .get(self.network.output.as_str())
            .ok_or_else(|| failed(format!("the model has no output `{}`", self.network.output)))?;
        let (_, logits) = output.try_extract_tensor::<f32>().map_err(failed)?;
        Ok(logits.to_vec())
    }
}

/// Loads the library, or hands out the one that is loaded.
fn environment(library: &Library) -> Result<(PathBuf, Environment), ModelError> {
    let mut loaded = LOADED.lock().unwrap_or_else(PoisonError::into_inner);
    let candidates = match library {
        Library::Named(path, by) => {
            if path.components().count() > 1 && !path.is_file() {
                return Err(missing(format!(
                    "the ONNX Runtime library {} (named by {by})",
                    path.display()
                )));
            }
            std::slice::from_ref(path)
        }
        Library::Found(paths) => paths.as_slice(),
    };
    if let Some((path, environment)) = loaded.as_ref() {
        if matches!(library, Library::Named(named, _) if !is_same(named, path)) {
            let message = format!(
                "this process has already loaded {}, and can have only one",
                path.display()
            );
            return Err(failed(message));
        }
        return Ok((path.clone(), environment.clone()));
    }
    let mut reasons = Vec::new();
    for path in candidates {
        match load(path) {
            Ok(environment) => {
                *loaded = Some((path.clone(), environment.clone()));
                return Ok((path.clone(), environment));
            }
            Err(reason) => reasons.push(reason),
        }
    }
    let reasons = reasons.join("; ");
    Err(missing(format!("a usable ONNX Runtime library ({reasons})")))
}

fn load(path: &Path) -> Result<Environment, String> {
    let environment = ort::init_from(path)
        .map_err(|error| error.to_string())?
        .with_name("lockgate")
        .with_telemetry(false)
        .with_logger(Arc::new(log))
        .build()
        .map_err(|error| error.to_string())?;
    environment.set_log_level(LogLevel::Warning);
    Ok(environment)
}

fn session(environment: &Environment, model: &[u8]) -> Result<Session, ModelError> {
    Session::builder(environment)
        .map_err(failed)?
        .with_optimization_level(GraphOptimizationLevel::Level3)
        .map_err(failed)?
        // The guard's own threads are the parallelism; a pool below them would fight for the same cores.
        .with_intra_threads(1)
        .map_err(failed)?
        .with_inter_threads(1)
        .map_err(failed)?
        .with_intra_op_spinning(false)
        .map_err(failed)?
        .with_inter_op_spinning(false)
        .map_err(failed)?
        // Patterns are kept per input shape, and windows come in every length.
        .with_memory_pattern(false)
        .map_err(failed)?
        .with_execution_providers([ep::CPU::default().with_arena_allocator(true).build()])
        .map_err(failed)?
        .commit_from_memory(model)
        .map_err(failed)
}

fn log(level: LogLevel, category: &str, _id: &str, place: &str, message: &str) {
    match level {
        LogLevel::Verbose | LogLevel::Info => tracing::trace!(category, place, "onnxruntime: {message}"),
        LogLevel::Warning => tracing::debug!(category, place, "onnxruntime: {message}"),
        LogLevel::Error | LogLevel::Fatal => tracing::error!(category, place, "onnxruntime: {message}"),
    }
}

fn is_same(a: &Path, b: &Path) -> bool {
    a == b || matches!((a.canonicalize(), b.canonicalize()), (Ok(a), Ok(b)) if a == b)
}

fn missing(what: String) -> ModelError {
    ModelError::Missing {
        what,
        what_to_do: HOW_TO_GET_IT.to_owned(),
    }
}

fn failed(error: impl Display) -> ModelError {
    ModelError::Engine {
        engine: NAME,
        message: error.to_string(),
    }
}
