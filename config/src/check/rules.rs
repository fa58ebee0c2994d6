//! Rules.

use std::collections::BTreeSet;

use super::{Findings, names};
use crate::nearest::nearest;
use crate::yaml::{Path, at};
use crate::{Action, Config, PII_CATEGORIES, Rule};

/// Most requests that a limit can speak of.
const MOST_REQUESTS: u64 = 1_000_000;
/// Longest time that a limit can speak of, in seconds: 31 days.
const LONGEST: u64 = 31 * 24 * 3600;

pub(super) fn check(config: &Config, findings: &mut Findings<'_>) {
    for (set, rules) in &config.rules {
        let mut taken = BTreeSet::new();
        for (n, rule) in rules.list.iter().enumerate() {
            let name = at!["rules", set, "list", n, "name"];
            names::well_formed(&rule.name, name.clone(), findings);
            findings.add_if(
                !taken.insert(&rule.name),
                name,
                "an earlier rule of the set has this name already",
            );
            findings.add_if(
                rule.action != Action::Redact && !rule.categories.is_empty(),
                at!["rules", set, "list", n, "categories"],
                "only a rule with `action: redact` has categories",
            );
            let limit = at!["rules", set, "list", n, "limit"];
            rate_limit(rule, &limit, findings);
            for (m, category) in rule.categories.iter().enumerate() {
                if PII_CATEGORIES.contains(&category.as_str()) {
                    continue;
                }
                let place = at!["rules", set, "list", n, "categories", m];
                unknown_category(category, place, findings);
            }
        }
    }
}

/// The limit of a rule, which is there where it is needed and nowhere else.
fn rate_limit(rule: &Rule, place: &Path, findings: &mut Findings<'_>) {
    let limit = match (&rule.limit, rule.action) {
        (Some(limit), Action::RateLimit) => limit,
        (None, Action::RateLimit) => {
            let needed = "a rule with `action: rate_limit` needs a limit, such as { requests: 60, per: 1m }";
            return findings.add(place.clone(), needed);
        }
        (Some(_), _) => {
            return findings.add(place.clone(), "only a rule with `action: rate_limit` has a limit");
        }
        (None, _) => return,
    };
    let counts = [("requests", Some(limit.requests)), ("burst", limit.burst)];
    for (key, count) in counts {
        findings.add_if(
            count.is_some_and(|count| !(1..=MOST_REQUESTS).contains(&count)),
            place.then(key),
            format!("has to be from 1 to {MOST_REQUESTS}"),
        );
    }
    findings.add_if(
        limit.per.is_zero() || limit.per.as_secs() > LONGEST,
        place.then("per"),
        "has to be longer than nothing, and at most 744h (31 days)",
    );
    findings.add_if(
        limit.by.0.is_empty(),
        place.then("by"),
        "an empty list; leave it out to tell requests apart by client_ip",
    );
}

/// Notes that there is no such category.
pub(super) fn unknown_category(category: &str, place: Path, findings: &mut Findings<'_>) {
    let shown = findings.shown(&place, category);
    let near = nearest(category, &PII_CATEGORIES).map(|near| format!("; did you mean `{near}`?"));
    let message = format!(
        "there is no category `{shown}`{} docs/detectors.md lists all",
        near.as_deref().unwrap_or(";")
    );
    findings.add(place, message);
}
