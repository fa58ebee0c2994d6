//! China.

use crate::pii::category::{Category, How, Written, form};
use crate::pii::checks::{is_date, mod11_2, number};

pub(in crate::pii) const CATEGORIES: &[Category] = &[Category {
    name: "CN_RIC",
    title: "Resident identity card number",
    source: "GB 11643-1999: region, date of birth, serial, check character by ISO 7064 mod 11-2",
    example: "360426199101010071",
    words: &[
        "身份证",
        "身份証",
        "公民身份号码",
        "resident identity",
        "id card",
        "identity card",
    ],
    how: How::Forms(&[form(r"[1-8]\d{5}(?:19|20)\d{9}[0-9X]", check, 0.9, 1.0)]),
}];

fn check(it: &Written<'_>) -> bool {
    let province = number(it.id, 0..2);
    let is_born = number(it.id, 10..12)
        .zip(number(it.id, 12..14))
        .is_some_and(|(month, day)| is_date(number(it.id, 6..10), month, day));
    let is_known = matches!(
        province,
        Some(11..=15 | 21..=23 | 31..=37 | 41..=46 | 50..=54 | 61..=65 | 71 | 81..=83)
    );
    is_known && is_born && mod11_2(it.id)
}
