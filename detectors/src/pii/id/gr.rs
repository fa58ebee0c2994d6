//! Greece.

use crate::pii::category::{Category, How, Written, only_named};
use crate::pii::checks::{digit, is_ddmmyy, is_one_digit, luhn, weighted};

pub(in crate::pii) const CATEGORIES: &[Category] = &[
    Category {
        name: "GR_AFM",
        title: "Tax number (ΑΦΜ)",
        source: "AADE: eight digits with weights 256 to 2, modulo 11, modulo 10",
        example: "094259216",
        words: &["αφμ", "α.φ.μ", "afm", "tax number", "vat"],
        how: How::Forms(&[only_named(r"\d{9}", afm, 1.0)]),
    },
    Category {
        name: "GR_AMKA",
        title: "Social security number (ΑΜΚΑ)",
        source: "IDIKA: date of birth, serial, Luhn",
        example: "01013099997",
        words: &["αμκα", "α.μ.κ.α", "amka"],
        how: How::Forms(&[only_named(r"\d{11}", amka, 1.0)]),
    },
];

fn afm(it: &Written<'_>) -> bool {
    let sum = weighted(it.id, &[256, 128, 64, 32, 16, 8, 4, 2]);
    sum % 11 % 10 == digit(it.id, 8) && !is_one_digit(it.id)
}

fn amka(it: &Written<'_>) -> bool {
    is_ddmmyy(it.id, 0) && luhn(it.id)
}
