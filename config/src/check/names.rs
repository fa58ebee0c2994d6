//! Names: that they can be names, that they are unique, and that what is referred to exists.

use std::collections::BTreeSet;

use super::Findings;
use crate::Config;
use crate::nearest::hint;
use crate::yaml::{Path, at};

/// Longest name; names become parts of log lines and metrics.
const LONGEST: usize = 64;

pub(super) fn check(config: &Config, findings: &mut Findings<'_>) {
    for name in config.upstreams.keys() {
        well_formed(name, at!["upstreams", name], findings);
    }
    for name in config.rules.keys() {
        well_formed(name, at!["rules", name], findings);
    }
    findings.add_if(
        config.routes.is_empty(),
        at!["routes"],
        "there has to be at least one route",
    );
    let upstreams: Vec<&str> = config.upstreams.keys().map(String::as_str).collect();
    let mut sets: Vec<&str> = config.rules.keys().map(String::as_str).collect();
    if !sets.contains(&"default") {
        sets.push("default");
    }
    let mut taken = BTreeSet::new();
    for (n, route) in config.routes.iter().enumerate() {
        well_formed(&route.name, at!["routes", n, "name"], findings);
        let twice = !taken.insert(&route.name);
        findings.add_if(
            twice,
            at!["routes", n, "name"],
            "an earlier route has this name already",
        );
        exists(
            "upstream",
            &route.upstream,
            &upstreams,
            at!["routes", n, "upstream"],
            findings,
        );
        exists(
            "rule set",
            &route.rules,
            &sets,
            at!["routes", n, "rules"],
            findings,
        );
    }
}

/// Checks that a text can be a name.
pub(super) fn well_formed(name: &str, place: Path, findings: &mut Findings<'_>) {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    let fits = (1..=LONGEST).contains(&name.len()) && name.chars().all(plain);
    findings.add_if(
        !fits,
        place,
        "a name has 1 to 64 letters, digits, `-`, `_` or `.`",
    );
}

/// Checks that there is something of this name.
fn exists(what: &str, name: &str, known: &[&str], place: Path, findings: &mut Findings<'_>) {
    if known.contains(&name) {
        return;
    }
    let message = format!(
        "there is no {what} `{}`{}",
        findings.shown(&place, name),
        hint(name, known, "")
    );
    findings.add(place, message);
}
