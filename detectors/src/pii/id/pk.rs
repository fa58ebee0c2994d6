//! Pakistan.

use crate::pii::category::{Category, How, Written, form, only_named};
use crate::pii::checks::is_one_digit;

pub(in crate::pii) const CATEGORIES: &[Category] = &[Category {
    name: "PK_CNIC",
    title: "Identity card number (CNIC)",
    source: "NADRA: province 1 to 7, place, family number, digit that is odd for men; there is no check digit",
    example: "34201-0891231-8",
    words: &["cnic", "nicop", "nadra", "شناختی کارڈ", "identity card"],
    how: How::Forms(&[
        form(r"[1-7]\d{4}-\d{7}-[1-9]", check, 0.7, 1.0),
        only_named(r"[1-7]\d{11}[1-9]", check, 0.8),
    ]),
}];

fn check(it: &Written<'_>) -> bool {
    !is_one_digit(it.id)
}
