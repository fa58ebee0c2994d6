//! Stage: what the rules want hidden is replaced in the body.

use bytes::Bytes;
use lockgate_detectors::Finding;

use super::off_the_reactor;
use crate::exchange::{Body, Exchange};

/// Replaces the findings of the categories that `redact` rules named; no other byte of the body changes.
pub(crate) fn body(exchange: &mut Exchange) {
    let Body::Whole(body) = &exchange.body else { return };
    let hidden = &exchange.decision.redact;
    if hidden.is_empty() {
        return;
    }
    let findings: Vec<&Finding> = exchange
        .verdict
        .findings
        .iter()
        .filter(|finding| finding.detector == Finding::PII && hidden.contains(&finding.category))
        .collect();
    if findings.is_empty() {
        return;
    }
    exchange.decision.redacted = findings.len();
    let redacted = off_the_reactor(body.len(), || {
        lockgate_detectors::redact(body, &exchange.prompts, findings)
    });
    exchange.body = Body::Whole(Bytes::from(redacted));
}
