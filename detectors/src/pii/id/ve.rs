//! Venezuela.

use crate::pii::category::{Category, How, Written, form, only_named};
use crate::pii::checks::{digit, weighted};

pub(in crate::pii) const CATEGORIES: &[Category] = &[Category {
    name: "VE_RIF",
    title: "Tax number (RIF)",
    source: "SENIAT: kind of person, eight digits, check digit modulo 11",
    example: "V-11470283-4",
    words: &[
        "rif",
        "registro de información fiscal",
        "registro de informacion fiscal",
    ],
    how: How::Forms(&[
        form(r"[VEJPG]-\d{8}-\d", check, 0.85, 1.0),
        only_named(r"[VEJPG]-?\d{8}-?\d", check, 1.0),
    ]),
}];

fn check(it: &Written<'_>) -> bool {
    let letter = match it.id.first() {
        Some(b'V') => 4,
        Some(b'E') => 8,
        Some(b'J') => 12,
        Some(b'P') => 16,
        _ => 20,
    };
    let digits = it.id.get(1..).unwrap_or_default();
    let rest = (letter + weighted(digits, &[3, 2, 7, 6, 5, 4, 3, 2])) % 11;
    digit(digits, 8) == if rest < 2 { 0 } else { 11 - rest }
}
