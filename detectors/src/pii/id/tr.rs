//! Turkey.

use crate::pii::category::{Category, How, Written, only_named};
use crate::pii::checks::{digit, weighted};

pub(in crate::pii) const CATEGORIES: &[Category] = &[Category {
    name: "TR_NATIONAL_ID",
    title: "Identity number (T.C. kimlik numarası)",
    source: "Nüfus ve Vatandaşlık İşleri: nine digits, the first not 0, two check digits modulo 10",
    example: "17291716060",
    words: &[
        "kimlik",
        "tckn",
        "tc kimlik",
        "t.c. kimlik",
        "tc no",
        "vatandaşlık",
    ],
    how: How::Forms(&[only_named(r"[1-9]\d{10}", check, 1.0)]),
}];

fn check(it: &Written<'_>) -> bool {
    let odd = weighted(it.id, &[1, 0, 1, 0, 1, 0, 1, 0, 1]);
    let even = weighted(it.id, &[0, 1, 0, 1, 0, 1, 0, 1]);
    // 9 is -1 modulo 10, and the sum cannot go below zero so.
    let tenth = (odd * 7 + even * 9) % 10;
    tenth == digit(it.id, 9) && (odd + even + tenth) % 10 == digit(it.id, 10)
}
