//! What signatures say of a text, over all of its views.

use std::collections::BTreeMap;

use super::data::Signature;
use super::{MOST, SignatureMatch, Signs};
use crate::views::Origin;
use crate::{Disguise, Finding, views};

/// Matches and weights gathered over the views of one text.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    matches: Vec<SignatureMatch>,
    groups: BTreeMap<String, f64>,
    /// The weight of the disguises that phrases wore.
    disguise: f64,
}

impl Tally {
    /// Adds a match; where the same signature was found in the same place, the earlier match stays.
    pub(super) fn add(&mut self, signature: &Signature, origin: Origin) {
        let is_known = self.matches.iter().rev().any(|found| {
            found.id == signature.id
                && found.span.start < origin.span.end
                && origin.span.start < found.span.end
        });
        if is_known {
            return;
        }
        if signature.category == Finding::INJECTION {
            let group = self.groups.entry(signature.group().to_owned()).or_default();
            *group = group.max(signature.weight);
            self.disguise = self.disguise.max(weight(&origin.disguises));
        }
        if self.matches.len() < MOST {
            self.matches.push(SignatureMatch {
                id: signature.id.clone(),
                span: origin.span,
                category: signature.category,
                weight: signature.weight,
                disguises: origin.disguises,
            });
        }
    }

    pub(crate) fn into_signs(mut self) -> Signs {
        self.matches
            .sort_by_key(|found| (found.span.start, found.span.end));
        let doubt = self.groups.values().map(|weight| 1.0 - weight).product::<f64>();
        Signs {
            matches: self.matches,
            score: 1.0 - doubt * (1.0 - self.disguise),
        }
    }
}

/// How sure it makes us that somebody went to the trouble of hiding a phrase.
fn weight(disguises: &[Disguise]) -> f64 {
    let doubt = disguises.iter().map(|disguise| 1.0 - views::suspicion(*disguise));
    1.0 - doubt.product::<f64>()
}
