use super::*;
use crate::Window;
use std::sync::{
    Mutex,
    atomic::{AtomicUsize, Ordering},
    mpsc::{Receiver, Sender, channel},
};

/// What the test lets the engine do, one entry per window.
enum Step {
    Answer,
    Panic,
}

/// An engine that waits for the test before each window, and counts how many sessions were made.
struct Stepped {
    steps: Arc<Mutex<Receiver<Step>>>,
    started: Sender<usize>,
}

impl Scorer for Stepped {
    fn score(&mut self, batch: &[Window]) -> Result<Vec<Vec<f32>>, ModelError> {
        self.started.send(batch.len()).unwrap();
        let step = self
            .steps
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .recv();
        match step {
            Ok(Step::Panic) => panic!("the test asked for it"),
            _ => Ok(batch.iter().map(|_| vec![0.0, 0.0]).collect()),
        }
    }

    fn name(&self) -> &'static str {
        "stepped"
    }
}

struct Bench {
    guard: Guard,
    step: Sender<Step>,
    started: Receiver<usize>,
    made: Arc<AtomicUsize>,
}

fn bench(queue: usize) -> Bench {
    let manifest = Manifest::parse(include_bytes!("../../fixtures/tiny/manifest.json")).unwrap();
    let tokenizer = TextTokenizer::from_bytes(crate::tokens::tests::TINY).unwrap();
    let (step, steps) = channel();
    let (started_tx, started) = channel();
    let (steps, made) = (Arc::new(Mutex::new(steps)), Arc::new(AtomicUsize::new(0)));
    let counter = Arc::clone(&made);
    let make: crate::engine::Make = Box::new(move || {
        counter.fetch_add(1, Ordering::SeqCst);
        Ok(Box::new(Stepped {
            steps: Arc::clone(&steps),
            started: started_tx.clone(),
        }))
    });
    let first = make().unwrap();
    let engine = Engine {
        name: "stepped",
        description: "stepped".to_owned(),
        make,
    };
    let options = GuardOptions {
        queue,
        ..GuardOptions::default()
    };
    let guard = Guard::start(manifest, tokenizer, engine, first, &options).unwrap();
    Bench {
        guard,
        step,
        started,
        made,
    }
}

fn hello() -> Vec<String> {
    vec!["hello".to_owned()]
}

fn later() -> Instant {
    Instant::now() + Duration::from_secs(30)
}

async fn busy(bench: &Bench) -> tokio::task::JoinHandle<Result<Vec<Scores>, ModelError>> {
    let guard = bench.guard.clone();
    let call = tokio::spawn(async move { guard.score(hello(), later()).await });
    tokio::task::yield_now().await;
    bench.started.recv_timeout(Duration::from_secs(10)).unwrap();
    call
}

#[tokio::test]
async fn a_full_queue_refuses_at_once() {
    let bench = bench(1);
    let first = busy(&bench).await;
    let guard = bench.guard.clone();
    let second = tokio::spawn(async move { guard.score(hello(), later()).await });
    tokio::task::yield_now().await;
    let before = Instant::now();
    let third = bench.guard.score(hello(), later()).await;
    assert!(
        matches!(third, Err(ModelError::QueueFull { capacity: 1 })),
        "{third:?}"
    );
    assert!(before.elapsed() < Duration::from_secs(1));
    bench.step.send(Step::Answer).unwrap();
    bench.step.send(Step::Answer).unwrap();
    assert_eq!(first.await.unwrap().unwrap()[0].labels[0].score, 0.5);
    assert!(second.await.unwrap().is_ok());
}

#[tokio::test]
async fn a_caller_that_left_gives_its_place_to_another_and_costs_nothing() {
    let bench = bench(1);
    let first = busy(&bench).await;
    let guard = bench.guard.clone();
    let left = tokio::spawn(async move { guard.score(hello(), later()).await });
    tokio::task::yield_now().await;
    left.abort();
    let _ = left.await;
    let guard = bench.guard.clone();
    let second = tokio::spawn(async move { guard.score(hello(), later()).await });
    tokio::task::yield_now().await;
    bench.step.send(Step::Answer).unwrap();
    bench.step.send(Step::Answer).unwrap();
    assert!(first.await.unwrap().is_ok() && second.await.unwrap().is_ok());
    // One window for the second call; none for the one that left.
    assert_eq!(bench.started.try_iter().count(), 1);
}

#[tokio::test]
async fn a_deadline_is_kept_while_others_are_served() {
    let bench = bench(4);
    let first = busy(&bench).await;
    let soon = Instant::now() + Duration::from_millis(50);
    assert!(matches!(
        bench.guard.score(hello(), soon).await,
        Err(ModelError::Deadline)
    ));
    assert!(matches!(
        bench.guard.score(hello(), soon).await,
        Err(ModelError::Deadline)
    ));
    bench.step.send(Step::Answer).unwrap();
    assert!(first.await.unwrap().is_ok());
}

#[tokio::test]
async fn a_deadline_ends_a_call_between_windows() {
    let bench = bench(4);
    let soon = Instant::now() + Duration::from_millis(200);
    let guard = bench.guard.clone();
    let call = tokio::spawn(async move { guard.score(vec!["hello ".repeat(2000)], soon).await });
    tokio::task::yield_now().await;
    bench.started.recv_timeout(Duration::from_secs(10)).unwrap();
    assert!(matches!(call.await.unwrap(), Err(ModelError::Deadline)));
    bench.step.send(Step::Answer).unwrap();
    // The thread has left the long text; the next window that it asks for is of the next call.
    let next = busy(&bench).await;
    bench.step.send(Step::Answer).unwrap();
    assert!(next.await.unwrap().is_ok());
}

#[tokio::test]
async fn a_panic_in_the_engine_costs_one_call() {
    let bench = bench(4);
    for _ in 0..3 {
        let call = busy(&bench).await;
        bench.step.send(Step::Panic).unwrap();
        assert!(matches!(call.await.unwrap(), Err(ModelError::Engine { .. })));
    }
    let call = busy(&bench).await;
    bench.step.send(Step::Answer).unwrap();
    assert!(call.await.unwrap().is_ok());
    assert_eq!(bench.made.load(Ordering::SeqCst), 4);
}

#[tokio::test]
async fn no_texts_are_no_work() {
    let bench = bench(1);
    assert_eq!(bench.guard.score(Vec::new(), later()).await.unwrap(), []);
}

#[tokio::test]
async fn dropping_the_guard_stops_its_threads() {
    let Bench {
        guard, step, started, ..
    } = bench(4);
    let shared = Arc::downgrade(&guard.inner.shared);
    drop(step);
    drop(guard);
    assert!(started.try_recv().is_err());
    assert_eq!(shared.strong_count(), 0);
}
