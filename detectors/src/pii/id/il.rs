//! Israel.

use crate::pii::category::{Category, How, Written, only_named};
use crate::pii::checks::{is_one_digit, luhn};

pub(in crate::pii) const CATEGORIES: &[Category] = &[Category {
    name: "IL_ID",
    title: "Identity number (mispar zehut)",
    source: "Population and Immigration Authority: nine digits, Luhn",
    example: "039337423",
    words: &[
        "teudat zehut",
        "mispar zehut",
        "תעודת זהות",
        "מספר זהות",
        "ת.ז",
        "ת״ז",
        "israeli id",
        "id number",
    ],
    how: How::Forms(&[only_named(r"\d{8}-?\d", check, 1.0)]),
}];

fn check(it: &Written<'_>) -> bool {
    luhn(it.id) && !is_one_digit(it.id)
}
