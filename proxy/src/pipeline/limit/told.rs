//! What the caller is told of the limits that applied.

use std::time::{Duration, Instant};

use lockgate_errors::{Problem, catalogue};
use pingora::http::ResponseHeader;
use serde_json::{Value, json};

use super::Applied;
use crate::exchange::Exchange;
use crate::gate::Rules;
use crate::pipeline::decide::Match;

/// Tells the caller with an answer of the upstream how the limits stand that applied, unless the upstream has
/// limits of its own to tell of.
pub(crate) fn tell(exchange: &Exchange, head: &mut ResponseHeader) -> pingora::Result<()> {
    let Some(fields) = fields(exchange) else {
        return Ok(());
    };
    let told = |(name, _): &(&str, String)| head.headers.contains_key(*name);
    if head.status.is_informational() || fields.iter().any(told) {
        return Ok(());
    }
    fields
        .into_iter()
        .try_for_each(|(name, value)| head.insert_header(name, value))
}

/// The IETF fields `RateLimit-Policy` and `RateLimit` of the limits that applied, and how they stand now
/// (draft-ietf-httpapi-ratelimit-headers-10); `None` where none did.
pub(crate) fn fields(exchange: &Exchange) -> Option<[(&'static str, String); 2]> {
    let rules = &exchange.route.as_ref()?.rules;
    let now = Instant::now();
    let (mut policies, mut standings) = (Vec::new(), Vec::new());
    for applied in &exchange.decision.limits {
        let (Some(rule), Some(limiter)) = (rules.list.get(applied.rule), rules.limits.limiter(applied.rule))
        else {
            continue;
        };
        let standing = limiter.standing(applied.key, now);
        // Names of rules are letters, digits, `-`, `_` and `.`: nothing to escape.
        let (name, limit) = (&rule.name, &limiter.limit);
        let window = match limit.per.subsec_nanos() {
            0 => format!(";w={}", limit.per.as_secs()),
            _ => String::new(),
        };
        policies.push(format!("\"{name}\";q={}{window}", limit.requests));
        standings.push(format!(
            "\"{name}\";r={};t={}",
            standing.left,
            seconds(standing.next)
        ));
    }
    (!policies.is_empty()).then(|| {
        [
            ("ratelimit-policy", policies.join(", ")),
            ("ratelimit", standings.join(", ")),
        ]
    })
}

/// The problem of an exchange for which some limits are used up.  The wait is that of the limit that takes
/// longest to have a token again, of all that applied.
pub(super) fn refuse(exchange: &mut Exchange, rules: &Rules, refused: &[Applied], now: Instant) -> Problem {
    let names = refused.iter().filter_map(|it| rules.list.get(it.rule));
    exchange.decision.matches.extend(names.map(Match::of));
    let wait = |applied: &Applied| {
        let limiter = rules.limits.limiter(applied.rule)?;
        let standing = limiter.standing(applied.key, now);
        (standing.left == 0).then_some((standing.next, applied.rule, limiter))
    };
    let longest = exchange.decision.limits.iter().filter_map(wait);
    let Some((wait, n, limiter)) = longest.max_by_key(|(wait, ..)| *wait) else {
        // Only where a token came back since: the next request takes it.
        return Problem::new(&catalogue::RATE_LIMITED).retry_after(1);
    };
    let limit = &limiter.limit;
    let are = if limit.requests == 1 { "is" } else { "are" };
    Problem::new(&catalogue::RATE_LIMITED)
        .detail(format!("{limit} for {} {are} used up.", limit.by))
        .wait(wait)
        .with("limit", limit.requests)
        .with("window", window(limit.per.get()))
        .with("rule", rules.list.get(n).map(|rule| &rule.name))
}

/// Seconds, as a whole number where they are one.
fn window(per: Duration) -> Value {
    match per.subsec_nanos() {
        0 => json!(per.as_secs()),
        _ => json!(per.as_secs_f64()),
    }
}

/// Whole seconds, rounded up: who waits so long does not come too early.
fn seconds(wait: Duration) -> u32 {
    let whole = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
    u32::try_from(whole).unwrap_or(u32::MAX)
}
