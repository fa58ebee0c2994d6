//! Personal data and secrets with a form: found by their form, kept only if their check digits hold.
//!
//! [`table`] lists every category as a row of data. One pass goes from byte to byte that something can begin at;
//! patterns in merged automata of linear time choose candidates, exact code decides, and words beside a candidate
//! raise or lower its score. A number that has no check digits to speak of is a finding only next to a telling word.
//! Nothing is compiled once the detector is made.
//!
//! What needs an understanding of the text (names, places, nationalities, religion) is left to the model.

use std::ops::Range;

use aho_corasick::AhoCorasick;

use crate::LoadError;

mod allow;
mod automaton;
mod category;
mod checks;
mod context;
mod general;
mod id;
mod overlap;
mod scan;
mod secret;
mod surroundings;
mod table;
mod triggers;

use automaton::Automaton;
use category::{Category, Form, How, Own, Token};
use context::Words;

pub use allow::AllowError;
pub use table::{PiiCategory, pii_categories};

/// Categories that are not looked for unless the owner asks: nearly every text has them, and hardly any of it is
/// about a person.
const NOISY: [&str; 2] = ["DATE_TIME", "URL"];

/// One piece of personal data in a text.
#[derive(Debug, Clone, PartialEq)]
pub struct PiiMatch {
    /// What it is, as Presidio names it: one of [`pii_categories`].
    pub category: &'static str,
    /// Bytes of the text.
    pub span: Range<usize>,
    /// How sure the detector is, 0 to 1.
    pub score: f64,
}

/// What to look for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PiiOptions {
    /// The categories to look for; all but `DATE_TIME` and `URL` when absent.
    pub categories: Option<Vec<String>>,
    /// What is not reported: values (numbers however they are grouped), hosts with all below them (`*.example.com`,
    /// for addresses of mail and pages) and networks (`10.0.0.0/8`).
    pub allow: Vec<String>,
}

/// The detector of personal data.
#[derive(Debug)]
pub struct Pii {
    categories: Vec<&'static Category>,
    forms: Automaton,
    /// Whose each pattern is, and whether it is a finding only next to a word.
    forms_of: Vec<(u16, bool, &'static Form)>,
    dates: Option<Dates>,
    tokens: Option<Tokens>,
    phone: Option<(u16, general::Phone)>,
    owns: Vec<(Own, u16)>,
    words: Words,
    allow: allow::Allow,
}

/// Dates in all their forms.
#[derive(Debug)]
struct Dates {
    automaton: Automaton,
    forms: Vec<general::DateForm>,
}

/// Secrets that are known by how they begin.
#[derive(Debug)]
struct Tokens {
    prefixes: AhoCorasick,
    of_prefix: Vec<Beginning>,
    automaton: Automaton,
    tokens: Vec<(u16, &'static Token)>,
}

/// What a beginning is the beginning of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Beginning {
    /// A secret.
    Token,
    /// A word before the code of a bank, which has no form that would stand out.
    Bic,
    /// Words before a password that no sign assigns.
    Password,
}

/// Words that make known what stands behind them, as they are written.
const BEFORE: [(&str, Beginning, Own); 8] = [
    ("SWIFT", Beginning::Bic, Own::Bic),
    ("Swift", Beginning::Bic, Own::Bic),
    ("swift", Beginning::Bic, Own::Bic),
    ("BIC", Beginning::Bic, Own::Bic),
    ("Bic", Beginning::Bic, Own::Bic),
    ("bic", Beginning::Bic, Own::Bic),
    ("IDENTIFIED BY", Beginning::Password, Own::Password),
    ("identified by", Beginning::Password, Own::Password),
];

impl Pii {
    /// The detector with all categories but the noisy ones, and nothing allowed.
    ///
    /// # Errors
    /// When a pattern does not compile, which is a fault of this crate.
    pub fn new() -> Result<Self, LoadError> {
        Self::with(&PiiOptions::default())
    }

    /// The detector for these options. Names of categories that do not exist are passed over.
    ///
    /// # Errors
    /// When an entry of the allow list says nothing, or a pattern does not compile, which is a fault of this crate.
    pub fn with(options: &PiiOptions) -> Result<Self, LoadError> {
        let wanted = |name: &str| match &options.categories {
            Some(categories) => categories.iter().any(|category| category == name),
            None => !NOISY.contains(&name),
        };
        let categories: Vec<_> = table::all().filter(|category| wanted(category.name)).collect();
        let numbered = || (0u16..).zip(categories.iter().copied());

        let mut forms_of = Vec::new();
        let mut tokens = Vec::new();
        let mut owns = Vec::new();
        for (number, category) in numbered() {
            match &category.how {
                How::Forms(forms) => {
                    forms_of.extend(forms.iter().map(|form| (number, form.alone == 0.0, form)));
                }
                How::Tokens(all) => tokens.extend(all.iter().map(|token| (number, token))),
                How::Own(own) => owns.push((*own, number)),
            }
        }
        let own = |own: Own| {
            owns.iter()
                .find(|(known, _)| *known == own)
                .map(|(_, number)| *number)
        };
        let patterns: Vec<_> = forms_of.iter().map(|(.., form)| form.pattern).collect();
        let has_dates = own(Own::DateTime).or(own(Own::DateOfBirth)).is_some();
        let phone = match own(Own::Phone) {
            Some(number) => Some((number, general::Phone::new()?)),
            None => None,
        };
        Ok(Self {
            forms: Automaton::new("identifiers", &patterns)?,
            dates: has_dates.then(Dates::new).transpose()?,
            tokens: Tokens::new(tokens, |word| own(word).is_some())?,
            words: Words::new(&categories)?,
            allow: allow::Allow::new(&options.allow)?,
            phone,
            categories,
            forms_of,
            owns,
        })
    }

    /// Finds personal data in a text. Matches are sorted by where they begin; they do not overlap, but for an address
    /// (`URL`), which is told beside what lies in it.
    ///
    /// What is found in a place depends only on the text within [`Self::REACH`] bytes of it.
    #[must_use]
    pub fn find(&self, text: &str) -> Vec<PiiMatch> {
        let found = scan::Scan::new(self, text).run();
        let url = self.own(Own::Url);
        let mut kept = overlap::settle(found, |category| Some(category) == url);
        kept.retain(|candidate| {
            !self
                .allow
                .has(text.get(candidate.span.clone()).unwrap_or_default())
        });
        let found = kept.into_iter().filter_map(|candidate| {
            let category = self.categories.get(usize::from(candidate.category))?;
            Some(PiiMatch {
                category: category.name,
                span: candidate.span,
                score: candidate.score,
            })
        });
        found.collect()
    }

    /// Bytes before and behind a place that what is found there can depend on: the longest secret, and a few lengths
    /// of others that overlap it.
    pub const REACH: usize = 64 << 10;

    fn own(&self, own: Own) -> Option<u16> {
        self.owns
            .iter()
            .find(|(known, _)| *known == own)
            .map(|(_, number)| *number)
    }

    /// Small letters are as good as capitals.
    fn is_any_case(&self, category: u16) -> bool {
        let category = self.categories.get(usize::from(category));
        category.is_some_and(|category| matches!(category.name, "MAC_ADDRESS" | "TWILIO_KEY"))
    }
}

impl Dates {
    fn new() -> Result<Self, LoadError> {
        let forms = general::date_forms();
        let patterns: Vec<_> = forms.iter().map(|form| form.pattern.as_str()).collect();
        Ok(Self {
            automaton: Automaton::new("dates", &patterns)?,
            forms,
        })
    }
}

impl Tokens {
    fn new(
        tokens: Vec<(u16, &'static Token)>,
        wanted: impl Fn(Own) -> bool,
    ) -> Result<Option<Self>, LoadError> {
        let mut prefixes: Vec<_> = tokens
            .iter()
            .map(|(_, token)| (token.prefix, Beginning::Token))
            .collect();
        prefixes.sort_unstable_by_key(|(prefix, _)| *prefix);
        prefixes.dedup();
        prefixes.extend(
            BEFORE
                .iter()
                .filter(|(.., own)| wanted(*own))
                .map(|(word, beginning, _)| (*word, *beginning)),
        );
        if prefixes.is_empty() {
            return Ok(None);
        }
        let of_prefix = prefixes.iter().map(|(_, beginning)| *beginning).collect();
        let failed = |reason: String| LoadError::Pattern {
            name: "prefixes of secrets".to_owned(),
            reason,
        };
        let prefixes = AhoCorasick::builder()
            .match_kind(aho_corasick::MatchKind::LeftmostFirst)
            .build(prefixes.iter().map(|(prefix, _)| prefix))
            .map_err(|error| failed(error.to_string()))?;
        let patterns: Vec<_> = tokens.iter().map(|(_, token)| token.pattern).collect();
        Ok(Some(Self {
            prefixes,
            of_prefix,
            automaton: Automaton::new("secrets", &patterns)?,
            tokens,
        }))
    }
}

#[cfg(test)]
mod tests;
