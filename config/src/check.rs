//! What the types alone cannot say: names that must exist, numbers that must fit together.

mod names;
mod numbers;
mod pii;
mod rules;
mod sockets;
mod upstreams;

use std::collections::BTreeMap;

use crate::Config;
use crate::yaml::{Fault, Node, Path};

/// All mistakes of a configuration that could be read.
pub(crate) fn check(config: &Config, tree: &Node, templates: &BTreeMap<Path, String>) -> Vec<Fault> {
    let mut findings = Findings {
        tree,
        templates,
        faults: Vec::new(),
    };
    sockets::check(config, &mut findings);
    upstreams::check(config, &mut findings);
    names::check(config, &mut findings);
    rules::check(config, &mut findings);
    pii::check(config, &mut findings);
    numbers::check(config, &mut findings);
    findings.faults
}

/// The mistakes found so far, and the tree that knows where they are.
struct Findings<'a> {
    tree: &'a Node,
    templates: &'a BTreeMap<Path, String>,
    faults: Vec<Fault>,
}

impl Findings<'_> {
    /// A text as it may be shown: as it was written, where it came from the environment.
    fn shown<'a>(&'a self, path: &Path, value: &'a str) -> &'a str {
        self.templates.get(path).map_or(value, String::as_str)
    }

    /// Notes a mistake in the value of a path.
    fn add(&mut self, path: Path, message: impl Into<String>) {
        self.faults
            .push(Fault::new(self.tree.position(&path), path, message));
    }

    /// Notes a mistake if something is so.
    fn add_if(&mut self, wrong: bool, path: Path, message: impl Into<String>) {
        if wrong {
            self.add(path, message);
        }
    }
}
