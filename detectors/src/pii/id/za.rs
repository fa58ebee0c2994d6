//! South Africa.

use crate::pii::category::{Category, How, Written, form};
use crate::pii::checks::{is_yymmdd, luhn};

pub(in crate::pii) const CATEGORIES: &[Category] = &[Category {
    name: "ZA_ID_NUMBER",
    title: "Identity number",
    source: "Identification Act 68 of 1997: date of birth, sex, citizenship 0 to 2, Luhn",
    example: "7503305044089",
    words: &[
        "id number",
        "identity number",
        "sa id",
        "id no",
        "south african id",
    ],
    how: How::Forms(&[form(r"\d{6} ?\d{4} ?[012]\d ?\d", check, 0.5, 1.0)]),
}];

fn check(it: &Written<'_>) -> bool {
    is_yymmdd(it.id, 0) && luhn(it.id)
}
