//! Canada.

use crate::pii::category::{Category, How, Written, form, only_named};
use crate::pii::checks::{digit, luhn};

pub(in crate::pii) const CATEGORIES: &[Category] = &[Category {
    name: "CA_SIN",
    title: "Social insurance number",
    source: "Employment and Social Development Canada: nine digits, Luhn; 0 and 8 in front are not issued",
    example: "123-456-782",
    words: &["sin", "social insurance", "nas", "assurance sociale"],
    how: How::Forms(&[
        form(r"\d{3}-\d{3}-\d{3}", check, 0.5, 1.0),
        only_named(r"\d{3} ?\d{3} ?\d{3}", check, 1.0),
    ]),
}];

fn check(it: &Written<'_>) -> bool {
    luhn(it.id) && !matches!(digit(it.id, 0), 0 | 8)
}
