//! What the detectors that go by form say of one text, in all of its views.

use std::collections::BTreeSet;
use std::ops::Range;

use super::Needs;
use crate::signatures::Tally;
use crate::{Disguise, Finding, LoadError, OwnSignatures, Pii, PiiMatch, PiiOptions, Signatures, Views};

/// The detectors that go by form.
#[derive(Debug)]
pub(super) struct Detectors {
    pii: Pii,
    signatures: Signatures,
    views: Views,
}

/// What they say of one text.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// By position.
    pub(super) findings: Vec<Finding>,
    /// The injection score, 0 to 1.
    pub(super) injection: f64,
}

impl Detectors {
    pub(super) fn new(pii: &PiiOptions, own: &OwnSignatures) -> Result<Self, LoadError> {
        let signatures = Signatures::with(own)?;
        Ok(Self {
            pii: Pii::with(pii)?,
            views: Views::new(signatures.words())?,
            signatures,
        })
    }

    /// Scans the text of the segment with this index. Takes time in proportion to the text.
    pub(super) fn scan(&self, text: &str, segment: usize, needs: Needs) -> Found {
        let plain = if needs.pii {
            self.pii.find(text)
        } else {
            Vec::new()
        };
        let mut findings: Vec<Finding> = plain
            .iter()
            .map(|found| of_pii(found, found.span.clone(), segment, &[]))
            .collect();
        let mut tally = Tally::default();
        let mut known = BTreeSet::new();
        for view in self.views.of(text) {
            if needs.signatures {
                self.signatures.find_in(&view, &mut tally);
            }
            if !needs.pii || !view.has_new_form() {
                continue;
            }
            for found in self.pii.find(view.text()) {
                let Some(origin) = view.new_origin(&found.span) else {
                    continue;
                };
                let is_new = known.insert((found.category, origin.span.start, origin.span.end));
                if is_new && !is_covered(&plain, found.category, &origin.span) {
                    findings.push(of_pii(&found, origin.span, segment, &origin.disguises));
                }
            }
        }
        let signs = tally.into_signs();
        findings.extend(signs.matches.into_iter().map(|found| Finding {
            detector: Finding::SIGNATURE,
            category: found.category.to_owned(),
            score: found.weight,
            segment,
            span: Some(found.span),
            id: Some(found.id),
            disguise: named(&found.disguises),
        }));
        findings.sort_by_key(|finding| finding.span.as_ref().map(|span| span.start));
        Found {
            findings,
            injection: signs.score,
        }
    }
}

fn of_pii(found: &PiiMatch, span: Range<usize>, segment: usize, disguises: &[Disguise]) -> Finding {
    Finding {
        detector: Finding::PII,
        category: found.category.to_owned(),
        score: found.score,
        segment,
        span: Some(span),
        id: None,
        disguise: named(disguises),
    }
}

/// Whether the text shows the same thing there without any disguise taken off. Plain matches are sorted and do
/// not overlap.
fn is_covered(plain: &[PiiMatch], category: &str, span: &Range<usize>) -> bool {
    let next = plain.partition_point(|found| found.span.end < span.end);
    plain
        .get(next)
        .is_some_and(|found| found.category == category && found.span.start <= span.start)
}

fn named(disguises: &[Disguise]) -> Option<String> {
    let names: Vec<_> = disguises.iter().map(|disguise| disguise.name()).collect();
    Some(names.join(">")).filter(|names| !names.is_empty())
}
