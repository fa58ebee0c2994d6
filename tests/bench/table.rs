//! The results of one case.

use std::fmt;
use std::time::Duration;

use crate::load::Measured;

/// Rows in the order in which proxies were first measured; the first one is what the others are compared with.
pub(crate) struct Table {
    title: &'static str,
    rows: Vec<Row>,
}

struct Row {
    name: &'static str,
    rounds: Vec<Round>,
}

struct Round {
    per_second: f64,
    cpu_micros: f64,
    p50: Duration,
    p99: Duration,
}

impl Table {
    pub(crate) fn new(title: &'static str) -> Self {
        Self {
            title,
            rows: Vec::new(),
        }
    }

    /// Adds one round of one proxy.
    pub(crate) fn add(&mut self, name: &'static str, measured: Measured, cpu: Duration) {
        let round = Round::new(&measured, cpu);
        match self.rows.iter_mut().find(|row| row.name == name) {
            Some(row) => row.rounds.push(round),
            None => self.rows.push(Row {
                name,
                rounds: vec![round],
            }),
        }
    }
}

impl Round {
    fn new(measured: &Measured, cpu: Duration) -> Self {
        let count = measured.latencies.len().max(1);
        let at = |share: f64| {
            measured
                .latencies
                .get((count as f64 * share) as usize)
                .copied()
                .unwrap_or_default()
        };
        Self {
            per_second: count as f64 / measured.took.as_secs_f64(),
            cpu_micros: cpu.as_secs_f64() * 1e6 / count as f64,
            p50: at(0.50),
            p99: at(0.99),
        }
    }
}

impl Row {
    fn cpu(&self) -> f64 {
        self.rounds.iter().map(|round| round.cpu_micros).sum::<f64>() / self.rounds.len().max(1) as f64
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.title)?;
        writeln!(
            f,
            "  {:<14} {:>18} {:>22} {:>12} {:>12} {:>8}",
            "", "requests/s", "CPU us/request", "p50 ms", "p99 ms", "ratio"
        )?;
        let base = self.rows.first().map_or(1.0, Row::cpu);
        for row in &self.rows {
            let every =
                |show: &dyn Fn(&Round) -> String| row.rounds.iter().map(show).collect::<Vec<_>>().join(" / ");
            let per_second = every(&|round| format!("{:.0}", round.per_second));
            let cpu = every(&|round| format!("{:.1}", round.cpu_micros));
            let p50 = every(&|round| format!("{:.2}", round.p50.as_secs_f64() * 1e3));
            let p99 = every(&|round| format!("{:.1}", round.p99.as_secs_f64() * 1e3));
            let ratio = row.cpu() / base;
            writeln!(
                f,
                "  {:<14} {per_second:>18} {cpu:>22} {p50:>12} {p99:>12} {ratio:>7.2}x",
                row.name
            )?;
        }
        Ok(())
    }
}
