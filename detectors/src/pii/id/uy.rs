//! Uruguay.

use crate::pii::category::{Category, How, Written, form, only_named};
use crate::pii::checks::{digit, is_one_digit, weighted};

pub(in crate::pii) const CATEGORIES: &[Category] = &[Category {
    name: "UY_CI",
    title: "Identity number (cédula de identidad)",
    source: "Dirección Nacional de Identificación Civil: seven digits, check digit modulo 10",
    example: "1.234.567-2",
    words: &["cédula", "cedula", "cédula de identidad", "ci"],
    how: How::Forms(&[
        form(r"\d\.\d{3}\.\d{3}-\d", check, 0.8, 1.0),
        only_named(r"\d{7}-?\d", check, 1.0),
    ]),
}];

fn check(it: &Written<'_>) -> bool {
    let sum = weighted(it.id, &[2, 9, 8, 7, 6, 3, 4]);
    (10 - sum % 10) % 10 == digit(it.id, 7) && !is_one_digit(it.id)
}
