//! The table of all categories.

use super::category::{Category, How};
use super::{NOISY, general, id, secret};

/// One category of personal data or secrets, for those who list them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PiiCategory {
    /// As Presidio names it, where Presidio has it.
    pub name: &'static str,
    /// What it is.
    pub title: &'static str,
    /// Who defines its form and its check digits.
    pub source: &'static str,
    /// An example whose check digits hold.
    pub example: &'static str,
    /// Looked for unless the owner says otherwise.
    pub default: bool,
    /// Found only next to a word that says what it is.
    pub needs_word: bool,
}

/// All rows, in the order in which they are preferred where everything else is equal.
pub(super) fn all() -> impl Iterator<Item = &'static Category> {
    [general::ALL, secret::ALL, id::ALL]
        .into_iter()
        .flatten()
        .copied()
        .flatten()
}

/// All categories that can be found by their form, sorted by name.
#[must_use]
pub fn pii_categories() -> Vec<PiiCategory> {
    let mut rows: Vec<_> = all()
        .map(|category| PiiCategory {
            name: category.name,
            title: category.title,
            source: category.source,
            example: category.example,
            default: !NOISY.contains(&category.name),
            needs_word: match &category.how {
                How::Forms(forms) => forms.iter().all(|form| form.alone == 0.0),
                How::Tokens(_) => false,
                How::Own(own) => own.needs_word(),
            },
        })
        .collect();
    rows.sort_by_key(|row| row.name);
    rows
}
