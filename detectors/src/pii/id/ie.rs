//! Ireland.

use crate::pii::category::{Category, How, Written, form};
use crate::pii::checks::{value, weighted};

pub(in crate::pii) const CATEGORIES: &[Category] = &[Category {
    name: "IE_PPS",
    title: "Personal public service number",
    source: "Department of Social Protection: seven digits, check letter modulo 23, from 2013 on a second letter",
    example: "6433435F",
    words: &["pps", "ppsn", "pps number", "pps no", "personal public service"],
    how: How::Forms(&[form(r"\d{7}[A-W][A-IWT]?", check, 0.6, 1.0)]),
}];

fn check(it: &Written<'_>) -> bool {
    // T and W marked a family member before 2013 and count nothing.
    let second = match it.id.get(8) {
        Some(b'W' | b'T') | None => 0,
        Some(letter) => value(*letter) - 9,
    };
    let rest = (weighted(it.id, &[8, 7, 6, 5, 4, 3, 2]) + second * 9) % 23;
    b"WABCDEFGHIJKLMNOPQRSTUV".get(rest as usize) == it.id.get(7)
}
