//! Which personal data is looked for, and what of it is allowed.

use super::Findings;
use super::rules::unknown_category;
use crate::pii::allow_fault;
use crate::yaml::at;
use crate::{Config, PII_CATEGORIES};

pub(super) fn check(config: &Config, findings: &mut Findings<'_>) {
    let pii = &config.scanner.pii;
    for (n, category) in pii.categories.iter().flatten().enumerate() {
        if !PII_CATEGORIES.contains(&category.as_str()) {
            unknown_category(category, at!["scanner", "pii", "categories", n], findings);
        }
    }
    for (n, entry) in pii.allow.iter().enumerate() {
        if let Some(fault) = allow_fault(entry) {
            findings.add(at!["scanner", "pii", "allow", n], fault);
        }
    }
}
