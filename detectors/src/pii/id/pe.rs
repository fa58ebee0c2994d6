//! Peru.

use crate::pii::category::{Category, How, Written, only_named};
use crate::pii::checks::{digit, weighted};

pub(in crate::pii) const CATEGORIES: &[Category] = &[Category {
    name: "PE_RUC",
    title: "Taxpayer number (RUC)",
    source: "SUNAT: kind of taxpayer, eight digits, check digit modulo 11",
    example: "20512333797",
    words: &["ruc", "registro único", "registro unico"],
    how: How::Forms(&[only_named(r"(?:1[0567]|20)\d{9}", check, 1.0)]),
}];

fn check(it: &Written<'_>) -> bool {
    let rest = weighted(it.id, &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11;
    (11 - rest) % 10 == digit(it.id, 10)
}
