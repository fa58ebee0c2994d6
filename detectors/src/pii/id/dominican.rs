//! The Dominican Republic.

use crate::pii::category::{Category, How, Written, form, only_named};
use crate::pii::checks::{is_one_digit, luhn};

pub(in crate::pii) const CATEGORIES: &[Category] = &[Category {
    name: "DO_CEDULA",
    title: "Identity number (cédula)",
    source: "Junta Central Electoral: eleven digits, Luhn",
    example: "224-0002211-1",
    words: &["cédula", "cedula"],
    how: How::Forms(&[
        form(r"\d{3}-\d{7}-\d", check, 0.7, 1.0),
        only_named(r"\d{11}", check, 1.0),
    ]),
}];

fn check(it: &Written<'_>) -> bool {
    luhn(it.id) && !is_one_digit(it.id)
}
