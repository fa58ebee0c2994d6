//! rten: pure Rust, no library to find, so that a plain `cargo run` always scores.

use super::{Engine, Network};
use crate::{ModelError, Scorer, Window};
use rten::{Model, ModelOptions, NodeId, RunOptions, ThreadPool, ValueView};
use std::{fmt::Display, sync::Arc};

const NAME: &str = "rten";

struct Rten {
    /// Shared by all sessions: a run does not change it.
    model: Arc<Model>,
    inputs: [NodeId; 2],
    output: NodeId,
    /// One thread: the guard's own threads are the parallelism.
    options: RunOptions,
}

/// The engine, with the model loaded.
pub(super) fn engine(network: &Network) -> Result<Engine, ModelError> {
    let bytes = network.file.read()?;
    let model = ModelOptions::with_all_ops()
        .prepack_weights(true)
        .load(bytes)
        .map_err(failed)?;
    let [ids, mask] = &network.inputs;
    let inputs = [
        model.node_id(ids).map_err(failed)?,
        model.node_id(mask).map_err(failed)?,
    ];
    let output = model.node_id(&network.output).map_err(failed)?;
    let model = Arc::new(model);
    Ok(Engine {
        name: NAME,
        description: NAME.to_owned(),
        make: Box::new(move || {
            let pool = Arc::new(ThreadPool::with_num_threads(1));
            let options = RunOptions::default().with_thread_pool(Some(pool));
            Ok(Box::new(Rten {
                model: Arc::clone(&model),
                inputs,
                output,
                options,
            }))
        }),
    })
}

impl Scorer for Rten {
    fn score(&mut self, batch: &[Window]) -> Result<Vec<Vec<f32>>, ModelError> {
        batch.iter().map(|window| self.run(window)).collect()
    }

    fn name(&self) -> &'static str {
        NAME
    }
}

impl Rten {
    fn run(&self, window: &Window) -> Result<Vec<f32>, ModelError> {
        // rten has no 64-bit integers; token ids fit 32 bits.
        let ids: Vec<i32> = window
            .ids
            .iter()
            .map(|&id| i32::try_from(id))
            .collect::<Result<_, _>>()
            .map_err(failed)?;
        let mask = vec![1_i32; ids.len()];
        let shape = [1, ids.len()];
        let [ids_node, mask_node] = self.inputs;
        let inputs = vec![
            (
                ids_node,
                ValueView::from_shape(shape, &ids).map_err(failed)?.into(),
            ),
            (
                mask_node,
                ValueView::from_shape(shape, &mask).map_err(failed)?.into(),
            ),
        ];
        let [output] = self
            .model
            .run_n(inputs, [self.output], Some(self.options.clone()))
            .map_err(failed)?;
        let (_, logits) = output.into_shape_vec::<f32, 2>().map_err(failed)?;
        Ok(logits)
    }
}

fn failed(error: impl Display) -> ModelError {
    ModelError::Engine {
        engine: NAME,
        message: error.to_string(),
    }
}
