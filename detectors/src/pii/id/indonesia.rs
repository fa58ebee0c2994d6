//! Indonesia.

use crate::pii::category::{Category, How, Written, only_named};
use crate::pii::checks::{is_date, number};

pub(in crate::pii) const CATEGORIES: &[Category] = &[Category {
    name: "ID_NIK",
    title: "Population number (NIK)",
    source: "UU 24/2013: province, regency, district, date of birth with 40 added to the day for women, serial",
    example: "3171011708450001",
    words: &["nik", "ktp", "nomor induk kependudukan", "no ktp", "no. ktp"],
    how: How::Forms(&[only_named(r"[1-9]\d{15}", check, 0.9)]),
}];

fn check(it: &Written<'_>) -> bool {
    let is_born = number(it.id, 8..10)
        .zip(number(it.id, 6..8))
        .is_some_and(|(month, day)| is_date(None, month, if day > 40 { day - 40 } else { day }));
    let province = number(it.id, 0..2);
    let is_known = matches!(
        province,
        Some(11..=19 | 21 | 31..=36 | 51..=53 | 61..=65 | 71..=76 | 81..=82 | 91..=97)
    );
    is_known && is_born && number(it.id, 12..16) != Some(0)
}
