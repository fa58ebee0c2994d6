//! Stage: the prompts of the body, and whether this exchange is scanned.

use lockgate_config::Scan;
use lockgate_detectors::{ExtractLimits, Input, Prompts, Protocol};

use super::off_the_reactor;
use crate::exchange::{Body, BodyFault, Exchange, Request};
use crate::gate::Gate;

/// Extracts the prompts.  A body that cannot be read leaves a [`BodyFault`] for the rules.
pub(crate) fn prompts(gate: &Gate, exchange: &mut Exchange) {
    let Some(scan) = exchange.route.as_ref().map(|route| route.scan) else {
        return;
    };
    let Body::Whole(body) = &exchange.body else {
        exchange.scanned = scan == Scan::Always;
        return;
    };
    if let Some(coding) = foreign_coding(&exchange.request) {
        exchange.body_fault = Some(BodyFault::Encoded(coding.to_owned()));
        return;
    }
    match off_the_reactor(body.len(), || extract(gate, &exchange.request, body)) {
        Ok(prompts) => exchange.prompts = prompts,
        Err(error) => exchange.body_fault = Some(BodyFault::Unreadable(error)),
    }
    exchange.scanned = match scan {
        Scan::Never => false,
        Scan::Always => true,
        Scan::Auto => exchange.prompts.protocol.is_llm() || gate.expects_prompts(&exchange.request),
    };
    let opaque = exchange.prompts.protocol == Protocol::None && exchange.request.bytes > 0;
    if exchange.scanned && opaque && exchange.body_fault.is_none() {
        let media = exchange
            .request
            .content_type
            .clone()
            .unwrap_or_else(|| "unknown".to_owned());
        exchange.body_fault = Some(BodyFault::Media(media));
    }
}

fn extract(gate: &Gate, request: &Request, body: &[u8]) -> Result<Prompts, lockgate_detectors::ExtractError> {
    let input = Input {
        method: &request.method,
        path: &request.path,
        content_type: request.content_type.as_deref(),
        body,
    };
    let limits = ExtractLimits {
        max_depth: gate.limits.json_depth,
        max_segments: gate.limits.segments,
        max_nodes: gate.limits.json_nodes,
    };
    lockgate_detectors::extract(&input, &limits)
}

/// The content coding of a compressed body: the gate does not look inside, and says so.
fn foreign_coding(request: &Request) -> Option<&str> {
    let coding = request.content_encoding.as_deref()?.trim();
    (!coding.is_empty() && !coding.eq_ignore_ascii_case("identity")).then_some(coding)
}
