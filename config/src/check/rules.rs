//! Rules.

use std::collections::BTreeSet;

use super::{Findings, names};
use crate::nearest::hint;
use crate::yaml::at;
use crate::{Action, Config, PII_CATEGORIES};

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
            for (m, category) in rule.categories.iter().enumerate() {
                if PII_CATEGORIES.contains(&category.as_str()) {
                    continue;
                }
                let place = at!["rules", set, "list", n, "categories", m];
                let shown = findings.shown(&place, category);
                let message = format!(
                    "there is no category `{shown}`{}",
                    hint(category, &PII_CATEGORIES, "")
                );
                findings.add(place, message);
            }
        }
    }
}
