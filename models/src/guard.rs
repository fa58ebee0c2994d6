//! The handle that everything outside this crate uses.

use crate::{
    GuardOptions, Label, Manifest, ModelError, Scorer, Scores,
    engine::{Engine, Network, choose},
    locate::Places,
    queue::{Queue, Refused},
    reading::Reader,
    tokens::TextTokenizer,
    worker::{self, Job, Shared},
};
use std::{
    fmt,
    sync::Arc,
    thread::JoinHandle,
    time::{Duration, Instant},
};
use tokio::sync::oneshot;

/// Threads beyond this are a typing error.
const MAX_THREADS: usize = 256;
/// Bytes of text tokenized for each window of the budget, unless the options say otherwise: twice what a
/// window holds of English.
const BYTES_PER_WINDOW: usize = 1024;

/// A loaded guard model with its threads. Cloning is cheap; the threads stop when the last clone is dropped.
///
/// Load it after the process has forked or gone to the background: threads do not survive that.
#[derive(Clone)]
pub struct Guard {
    inner: Arc<Inner>,
}

struct Inner {
    manifest: Manifest,
    shared: Arc<Shared>,
    threads: Vec<JoinHandle<()>>,
}

impl Guard {
    /// Finds and checks the model, picks an engine, and starts the threads. Takes some tenths of a second.
    pub fn load(options: &GuardOptions) -> Result<Self, ModelError> {
        let places = Places::of_process();
        let dir = places.model(options.dir.as_deref())?;
        let manifest = Manifest::read(&dir)?;
        let tokenizer = TextTokenizer::from_bytes(&manifest.tokenizer(&dir)?.read()?)?;
        let network = Network::new(&manifest, manifest.model(&dir)?)?;
        let (engine, scorer) = choose(options.engine, &network, &places, options.library.as_ref())?;
        let (name, version) = (&manifest.name, &manifest.version);
        tracing::info!(engine = engine.description, model = %dir.display(), name, version, "guard model loaded");
        Self::start(manifest, tokenizer, engine, scorer, options)
    }

    pub(crate) fn start(
        manifest: Manifest,
        tokenizer: TextTokenizer,
        engine: Engine,
        first: Box<dyn Scorer>,
        options: &GuardOptions,
    ) -> Result<Self, ModelError> {
        let max_windows = options.max_windows.max(1);
        let reader = Reader {
            tokenizer,
            size: manifest.window,
            labels: manifest.labels.clone(),
            max_windows,
            max_bytes: options
                .max_bytes
                .unwrap_or(max_windows.saturating_mul(BYTES_PER_WINDOW))
                .max(1),
        };
        let mut scorers = vec![first];
        for _ in 1..options.threads.clamp(1, MAX_THREADS) {
            scorers.push((engine.make)()?);
        }
        let shared = Arc::new(Shared {
            queue: Queue::new(options.queue.max(1)),
            reader,
            engine,
        });
        // Made before the threads are, so that those already started stop if a later one cannot start.
        let mut inner = Inner {
            manifest,
            shared,
            threads: Vec::new(),
        };
        for (index, scorer) in scorers.into_iter().enumerate() {
            inner
                .threads
                .push(worker::start(index, Arc::clone(&inner.shared), scorer)?);
        }
        Ok(Self {
            inner: Arc::new(inner),
        })
    }

    /// Scores texts; one answer per text, in the same order. Needs a tokio runtime with its timer on.
    ///
    /// A call that meets a full queue is refused at once. A call whose deadline passes, or whose future is
    /// dropped, costs at most the window that is being scored.
    ///
    /// The budget of a call ([`GuardOptions::max_windows`]) is shared by its texts: short ones are scored in
    /// full, long ones in windows spread from their beginning to their end, and then `truncated` is set.
    pub async fn score(&self, texts: Vec<String>, deadline: Instant) -> Result<Vec<Scores>, ModelError> {
        let (reply, answer) = oneshot::channel();
        if deadline.saturating_duration_since(Instant::now()) == Duration::ZERO {
            return Err(ModelError::Deadline);
        }
        let queue = &self.inner.shared.queue;
        match queue.try_push(
            Job {
                texts,
                deadline,
                reply,
            },
            Job::is_stale,
        ) {
            Ok(()) => {}
            Err(Refused::Full) => {
                return Err(ModelError::QueueFull {
                    capacity: queue.capacity(),
                });
            }
            Err(Refused::Closed) => return Err(ModelError::Stopped),
        }
        // The threads keep the deadline as well, but a job that waits behind others must not wait for them.
        match tokio::time::timeout_at(deadline.into(), answer).await {
            Ok(Ok(scores)) => scores,
            Ok(Err(_)) => Err(ModelError::Stopped),
            Err(_) => Err(ModelError::Deadline),
        }
    }

    /// The engine's name: `onnxruntime` or `rten`.
    pub fn engine(&self) -> &'static str {
        self.inner.shared.engine.name
    }

    /// The engine with its version and library, and, where it is the second choice, why.
    pub fn engine_description(&self) -> &str {
        &self.inner.shared.engine.description
    }

    /// The labels that every [`Scores`] carries.
    pub fn labels(&self) -> &[Label] {
        &self.inner.manifest.labels
    }

    /// The model's own description.
    pub fn manifest(&self) -> &Manifest {
        &self.inner.manifest
    }
}

impl fmt::Debug for Guard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Guard")
            .field("name", &self.inner.manifest.name)
            .field("version", &self.inner.manifest.version)
            .field("engine", &self.engine_description())
            .finish_non_exhaustive()
    }
}

// === impl Inner ===

impl Drop for Inner {
    fn drop(&mut self) {
        self.shared.queue.close();
        // Waits for the window that is being scored, some milliseconds: a thread inside ONNX Runtime while
        // the process runs its exit handlers is a crash.
        for thread in self.threads.drain(..) {
            let _ = thread.join();
        }
    }
}

#[cfg(test)]
mod tests;
