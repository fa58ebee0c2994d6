//! Stage: the detectors run over the prompts.

use std::time::Instant;

use crate::exchange::Exchange;
use crate::gate::Gate;

/// Scans what the rules of the route need, within `scanner.deadline`.
pub(crate) async fn prompts(gate: &Gate, exchange: &mut Exchange) {
    let Some(route) = &exchange.route else { return };
    if !exchange.scanned || exchange.prompts.segments.is_empty() || !route.rules.needs_scan() {
        return;
    }
    let started = Instant::now();
    let deadline = started + gate.scan_deadline;
    exchange.verdict = gate
        .scanner
        .scan(&exchange.prompts, &route.rules.needs, deadline)
        .await;
    exchange.scan_time = Some(started.elapsed());
}
