//! Ecuador.

use crate::pii::category::{Category, How, Written, form, only_named};
use crate::pii::checks::{digit, luhn, number};

pub(in crate::pii) const CATEGORIES: &[Category] = &[Category {
    name: "EC_CI",
    title: "Identity number (cédula de identidad)",
    source: "Registro Civil: province 01 to 24 or 30, third digit below 6, Luhn",
    example: "171430710-3",
    words: &["cédula", "cedula", "cédula de identidad"],
    how: How::Forms(&[
        form(r"\d{9}-\d", check, 0.5, 1.0),
        only_named(r"\d{10}", check, 1.0),
    ]),
}];

fn check(it: &Written<'_>) -> bool {
    matches!(number(it.id, 0..2), Some(1..=24 | 30)) && digit(it.id, 2) < 6 && luhn(it.id)
}
