//! United Arab Emirates.

use crate::pii::category::{Category, How, Written, form};
use crate::pii::checks::luhn;

pub(in crate::pii) const CATEGORIES: &[Category] = &[Category {
    name: "AE_EMIRATES_ID",
    title: "Emirates ID number",
    source: "Federal Authority for Identity and Citizenship: country code 784, year of birth, serial, Luhn",
    example: "784-1980-1234567-8",
    words: &["emirates id", "eid", "uae id", "رقم الهوية", "الهوية الإماراتية"],
    how: How::Forms(&[form(r"784-?(?:19|20)\d{2}-?\d{7}-?\d", check, 0.9, 1.0)]),
}];

fn check(it: &Written<'_>) -> bool {
    luhn(it.id)
}
