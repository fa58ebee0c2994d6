//! Stage: the rules of the route, in their order.

use std::collections::BTreeSet;

use lockgate_config::{Action, EvalError, Facts, Mode, OnError, Rule};
use lockgate_detectors::ScanError;
use lockgate_errors::Problem;
use serde::Serialize;
use serde_json::json;

use super::limit;
use crate::exchange::{Body, Exchange};
use crate::gate::Gate;
use crate::verdict_problem;

/// What the rules came to.
#[derive(Debug, Default)]
pub(crate) struct Decision {
    /// Every rule whose condition held, in order; of the `rate_limit` rules those whose limit was used up.
    pub(crate) matches: Vec<Match>,
    /// The enforced limits that applied.
    pub(crate) limits: Vec<limit::Applied>,
    /// Categories to be hidden from the upstream.
    pub(crate) redact: BTreeSet<String>,
    /// How many findings were hidden.
    pub(crate) redacted: usize,
    /// Whether an enforced rule refused the exchange.
    pub(crate) blocked: bool,
}

/// A rule whose condition held.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Match {
    pub(crate) rule: String,
    pub(crate) action: Action,
    pub(crate) mode: Mode,
}

impl Match {
    pub(super) fn of(rule: &Rule) -> Self {
        Self {
            rule: rule.name.clone(),
            action: rule.action,
            mode: rule.mode,
        }
    }
}

/// Runs the rules, but for the limits that [`limit`] tried before the body.
///
/// # Errors
/// The problem that the client gets, where a rule blocks, or where the scan failed and the rule set is closed.
pub(crate) fn by_rules(gate: &Gate, exchange: &mut Exchange) -> Result<(), Problem> {
    let Some(route) = exchange.route.clone() else {
        return Ok(());
    };
    let rules = &route.rules;
    if rules.idle_without_prompts && is_without_prompts(exchange) {
        return Ok(());
    }
    let facts = match known(exchange, &rules.references, || {
        gate.discovery.describe(&exchange.request)
    }) {
        Ok(facts) => facts,
        Err(error) => return failed(exchange, rules.on_error, &error.to_string()),
    };
    let mut allowed = false;
    for (n, rule) in rules.list.iter().enumerate() {
        if rules.limits.is_by_head(n) {
            continue;
        }
        match rule.when.eval(&facts) {
            Ok(false) => continue,
            Ok(true) => {}
            Err(error) => {
                failed_rule(exchange, rules.on_error, rule, &error)?;
                continue;
            }
        }
        if rule.action == Action::RateLimit {
            limit::by_rule(exchange, rules, n)?;
            continue;
        }
        exchange.decision.matches.push(Match::of(rule));
        if rule.mode == Mode::Monitor {
            continue;
        }
        match rule.action {
            Action::Allow => {
                allowed = true;
                break;
            }
            Action::Log | Action::RateLimit => {}
            Action::Redact => hide(exchange, rule),
            Action::Block => {
                exchange.decision.blocked = true;
                return Err(verdict_problem::blocked(exchange, rule));
            }
        }
    }
    let error = exchange.verdict.error.as_ref().map(|error| error.code);
    // Whatever `on_error` and `allow` say: to pass it on half redacted would be to break the rule.
    if error == Some(ScanError::TOO_MANY_FINDINGS) && !exchange.decision.redact.is_empty() {
        return Err(verdict_problem::not_redactable());
    }
    if allowed || rules.on_error == OnError::Open {
        return Ok(());
    }
    match error {
        Some(code) => Err(verdict_problem::scan_failed(code)),
        None if exchange.verdict.truncated => Err(verdict_problem::too_long_to_score()),
        None => Ok(()),
    }
}

/// The variables that the conditions of a list read.
pub(crate) fn references(list: &[Rule]) -> BTreeSet<String> {
    list.iter()
        .flat_map(|rule| rule.when.references())
        .cloned()
        .collect()
}

/// Whether no rule of the list can apply to an exchange of which [`is_without_prompts`] holds: they read
/// nothing but what is then always the same, and with that none of them holds.
pub(crate) fn none_applies_without_prompts(list: &[Rule], references: &BTreeSet<String>) -> bool {
    const CONSTANT: [&str; 6] = ["injection", "toxic", "pii", "signatures", "body", "prompt"];
    if !references.iter().all(|name| CONSTANT.contains(&name.as_str())) {
        return false;
    }
    let nothing = Exchange::new(None);
    let facts = known(&nothing, references, || serde_json::Value::Null);
    facts.is_ok_and(|facts| list.iter().all(|rule| rule.when.eval(&facts) == Ok(false)))
}

fn is_without_prompts(exchange: &Exchange) -> bool {
    matches!(exchange.body, Body::None | Body::Streamed)
}

fn hide(exchange: &mut Exchange, rule: &Rule) {
    let categories = if rule.categories.is_empty() {
        exchange.verdict.pii()
    } else {
        rule.categories.clone()
    };
    exchange.decision.redact.extend(categories);
}

/// A condition that cannot be evaluated counts as a scan that failed.
pub(super) fn failed(exchange: &mut Exchange, on_error: OnError, reason: &str) -> Result<(), Problem> {
    tracing::warn!(request_id = exchange.id, reason, "a rule could not be evaluated");
    match on_error {
        OnError::Open => Ok(()),
        OnError::Closed => Err(verdict_problem::scan_failed("rule_failed")),
    }
}

/// The same, of one rule.
pub(super) fn failed_rule(
    exchange: &mut Exchange,
    on_error: OnError,
    rule: &Rule,
    error: &EvalError,
) -> Result<(), Problem> {
    failed(exchange, on_error, &format!("rule `{}`: {error}", rule.name))
}

/// The variables that the rule set reads; the names are those of `lockgate-config`.
pub(super) fn known(
    exchange: &Exchange,
    references: &BTreeSet<String>,
    endpoint: impl Fn() -> serde_json::Value,
) -> Result<Facts, EvalError> {
    let mut facts = Facts::new();
    for name in references {
        match name.as_str() {
            "injection" => facts.set(name, exchange.verdict.injection)?,
            "toxic" => facts.set(name, exchange.verdict.toxic)?,
            "pii" => facts.set(name, exchange.verdict.pii())?,
            "signatures" => facts.set(name, exchange.verdict.signatures())?,
            "route" => facts.set(name, exchange.route_name())?,
            "request" => facts.set(name, request(exchange))?,
            "endpoint" => facts.set(name, endpoint())?,
            "body" => facts.set(name, body(exchange))?,
            "prompt" => facts.set(name, prompt(exchange))?,
            _ => {}
        }
    }
    Ok(facts)
}

fn request(exchange: &Exchange) -> serde_json::Value {
    let request = &exchange.request;
    let headers: serde_json::Map<String, serde_json::Value> = request
        .headers
        .iter()
        .map(|(name, value)| (name.clone(), value.clone().into()))
        .collect();
    json!({ "method": request.method, "host": request.host, "path": request.path, "headers": headers })
}

fn body(exchange: &Exchange) -> serde_json::Value {
    let bytes = match &exchange.body {
        Body::Whole(body) => body.len(),
        _ => 0,
    };
    json!({ "bytes": bytes, "error": exchange.body_fault.as_ref().map_or("", |fault| fault.code()) })
}

fn prompt(exchange: &Exchange) -> serde_json::Value {
    let prompts = &exchange.prompts;
    json!({
        "protocol": prompts.protocol.as_str(),
        "model": prompts.model.as_deref().unwrap_or(""),
        "stream": prompts.stream,
        "segments": prompts.segments.len(),
        "roles": prompts.roles(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn none_applies(list: &str) -> bool {
        let file = format!(
            "upstreams: {{x: {{url: 'http://127.0.0.1:1'}}}}\nroutes: [{{name: x, upstream: x}}]\nrules: {{default: {{list: [{list}]}}}}\n"
        );
        let config = lockgate_config::parse(&file, "test.yaml", &|_| None).expect("a configuration");
        let list = &config.rules["default"].list;
        none_applies_without_prompts(list, &references(list))
    }

    #[test]
    fn rules_are_passed_over_only_where_none_of_them_can_apply() {
        let config = lockgate_config::Config::demo().expect("the example");
        let list = &config.rules["default"].list;
        assert!(none_applies_without_prompts(list, &references(list)));
        assert!(none_applies("{name: a, when: 'injection > 0.5', action: block}"));
        assert!(!none_applies("{name: a, when: 'injection < 0.5', action: log}"));
        assert!(!none_applies("{name: a, when: 'body.bytes == 0', action: block}"));
        assert!(!none_applies(
            "{name: a, when: 'request.path == \"/x\"', action: block}"
        ));
        assert!(!none_applies("{name: a, action: log}"));
    }
}
