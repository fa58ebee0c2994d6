//! Personal data with a form: found by its form, kept only if its check digits hold.
//!
//! A linear-time pattern chooses candidates, exact code decides. What stands next to a candidate counts: a
//! number inside a longer number is not a finding.

use std::ops::Range;

use regex::Regex;

use crate::LoadError;

mod card;
mod email;
mod iban;
mod ip;
mod phone;
mod ssn;
mod surroundings;

/// One piece of personal data in a text.
#[derive(Debug, Clone, PartialEq)]
pub struct PiiMatch {
    /// `EMAIL_ADDRESS`, `PHONE_NUMBER`, `CREDIT_CARD`, `IBAN_CODE`, `US_SSN` or `IP_ADDRESS`, as Presidio
    /// names them.
    pub category: &'static str,
    /// Bytes of the text.
    pub span: Range<usize>,
    /// How sure the detector is, 0 to 1.
    pub score: f64,
}

/// The detector of personal data.
#[derive(Debug)]
pub struct Pii {
    matchers: Vec<Matcher>,
}

#[derive(Debug)]
struct Matcher {
    category: &'static str,
    pattern: Regex,
    check: Check,
}

/// Looks at one candidate and pushes what holds: a span and how sure it is.
type Check = fn(text: &str, candidate: Range<usize>, found: &mut Vec<(Range<usize>, f64)>);

/// In the order of precedence: where two overlap, the earlier one is kept. Check digits come first, the loose
/// form of a phone number last.
const CATEGORIES: [(&str, &str, Check); 6] = [
    ("CREDIT_CARD", card::PATTERN, card::check),
    ("IBAN_CODE", iban::PATTERN, iban::check),
    ("EMAIL_ADDRESS", email::PATTERN, email::check),
    ("US_SSN", ssn::PATTERN, ssn::check),
    ("IP_ADDRESS", ip::PATTERN, ip::check),
    ("PHONE_NUMBER", phone::PATTERN, phone::check),
];

impl Pii {
    /// Compiles the patterns.
    ///
    /// # Errors
    /// When a pattern does not compile, which is a fault of this crate.
    pub fn new() -> Result<Self, LoadError> {
        let mut matchers = Vec::new();
        for (category, pattern, check) in CATEGORIES {
            let pattern = Regex::new(pattern).map_err(|error| LoadError::Pattern {
                name: category.to_owned(),
                reason: error.to_string(),
            })?;
            matchers.push(Matcher {
                category,
                pattern,
                check,
            });
        }
        Ok(Self { matchers })
    }

    /// Finds personal data in a text; matches are sorted and do not overlap.
    #[must_use]
    pub fn find(&self, text: &str) -> Vec<PiiMatch> {
        let mut kept: Vec<PiiMatch> = Vec::new();
        let mut found = Vec::new();
        for matcher in &self.matchers {
            for candidate in matcher.pattern.find_iter(text) {
                (matcher.check)(text, candidate.range(), &mut found);
            }
            // `kept` is sorted and free of overlaps, so one look to either side is enough.
            found.retain(|(span, _)| {
                let next = kept.partition_point(|other| other.span.end <= span.start);
                kept.get(next).is_none_or(|other| other.span.start >= span.end)
            });
            let category = matcher.category;
            kept.extend(found.drain(..).map(|(span, score)| PiiMatch {
                category,
                span,
                score,
            }));
            kept.sort_by_key(|other| other.span.start);
        }
        kept
    }
}

#[cfg(test)]
mod tests;
