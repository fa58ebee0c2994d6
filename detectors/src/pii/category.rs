//! What a category of personal data is: a row of the table that everything else is made from.

use std::ops::Range;

/// A category of personal data or of secrets.
#[derive(Debug)]
pub(super) struct Category {
    /// As Presidio names it, where Presidio has it.
    pub(super) name: &'static str,
    /// What it is, for the reference page.
    pub(super) title: &'static str,
    /// Who defines the form and the check digits.
    pub(super) source: &'static str,
    /// One example whose check digits hold.
    pub(super) example: &'static str,
    /// Words that say what the number beside them is, in small letters. A `*` at the end stands for any ending; a
    /// space also stands for `_`, `-` and nothing.
    pub(super) words: &'static [&'static str],
    /// How it is found.
    pub(super) how: How,
}

/// How a category is found.
#[derive(Debug)]
pub(super) enum How {
    /// By patterns of the merged automaton, from the beginning of a word with a digit on.
    Forms(&'static [Form]),
    /// By patterns that begin with letters that nothing else begins with.
    Tokens(&'static [Token]),
    /// By code of its own.
    Own(Own),
}

/// One way of writing an identifier.
#[derive(Debug)]
pub(super) struct Form {
    /// A pattern in the syntax of the `regex` crate, over ASCII, in capitals: small letters match as well. It is short
    /// and without open ends.
    pub(super) pattern: &'static str,
    /// Whether what matched can be what it looks like.
    pub(super) check: Check,
    /// The score where no word beside it says what it is; 0 where it then is no finding.
    pub(super) alone: f64,
    /// The score next to a telling word.
    pub(super) named: f64,
}

/// A secret with a beginning of its own.
#[derive(Debug)]
pub(super) struct Token {
    /// What all of them begin with, as it is written.
    pub(super) prefix: &'static str,
    /// The whole of it, prefix included, in the syntax of the `regex` crate.
    pub(super) pattern: &'static str,
    /// Whether what matched can be what it looks like.
    pub(super) check: Check,
    /// The score.
    pub(super) score: f64,
}

/// Looks at a candidate and says whether it can be one.
pub(super) type Check = fn(&Written<'_>) -> bool;

/// A candidate as it stands in the text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Written<'t> {
    /// The whole text.
    pub(super) text: &'t str,
    /// Where in the text it begins.
    pub(super) start: usize,
    /// Where in the text it ends.
    pub(super) end: usize,
    /// Its letters and digits alone, in capitals.
    pub(super) id: &'t [u8],
}

/// Categories with code of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Own {
    ApiKey,
    Bic,
    ConnectionString,
    Crypto,
    DateOfBirth,
    DateTime,
    Email,
    Iban,
    Ip6,
    Password,
    Phone,
    Url,
}

impl Own {
    /// Found only next to a word that says what it is.
    pub(super) fn needs_word(self) -> bool {
        matches!(
            self,
            Self::ApiKey | Self::Bic | Self::DateOfBirth | Self::Password
        )
    }
}

/// A finding before overlaps are settled.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Candidate {
    /// Index in the table of categories.
    pub(super) category: u16,
    pub(super) span: Range<usize>,
    pub(super) score: f64,
    /// Bytes to the nearest telling word; `FAR` without one.
    pub(super) distance: usize,
}

/// No telling word is near.
pub(super) const FAR: usize = usize::MAX;

impl<'t> Written<'t> {
    /// The candidate as it is written.
    pub(super) fn raw(&self) -> &'t str {
        self.text.get(self.start..self.end).unwrap_or_default()
    }
}

/// A form that is found with and without a telling word.
pub(super) const fn form(pattern: &'static str, check: Check, alone: f64, named: f64) -> Form {
    Form {
        pattern,
        check,
        alone,
        named,
    }
}

/// A form that is found only next to a telling word.
pub(super) const fn only_named(pattern: &'static str, check: Check, named: f64) -> Form {
    form(pattern, check, 0.0, named)
}

/// A secret that is known by its beginning.
pub(super) const fn token(prefix: &'static str, pattern: &'static str, score: f64) -> Token {
    Token {
        prefix,
        pattern,
        check: any,
        score,
    }
}

/// The form is all that there is to check.
pub(super) fn any(_: &Written<'_>) -> bool {
    true
}
