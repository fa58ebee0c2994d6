//! Stage: the `rate_limit` rules of the route.
//!
//! Those whose condition can be told from the head of the request are tried before its body is read: a
//! limited request costs neither memory nor a scan.  (Calls of JSON-RPC: after the body, before the scan.)
//!
//! The order of the list still counts: an `allow` or a `block` that stands before a limit and holds ends the
//! list for it too.  A `block` whose condition needs more than the head does not hold up the limits behind it;
//! what it blocks is counted.  Behind an `allow` of that kind limits wait for their turn, in [`decide`].
//!
//! The limits that are tried before the body are taken from together or not at all, and a refusal says the
//! longest of the waits of all limits that apply.

mod limits;
mod told;

use std::time::Instant;

use lockgate_config::{Action, Facts, Mode};
use lockgate_errors::Problem;

pub(crate) use limits::Limits;
pub(crate) use told::{fields, tell};

use super::decide::{self, Match};
use crate::exchange::{Exchange, Request};
use crate::gate::{Gate, Rules};
use crate::rate_limit::Key;

/// An enforced limit that applied to an exchange.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Applied {
    rule: usize,
    key: Key,
}

/// Tries the limits that need no more than the head, but for calls of JSON-RPC.
///
/// # Errors
/// The problem that the client gets where one of them is used up.
pub(crate) fn before_body(gate: &Gate, exchange: &mut Exchange) -> Result<(), Problem> {
    if may_be_json_rpc(&exchange.request) {
        return Ok(());
    }
    by_head(gate, exchange)
}

/// Tries the same limits for calls of JSON-RPC: their clients drop the session unless the refusal carries the id of
/// the call, which is in the body.
///
/// # Errors
/// As for [`before_body`].
pub(crate) fn before_scan(gate: &Gate, exchange: &mut Exchange) -> Result<(), Problem> {
    if may_be_json_rpc(&exchange.request) {
        by_head(gate, exchange)
    } else {
        Ok(())
    }
}

/// Whether the head could be that of an MCP call, whose clients have to accept both forms of an answer.
fn may_be_json_rpc(request: &Request) -> bool {
    let accept = request.accept.as_deref().unwrap_or_default().to_ascii_lowercase();
    request.method == "POST" && accept.contains("application/json") && accept.contains("text/event-stream")
}

fn by_head(gate: &Gate, exchange: &mut Exchange) -> Result<(), Problem> {
    let Some(route) = exchange.route.clone() else {
        return Ok(());
    };
    let rules = &route.rules;
    if rules.limits.first().is_empty() {
        return Ok(());
    }
    let facts = decide::known(exchange, rules.limits.references(), || {
        gate.discovery.describe(&exchange.request)
    });
    let facts = match facts {
        Ok(facts) => facts,
        Err(error) => return decide::failed(exchange, rules.on_error, &error.to_string()),
    };
    first(exchange, rules, &facts)
}

/// Tries the rules of [`Limits::first`].
fn first(exchange: &mut Exchange, rules: &Rules, facts: &Facts) -> Result<(), Problem> {
    let now = Instant::now();
    for &n in rules.limits.first() {
        let Some(rule) = rules.list.get(n) else { continue };
        match (rule.when.eval(facts), rule.action) {
            (Ok(false), _) => {}
            (Ok(true), Action::RateLimit) => note(exchange, rules, n, now),
            (Ok(true), _) => break,
            (Err(error), Action::RateLimit) => decide::failed_rule(exchange, rules.on_error, rule, &error)?,
            // It is told of when its turn comes.
            (Err(_), _) => {}
        }
    }
    take_all(exchange, rules, now)
}

/// Tries the limit of rule `n`, whose condition holds.
///
/// # Errors
/// The problem that the client gets where it is used up.
pub(crate) fn by_rule(exchange: &mut Exchange, rules: &Rules, n: usize) -> Result<(), Problem> {
    let now = Instant::now();
    let before = exchange.decision.limits.len();
    note(exchange, rules, n, now);
    let Some(applied) = exchange.decision.limits.get(before).copied() else {
        return Ok(());
    };
    match rules
        .limits
        .limiter(applied.rule)
        .map(|it| it.take(applied.key, now))
    {
        Some(Err(_)) => Err(told::refuse(exchange, rules, &[applied], now)),
        _ => Ok(()),
    }
}

/// Notes that rule `n` applies. In monitor mode all is done with that.
fn note(exchange: &mut Exchange, rules: &Rules, n: usize, now: Instant) {
    let (Some(rule), Some(limiter)) = (rules.list.get(n), rules.limits.limiter(n)) else {
        return;
    };
    let key = limiter.key(exchange);
    if rule.mode == Mode::Enforce {
        exchange.decision.limits.push(Applied { rule: n, key });
    } else if limiter.take(key, now).is_err() {
        exchange.decision.matches.push(Match::of(rule));
    }
}

/// Takes from all limits that apply, or from none.
fn take_all(exchange: &mut Exchange, rules: &Rules, now: Instant) -> Result<(), Problem> {
    let applied = exchange.decision.limits.clone();
    let limiters = applied
        .iter()
        .filter_map(|&it| Some((it, rules.limits.limiter(it.rule)?)));
    let empty = limiters
        .clone()
        .filter(|(it, limiter)| limiter.standing(it.key, now).left == 0);
    let mut refused: Vec<Applied> = empty.map(|(it, _)| it).collect();
    if refused.is_empty() {
        // Another exchange may have been faster.
        let lost = limiters.filter(|(it, limiter)| limiter.take(it.key, now).is_err());
        refused.extend(lost.map(|(it, _)| it));
    }
    if refused.is_empty() {
        return Ok(());
    }
    Err(told::refuse(exchange, rules, &refused, now))
}

#[cfg(test)]
mod tests;
