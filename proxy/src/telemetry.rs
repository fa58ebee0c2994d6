//! What the owner sees of the traffic: one line per exchange, and counters.

mod line;
mod metrics;
mod writer;

use std::net::SocketAddr;

use lockgate_config::{LogFormat, LogLevel, Logging};
use lockgate_errors::Problem;

use crate::exchange::Exchange;
use line::Line;
pub(crate) use metrics::Metrics;
use writer::Writer;

/// Log and metrics of the gate.
pub(crate) struct Telemetry {
    pub(crate) metrics: Metrics,
    writer: Writer,
    format: LogFormat,
    lines: bool,
    prompts: bool,
}

// === impl Telemetry ===

impl Telemetry {
    /// Starts the thread that writes the lines.
    pub(crate) fn start(logging: &Logging) -> anyhow::Result<Self> {
        let metrics = Metrics::new()?;
        let writer = Writer::start(metrics.lines_lost.clone())?;
        let lines = !matches!(logging.level, LogLevel::Error | LogLevel::Warn);
        Ok(Self {
            metrics,
            writer,
            format: logging.format,
            lines,
            prompts: logging.prompts,
        })
    }

    /// An exchange is over.
    pub(crate) fn exchange(&self, exchange: &Exchange, error: Option<&pingora::Error>) {
        self.metrics.exchange(exchange);
        if self.lines {
            self.write(&Line::of(exchange, error, self.prompts));
        }
    }

    /// A connection was closed at the door, before there was an exchange.
    pub(crate) fn refused(&self, problem: &Problem, client: Option<SocketAddr>) {
        self.metrics.refused.with_label_values(&[problem.code()]).inc();
        if self.lines {
            self.write(&Line::refused(problem, client));
        }
    }

    fn write(&self, line: &Line<'_>) {
        let mut text = match self.format {
            LogFormat::Human => line.to_string(),
            LogFormat::Json => serde_json::to_string(line).unwrap_or_default(),
        };
        text.push('\n');
        self.writer.write(text);
    }
}
