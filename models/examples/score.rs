//! Scores each line of standard input: `cargo run -p lockgate-models --example score < prompts.txt`.
//!
//! LOCKGATE_MODEL_DIR names another model, the first argument another engine (auto, onnxruntime, rten).

use lockgate_models::{Guard, GuardOptions};
use std::{
    error::Error,
    io::{BufRead, Write},
    time::{Duration, Instant},
};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let engine = std::env::args()
        .nth(1)
        .unwrap_or_else(|| "auto".to_owned())
        .parse()?;
    let guard = Guard::load(&GuardOptions {
        engine,
        ..GuardOptions::default()
    })?;
    let mut out = std::io::stdout().lock();
    writeln!(
        out,
        "# {} {}, {}",
        guard.manifest().name,
        guard.manifest().version,
        guard.engine_description()
    )?;
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let started = Instant::now();
        let scores = guard
            .score(vec![line.clone()], started + Duration::from_secs(10))
            .await?;
        for scores in scores {
            for label in &scores.labels {
                write!(out, "{} {:.4}  ", label.label, label.score)?;
            }
            let truncated = if scores.truncated { ", truncated" } else { "" };
            writeln!(
                out,
                "({} windows, {:.1?}{truncated})  {line}",
                scores.windows,
                started.elapsed()
            )?;
        }
    }
    Ok(())
}
