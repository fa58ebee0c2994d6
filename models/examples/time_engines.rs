//! Time of one window on one thread, both engines side by side: part of `make bench`.
//!
//! `cargo run --release -p lockgate-models --example time_engines [-- ROUNDS]`. CPU time comes from
//! /proc (Linux); on other systems that column is empty. Rounds of the engines alternate, so that a
//! neighbour's load meets both.

use lockgate_models::{EngineChoice, Guard, GuardOptions};
use std::{
    error::Error,
    io::Write,
    time::{Duration, Instant},
};

const LENGTHS: [usize; 2] = [32, 128];

struct Timed {
    wall: Vec<f64>,
    cpu: Vec<f64>,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let rounds = std::env::args()
        .nth(1)
        .map_or(Ok(100), |text| text.parse::<usize>())?;
    let mut out = std::io::stdout().lock();
    let mut guards = Vec::new();
    for engine in [EngineChoice::Onnxruntime, EngineChoice::Rten] {
        let started = Instant::now();
        match Guard::load(&GuardOptions {
            engine,
            ..GuardOptions::default()
        }) {
            Ok(guard) => {
                writeln!(
                    out,
                    "{} loaded in {:.0?}",
                    guard.engine_description(),
                    started.elapsed()
                )?;
                guards.push(guard);
            }
            Err(error) => writeln!(out, "{engine} left out: {error}")?,
        }
    }
    writeln!(
        out,
        "{:<12} {:>6} {:>9} {:>9} {:>9} {:>9}",
        "engine", "tokens", "wall p50", "wall p95", "cpu p50", "cpu p95"
    )?;
    for tokens in LENGTHS {
        // "a" is one token in every vocabulary; [CLS] and [SEP] make up the rest.
        let text = "a ".repeat(tokens - 2);
        let mut timed: Vec<Timed> = guards
            .iter()
            .map(|_| Timed {
                wall: Vec::new(),
                cpu: Vec::new(),
            })
            .collect();
        for round in 0..rounds + 3 {
            for (guard, timed) in guards.iter().zip(&mut timed) {
                let (wall, cpu) = (Instant::now(), cpu_seconds());
                let scores = guard
                    .score(vec![text.clone()], wall + Duration::from_secs(60))
                    .await?;
                if scores.iter().any(|scores| scores.windows != 1) {
                    return Err(format!("{tokens} tokens are not one window").into());
                }
                // The first rounds warm up caches and arenas.
                if round >= 3 {
                    timed.wall.push(wall.elapsed().as_secs_f64() * 1e3);
                    timed.cpu.extend(
                        cpu.zip(cpu_seconds())
                            .map(|(before, after)| (after - before) * 1e3),
                    );
                }
            }
        }
        for (guard, timed) in guards.iter().zip(&mut timed) {
            write!(out, "{:<12} {tokens:>6}", guard.engine())?;
            for values in [&mut timed.wall, &mut timed.cpu] {
                values.sort_by(f64::total_cmp);
                for part in [0.5, 0.95] {
                    match values.get((values.len() as f64 * part) as usize) {
                        Some(value) => write!(out, " {value:>6.2} ms")?,
                        None => write!(out, " {:>9}", "-")?,
                    }
                }
            }
            writeln!(out)?;
        }
    }
    Ok(())
}

/// CPU time of all threads of this process, in nanosecond steps.
fn cpu_seconds() -> Option<f64> {
    let mut total = 0.0;
    for task in std::fs::read_dir("/proc/self/task").ok()? {
        let text = std::fs::read_to_string(task.ok()?.path().join("schedstat")).ok()?;
        total += text.split_whitespace().next()?.parse::<f64>().ok()? / 1e9;
    }
    Some(total)
}
