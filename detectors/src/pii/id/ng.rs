//! Nigeria.

use crate::pii::category::{Category, How, Written, only_named};
use crate::pii::checks::{is_one_digit, verhoeff};

pub(in crate::pii) const CATEGORIES: &[Category] = &[Category {
    name: "NG_NIN",
    title: "National identification number",
    source: "NIMC: eleven digits, scheme of Verhoeff",
    example: "12345678902",
    words: &[
        "nin",
        "nimc",
        "national identification number",
        "national identity number",
    ],
    how: How::Forms(&[only_named(r"\d{11}", check, 1.0)]),
}];

fn check(it: &Written<'_>) -> bool {
    verhoeff(it.id) && !is_one_digit(it.id)
}
