//! What is legal and doubtful.

use std::fmt;

use crate::yaml::{Path, at};
use crate::{Action, Config, Mode, RuleSet, Scan, Scheme};

/// Something legal and doubtful, shown as `file:line:column: what is doubtful`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Warning {
    /// The file as it was named to the loader, with line and column; absent for a configuration without a file.
    pub place: Option<(String, u64, u64)>,
    /// The path of the key, such as `routes[1]`.
    pub path: String,
    /// What is doubtful.
    pub message: String,
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some((file, line, column)) = &self.place {
            write!(f, "{file}:{line}:{column}: ")?;
        }
        write!(f, "`{}`: {}", self.path, self.message)
    }
}

/// Shortest token that does not ask to be guessed.
const SHORT_TOKEN: usize = 16;

pub(crate) fn warnings(config: &Config) -> Vec<Warning> {
    let mut found = Vec::new();
    let mut add = |path: Path, message: String| {
        let place = config.origin.place(&path);
        let place = place.map(|(file, at)| (file.to_owned(), at.line, at.column));
        found.push(Warning {
            place,
            path: path.to_string(),
            message,
        });
    };
    routes(config, &mut add);
    upstreams(config, &mut add);
    for (name, set) in &config.rules {
        rules(name, set, &mut add);
        unsought(config, name, set, &mut add);
        if name != "default" && !config.routes.iter().any(|route| route.rules == *name) {
            add(at!["rules", name], "no route uses this rule set".to_owned());
        }
    }
    if config
        .admin
        .token
        .as_ref()
        .is_some_and(|token| token.expose().len() < SHORT_TOKEN)
    {
        add(
            at!["admin", "token"],
            format!("shorter than {SHORT_TOKEN} characters: it can be guessed"),
        );
    }
    if config.logging.prompts {
        add(
            at!["logging", "prompts"],
            "the text of prompts is written to the log".to_owned(),
        );
    }
    found
}

fn routes(config: &Config, add: &mut impl FnMut(Path, String)) {
    for (n, route) in config.routes.iter().enumerate() {
        let earlier = config.routes.iter().take(n);
        let mut covering = earlier.filter(|e| e.host.covers(&route.host) && e.path.covers(&route.path));
        if let Some(cover) = covering.next() {
            add(
                at!["routes", n],
                format!("can never match: `{}` takes all of it before", cover.name),
            );
        }
        let set = config.rules.get(&route.rules);
        if route.scan == Scan::Never && route.rules != "default" && set.is_some_and(reads_scores) {
            add(
                at!["routes", n, "scan"],
                format!(
                    "the rules of `{}` read scores, which `scan: never` leaves at 0",
                    route.rules
                ),
            );
        }
    }
}

/// Whether a rule set has a condition on what a scan finds.
fn reads_scores(set: &RuleSet) -> bool {
    const SCORES: [&str; 4] = ["injection", "toxic", "pii", "signatures"];
    set.list
        .iter()
        .any(|rule| SCORES.iter().any(|score| rule.when.reads(score)))
}

fn upstreams(config: &Config, add: &mut impl FnMut(Path, String)) {
    for (name, upstream) in &config.upstreams {
        if !config.routes.iter().any(|route| route.upstream == *name) {
            add(
                at!["upstreams", name],
                "no route leads to this upstream".to_owned(),
            );
        }
        let clear = upstream.url.scheme() == Scheme::Http;
        let loopback = upstream.url.is_loopback();
        if clear && !loopback && !upstream.headers.is_empty() {
            add(
                at!["upstreams", name, "url"],
                "its headers cross the network in the clear".to_owned(),
            );
        }
        if clear && upstream.tls != Default::default() {
            add(
                at!["upstreams", name, "tls"],
                "has no meaning for an `http` URL".to_owned(),
            );
        }
        if !clear && !upstream.tls.verify {
            add(
                at!["upstreams", name, "tls", "verify"],
                "anyone can pose as this upstream".to_owned(),
            );
        }
    }
}

/// Categories that a rule redacts and that nothing looks for.
fn unsought(config: &Config, name: &str, set: &RuleSet, add: &mut impl FnMut(Path, String)) {
    for (n, rule) in set.list.iter().enumerate() {
        for (m, category) in rule.categories.iter().enumerate() {
            if !config.scanner.pii.looks_for(category) {
                add(
                    at!["rules", name, "list", n, "categories", m],
                    format!("`{category}` is not looked for: `scanner.pii.categories` leaves it out"),
                );
            }
        }
    }
}

fn rules(name: &str, set: &RuleSet, add: &mut impl FnMut(Path, String)) {
    let last = |rule: &&crate::Rule| {
        let ends = matches!(rule.action, Action::Allow | Action::Block);
        ends && rule.mode == Mode::Enforce && rule.when.is_always()
    };
    if let Some(n) = set.list.iter().position(|rule| last(&rule))
        && let (Some(end), Some(_)) = (set.list.get(n), set.list.get(n + 1))
    {
        let message = format!("is never reached: `{}` before it always applies", end.name);
        add(at!["rules", name, "list", n + 1], message);
    }
}
