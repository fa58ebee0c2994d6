//! The Netherlands.

use crate::pii::category::{Category, How, Written, only_named};
use crate::pii::checks::{digit, is_one_digit, weighted};

pub(in crate::pii) const CATEGORIES: &[Category] = &[Category {
    name: "NL_BSN",
    title: "Citizen service number (burgerservicenummer)",
    source: "Rijksdienst voor Identiteitsgegevens: weights 9 to 2 and -1, modulo 11",
    example: "111222333",
    words: &[
        "bsn",
        "burgerservicenummer",
        "burger service nummer",
        "sofinummer",
        "sofi-nummer",
        "citizen service number",
    ],
    how: How::Forms(&[only_named(r"\d{4}\.?\d{2}\.?\d{3}|\d{3} \d{3} \d{3}", check, 1.0)]),
}];

fn check(it: &Written<'_>) -> bool {
    let sum = weighted(it.id, &[9, 8, 7, 6, 5, 4, 3, 2]);
    sum % 11 == digit(it.id, 8) && !is_one_digit(it.id)
}
