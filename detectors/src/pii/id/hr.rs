//! Croatia.

use crate::pii::category::{Category, How, Written, form, only_named};
use crate::pii::checks::mod11_10;

pub(in crate::pii) const CATEGORIES: &[Category] = &[Category {
    name: "HR_OIB",
    title: "Personal identification number (OIB)",
    source: "Zakon o osobnom identifikacijskom broju: ten digits, check digit by ISO 7064 mod 11,10",
    example: "33392005961",
    words: &[
        "oib",
        "osobni identifikacijski broj",
        "personal identification number",
    ],
    how: How::Forms(&[
        form(r"HR ?\d{11}", check, 0.85, 1.0),
        only_named(r"\d{11}", check, 1.0),
    ]),
}];

fn check(it: &Written<'_>) -> bool {
    mod11_10(it.id.strip_prefix(b"HR").unwrap_or(it.id))
}
