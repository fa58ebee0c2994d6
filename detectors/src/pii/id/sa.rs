//! Saudi Arabia.

use crate::pii::category::{Category, How, Written, only_named};
use crate::pii::checks::luhn;

pub(in crate::pii) const CATEGORIES: &[Category] = &[Category {
    name: "SA_NATIONAL_ID",
    title: "National identity and iqama number",
    source: "Ministry of Interior: 1 for citizens or 2 for residents, nine digits, Luhn",
    example: "1034567899",
    words: &[
        "national id",
        "iqama",
        "هوية",
        "الهوية الوطنية",
        "رقم الهوية",
        "إقامة",
        "الإقامة",
    ],
    how: How::Forms(&[only_named(r"[12]\d{9}", check, 1.0)]),
}];

fn check(it: &Written<'_>) -> bool {
    luhn(it.id)
}
