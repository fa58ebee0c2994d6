//! Counters and times, in the text format of Prometheus.

use lockgate_config::Mode;
use prometheus::{
    Encoder, Histogram, HistogramOpts, HistogramVec, IntCounter, IntCounterVec, IntGauge, Opts, Registry,
    TextEncoder,
};

use super::line;
use crate::exchange::Exchange;

/// Seconds; a scan takes milliseconds, an answer of a language model up to minutes.
const SCAN_BUCKETS: [f64; 10] = [0.0001, 0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1.0, 2.0];
const EXCHANGE_BUCKETS: [f64; 10] = [0.001, 0.005, 0.025, 0.1, 0.5, 1.0, 5.0, 15.0, 60.0, 300.0];

/// The metrics of one gate; no label takes a value that a client chooses.
pub(crate) struct Metrics {
    registry: Registry,
    exchanges: IntCounterVec,
    seconds: HistogramVec,
    scan_seconds: Histogram,
    scan_errors: IntCounterVec,
    findings: IntCounterVec,
    rules: IntCounterVec,
    problems: IntCounterVec,
    pub(super) refused: IntCounterVec,
    pub(super) lines_lost: IntCounter,
    pub(crate) buffered: IntGauge,
}

// === impl Metrics ===

impl Metrics {
    pub(super) fn new() -> prometheus::Result<Self> {
        let registry = Registry::new();
        let counters = |name: &str, help: &str, labels: &[&str]| {
            let metric = IntCounterVec::new(Opts::new(name, help), labels)?;
            registry.register(Box::new(metric.clone())).map(|()| metric)
        };
        let metrics = Self {
            exchanges: counters(
                "lockgate_exchanges_total",
                "Exchanges, by what became of them.",
                &["route", "outcome", "status"],
            )?,
            scan_errors: counters(
                "lockgate_scan_errors_total",
                "Scans that could not finish.",
                &["reason"],
            )?,
            findings: counters(
                "lockgate_findings_total",
                "Findings in prompts.",
                &["detector", "category"],
            )?,
            rules: counters(
                "lockgate_rules_total",
                "Rules whose condition held, and rate limits that were used up.",
                &["rule", "action", "mode"],
            )?,
            problems: counters(
                "lockgate_problems_total",
                "Problems that clients were answered with.",
                &["code"],
            )?,
            refused: counters(
                "lockgate_connections_refused_total",
                "Connections closed at the door.",
                &["code"],
            )?,
            seconds: HistogramVec::new(
                HistogramOpts::new(
                    "lockgate_exchange_seconds",
                    "From the head of the request to the end of the answer.",
                )
                .buckets(EXCHANGE_BUCKETS.to_vec()),
                &["route"],
            )?,
            scan_seconds: Histogram::with_opts(
                HistogramOpts::new("lockgate_scan_seconds", "Time that detectors and model took.")
                    .buckets(SCAN_BUCKETS.to_vec()),
            )?,
            lines_lost: IntCounter::new(
                "lockgate_log_lines_lost_total",
                "Log lines dropped because the reader is slow.",
            )?,
            buffered: IntGauge::new("lockgate_buffered_bytes", "Bytes of request bodies held now.")?,
            registry: registry.clone(),
        };
        registry.register(Box::new(metrics.seconds.clone()))?;
        registry.register(Box::new(metrics.scan_seconds.clone()))?;
        registry.register(Box::new(metrics.lines_lost.clone()))?;
        registry.register(Box::new(metrics.buffered.clone()))?;
        Ok(metrics)
    }

    pub(super) fn exchange(&self, exchange: &Exchange) {
        let route = exchange.route_name();
        let status = exchange.response.status.unwrap_or(0).to_string();
        self.exchanges
            .with_label_values(&[route, line::outcome(exchange, None), &status])
            .inc();
        self.seconds
            .with_label_values(&[route])
            .observe(exchange.started.elapsed().as_secs_f64());
        if let Some(time) = exchange.scan_time {
            self.scan_seconds.observe(time.as_secs_f64());
        }
        if let Some(error) = &exchange.verdict.error {
            self.scan_errors.with_label_values(&[error.code]).inc();
        }
        for finding in &exchange.verdict.findings {
            self.findings
                .with_label_values(&[finding.detector, &finding.category])
                .inc();
        }
        for rule in &exchange.decision.matches {
            let mode = if rule.mode == Mode::Enforce {
                "enforce"
            } else {
                "monitor"
            };
            self.rules
                .with_label_values(&[rule.rule.as_str(), rule.action.as_str(), mode])
                .inc();
        }
        if let Some(problem) = &exchange.problem {
            self.problems.with_label_values(&[problem.code()]).inc();
        }
    }

    /// All metrics as text.
    pub(crate) fn text(&self) -> Vec<u8> {
        let mut out = Vec::new();
        if let Err(error) = TextEncoder::new().encode(&self.registry.gather(), &mut out) {
            tracing::warn!(%error, "the metrics could not be written");
        }
        out
    }
}
