//! The guard's threads. Scoring takes milliseconds of pure CPU, which neither tokio's nor pingora's threads have.

use crate::{
    ModelError, Scorer, Scores,
    engine::{Engine, Make},
    queue::Queue,
    reading::Reader,
};
use std::{panic::AssertUnwindSafe, sync::Arc, thread::JoinHandle, time::Instant};
use tokio::sync::oneshot;

/// One call that waits for a thread.
pub(crate) struct Job {
    pub(crate) texts: Vec<String>,
    pub(crate) deadline: Instant,
    pub(crate) reply: oneshot::Sender<Result<Vec<Scores>, ModelError>>,
}

/// What all threads of a guard share.
pub(crate) struct Shared {
    pub(crate) queue: Queue<Job>,
    pub(crate) reader: Reader,
    pub(crate) engine: Engine,
}

/// Starts a thread that answers jobs until the queue is closed.
pub(crate) fn start(
    index: usize,
    shared: Arc<Shared>,
    scorer: Box<dyn Scorer>,
) -> Result<JoinHandle<()>, ModelError> {
    let name = format!("guard-{index}");
    std::thread::Builder::new()
        .name(name)
        .spawn(move || work(&shared, scorer))
        .map_err(|error| {
            let message = format!("no thread could be started: {error}");
            ModelError::Engine {
                engine: "engine",
                message,
            }
        })
}

impl Job {
    /// Whether nobody waits for the answer, or it would come too late.
    pub(crate) fn is_stale(&self) -> bool {
        self.reply.is_closed() || Instant::now() >= self.deadline
    }
}

fn work(shared: &Shared, scorer: Box<dyn Scorer>) {
    let mut session = Some(scorer);
    while let Some(job) = shared.queue.pop() {
        if job.is_stale() {
            let _ = job.reply.send(Err(ModelError::Deadline));
            continue;
        }
        let answer = run(shared, &mut session, &job);
        if let Err(error @ ModelError::Engine { .. }) = &answer {
            tracing::error!(%error, "the guard model failed");
        }
        // The caller may have left; that is its right.
        let _ = job.reply.send(answer);
    }
}

/// Answers one job. After a panic the session is thrown away, and the next job gets a new one.
fn run(shared: &Shared, session: &mut Option<Box<dyn Scorer>>, job: &Job) -> Result<Vec<Scores>, ModelError> {
    let mut scorer = match session.take() {
        Some(scorer) => scorer,
        None => remake(&shared.engine.make, shared.engine.name)?,
    };
    let go_on = || {
        if shared.queue.is_closed() {
            Err(ModelError::Stopped)
        } else if job.is_stale() {
            Err(ModelError::Deadline)
        } else {
            Ok(())
        }
    };
    // The scorer moves in, so that it is dropped on a panic and never used half-way through a run.
    let outcome = std::panic::catch_unwind(AssertUnwindSafe(move || {
        let answer = shared.reader.score(&mut *scorer, &job.texts, &go_on);
        (scorer, answer)
    }));
    match outcome {
        Ok((scorer, answer)) => {
            *session = Some(scorer);
            answer
        }
        Err(_) => Err(panicked(shared.engine.name)),
    }
}

fn remake(make: &Make, engine: &'static str) -> Result<Box<dyn Scorer>, ModelError> {
    tracing::warn!(engine, "the guard model's session is made anew after a panic");
    std::panic::catch_unwind(AssertUnwindSafe(make)).unwrap_or_else(|_| Err(panicked(engine)))
}

fn panicked(engine: &'static str) -> ModelError {
    let message = "panicked; the session is made anew for the next call".to_owned();
    ModelError::Engine { engine, message }
}
