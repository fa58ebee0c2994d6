//! Latvia.

use crate::pii::category::{Category, How, Written, form, only_named};
use crate::pii::checks::{digit, is_ddmmyy, weighted};

pub(in crate::pii) const CATEGORIES: &[Category] = &[Category {
    name: "LV_PK",
    title: "Personal code (personas kods)",
    source: "Iedzīvotāju reģistra likums: date of birth, century, serial, check digit modulo 11; from July 2017 on 32 and nine digits",
    example: "161175-19997",
    words: &[
        "personas kods",
        "personas kodu",
        "p.k",
        "pers. kods",
        "personal code",
    ],
    how: How::Forms(&[
        form(r"\d{6}-[012]\d{4}", check, 0.85, 1.0),
        only_named(r"\d{6}[012]\d{4}", check, 1.0),
        only_named(r"3[2-9]\d{4}-?\d{5}", |_| true, 0.9),
    ]),
}];

fn check(it: &Written<'_>) -> bool {
    let sum = 1 + weighted(it.id, &[10, 5, 8, 4, 2, 1, 6, 3, 7, 9]);
    is_ddmmyy(it.id, 0) && sum % 11 % 10 == digit(it.id, 10)
}
