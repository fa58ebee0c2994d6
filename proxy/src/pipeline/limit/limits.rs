//! The `rate_limit` rules of a set, and which of them can be tried before the body.

use std::collections::{BTreeMap, BTreeSet};

use lockgate_config::{Action, LimitPart, Mode, Rule};

use crate::rate_limit::Limiter;

/// The variables of conditions that are known before the body.
const OF_THE_HEAD: [&str; 3] = ["request", "route", "endpoint"];

/// The `rate_limit` rules of a set.
pub(crate) struct Limits {
    /// By the place of their rule in the list.
    limiters: BTreeMap<usize, Limiter>,
    first: Vec<usize>,
    references: BTreeSet<String>,
}

// === impl Limits ===

impl Limits {
    /// The limits of a list; each tells `keys` callers apart, at most.
    pub(crate) fn new(list: &[Rule], keys: usize) -> Self {
        let limits = list.iter().enumerate();
        let limits = limits.filter_map(|(n, rule)| Some((n, rule.limit.clone()?)));
        let first = told_by_head(list);
        let references = first.iter().filter_map(|&n| list.get(n));
        Self {
            limiters: limits.map(|(n, limit)| (n, Limiter::new(limit, keys))).collect(),
            references: references
                .flat_map(|rule| rule.when.references())
                .cloned()
                .collect(),
            first,
        }
    }

    /// Whether this rule is a limit that is tried before the body.
    pub(crate) fn is_by_head(&self, n: usize) -> bool {
        self.limiters.contains_key(&n) && self.first.contains(&n)
    }

    /// Whether the header fields of a request have to be known.
    pub(crate) fn read_headers(&self) -> bool {
        let mut parts = self.limiters.values().flat_map(|limiter| &limiter.limit.by.0);
        self.references.contains("request") || parts.any(|part| matches!(part, LimitPart::Header(_)))
    }

    /// The rules that are tried before the body: limits, and what may end the list before them.
    pub(super) fn first(&self) -> &[usize] {
        &self.first
    }

    /// The variables that the conditions of these rules read.
    pub(super) fn references(&self) -> &BTreeSet<String> {
        &self.references
    }

    /// The limit of rule `n`, if it has one.
    pub(super) fn limiter(&self, n: usize) -> Option<&Limiter> {
        self.limiters.get(&n)
    }
}

/// The rules that are tried before the body, in their order.
fn told_by_head(list: &[Rule]) -> Vec<usize> {
    let mut first = Vec::new();
    for (n, rule) in list.iter().enumerate() {
        let told = rule
            .when
            .references()
            .iter()
            .all(|name| OF_THE_HEAD.contains(&name.as_str()));
        match (rule.action, rule.mode) {
            (Action::RateLimit, _) if told => first.push(n),
            (Action::Allow | Action::Block, Mode::Enforce) if told => first.push(n),
            (Action::Allow, Mode::Enforce) => break,
            _ => {}
        }
    }
    let limit = |n: &usize| list.get(*n).is_some_and(|rule| rule.action == Action::RateLimit);
    let last = first.iter().rposition(limit);
    first.truncate(last.map_or(0, |last| last + 1));
    first
}
