//! What a client is told when the rules refuse its request.

use lockgate_config::Rule;
use lockgate_errors::{Problem, ProblemType, catalogue};
use serde_json::json;

use crate::exchange::{BodyFault, Exchange};

/// The problem of a request that `rule` blocked: the kind follows from what the condition reads.
pub(crate) fn blocked(exchange: &Exchange, rule: &Rule) -> Problem {
    let reads = rule.when.references();
    let problem = match &exchange.body_fault {
        Some(fault) if reads.contains("body") => unreadable(fault),
        _ if reads.contains("injection") || reads.contains("signatures") => injection(exchange, rule),
        _ if reads.contains("toxic") => scored(
            exchange,
            rule,
            &catalogue::UNSAFE_CONTENT,
            "toxic",
            exchange.verdict.toxic,
        ),
        _ if reads.contains("pii") => personal_data(exchange, rule),
        _ => Problem::new(&catalogue::RULE_BLOCKED).detail(format!(
            "The rule '{}' of this gate does not let this request pass.",
            rule.name
        )),
    };
    problem.with("rule", &rule.name)
}

/// The problem of a request that could not be scanned, where the rule set is closed.
pub(crate) fn scan_failed(code: &str) -> Problem {
    let kind: &'static ProblemType = match code {
        "model_deadline" => &catalogue::SCANNER_TIMEOUT,
        "model_queue_full" => &catalogue::QUEUE_FULL,
        _ => &catalogue::SCANNER_UNAVAILABLE,
    };
    Problem::new(kind)
        .detail("The request could not be scanned, and the owner's rules let nothing pass unscanned.")
}

/// The problem of a request with more findings than are listed, where some of them must be hidden.
pub(crate) fn not_redactable() -> Problem {
    Problem::new(&catalogue::TOO_MANY_SEGMENTS)
        .detail("The request holds more personal data than this gate can redact in one request.")
}

/// The problem of a request with more text than the model may score, where the rule set is closed.
pub(crate) fn too_long_to_score() -> Problem {
    Problem::new(&catalogue::TOO_MANY_SEGMENTS)
        .detail("The request has more text than this gate scores (scanner.model.windows), and lets nothing pass unscored.")
        .with("limit", "scanner.model.windows")
}

/// The problem of a body whose prompts cannot be told.
fn unreadable(fault: &BodyFault) -> Problem {
    let kind = catalogue::by_code(fault.code()).unwrap_or(&catalogue::INVALID_JSON);
    let text = fault.to_string();
    let mut letters = text.chars();
    let first = letters
        .next()
        .map(|letter| letter.to_uppercase().to_string())
        .unwrap_or_default();
    Problem::new(kind).detail(format!("{first}{}.", letters.as_str()))
}

fn injection(exchange: &Exchange, rule: &Rule) -> Problem {
    let signatures = exchange.verdict.signatures();
    let problem = scored(
        exchange,
        rule,
        &catalogue::PROMPT_INJECTION,
        "injection",
        exchange.verdict.injection,
    );
    if signatures.is_empty() {
        problem
    } else {
        problem.with("signatures", signatures)
    }
}

fn scored(
    exchange: &Exchange,
    rule: &Rule,
    kind: &'static ProblemType,
    category: &str,
    score: f64,
) -> Problem {
    let score = (score * 100.0).round() / 100.0;
    let place = exchange
        .verdict
        .findings
        .iter()
        .filter(|finding| finding.category == category)
        .max_by(|a, b| a.score.total_cmp(&b.score))
        .and_then(|finding| exchange.prompts.segments.get(finding.segment));
    let (at, pointer) = match place {
        Some(segment) => (
            format!("The {} text at '{}'", segment.role, segment.pointer),
            Some(segment.pointer.clone()),
        ),
        None => ("This request".to_owned(), None),
    };
    let detail = format!(
        "{at} scored {score} for '{category}'; the rule '{}' blocks it.",
        rule.name
    );
    let problem = Problem::new(kind).detail(detail).with("score", score);
    match pointer {
        Some(pointer) => problem.with("param", pointer),
        None => problem,
    }
}

fn personal_data(exchange: &Exchange, rule: &Rule) -> Problem {
    let places: Vec<_> = exchange
        .verdict
        .findings
        .iter()
        .filter(|finding| finding.detector == lockgate_detectors::Finding::PII)
        .filter_map(|finding| {
            let segment = exchange.prompts.segments.get(finding.segment)?;
            Some(json!({ "category": finding.category, "pointer": segment.pointer }))
        })
        .take(20)
        .collect();
    let detail = format!(
        "The request holds personal data ({}); the rule '{}' blocks it.",
        exchange.verdict.pii().join(", "),
        rule.name
    );
    Problem::new(&catalogue::PII_BLOCKED)
        .detail(detail)
        .with("places", places)
}
