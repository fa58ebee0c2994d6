//! Egypt.

use crate::pii::category::{Category, How, Written, only_named};
use crate::pii::checks::{is_yymmdd, number};

pub(in crate::pii) const CATEGORIES: &[Category] = &[Category {
    name: "EG_NATIONAL_ID",
    title: "National number",
    source: "Civil Status Organisation: century, date of birth, governorate, serial; how the last digit is made is not published",
    example: "29001011234567",
    words: &[
        "national id",
        "national number",
        "الرقم القومي",
        "رقم قومي",
        "بطاقة الرقم القومي",
    ],
    how: How::Forms(&[only_named(r"[23]\d{13}", check, 0.9)]),
}];

fn check(it: &Written<'_>) -> bool {
    is_yymmdd(it.id, 1)
        && matches!(
            number(it.id, 7..9),
            Some(1..=4 | 11..=19 | 21..=29 | 31..=35 | 88)
        )
}
