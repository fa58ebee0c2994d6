//! Thailand.

use crate::pii::category::{Category, How, Written, form, only_named};
use crate::pii::checks::{digit, is_one_digit, weighted};

pub(in crate::pii) const CATEGORIES: &[Category] = &[Category {
    name: "TH_TNIN",
    title: "National identity number",
    source: "Department of Provincial Administration: kind of person, place, serial, check digit modulo 11",
    example: "1-2345-45678-78-1",
    words: &[
        "เลขประจำตัวประชาชน",
        "บัตรประชาชน",
        "เลขบัตร",
        "thai id",
        "national id",
    ],
    how: How::Forms(&[
        form(r"[1-8][- ]\d{4}[- ]\d{5}[- ]\d{2}[- ]\d", check, 0.9, 1.0),
        only_named(r"[1-8]\d{12}", check, 1.0),
    ]),
}];

fn check(it: &Written<'_>) -> bool {
    let sum = weighted(it.id, &[13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2]);
    (11 - sum % 11) % 10 == digit(it.id, 12) && !is_one_digit(it.id)
}
