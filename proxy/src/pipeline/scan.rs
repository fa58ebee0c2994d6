//! Stage: the detectors run over the prompts.

use std::time::Instant;

use super::off_the_reactor;
use crate::exchange::Exchange;
use crate::gate::Gate;

/// Scans what the rules of the route need, within `scanner.deadline`.
pub(crate) async fn prompts(gate: &Gate, exchange: &mut Exchange) {
    let Some(route) = &exchange.route else { return };
    let needs = &route.rules.needs;
    if !exchange.scanned || exchange.prompts.segments.is_empty() || !route.rules.needs_scan() {
        return;
    }
    let started = Instant::now();
    let deadline = started + gate.scan_deadline;
    let verdict = off_the_reactor(exchange.request.bytes, || {
        gate.scanner.scan_text(&exchange.prompts, needs)
    });
    exchange.verdict = gate
        .scanner
        .add_model(&exchange.prompts, needs, deadline, verdict)
        .await;
    exchange.scan_time = Some(started.elapsed());
}
