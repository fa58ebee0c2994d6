//! Bulgaria.

use crate::pii::category::{Category, How, Written, only_named};
use crate::pii::checks::{digit, is_date, number, weighted};

pub(in crate::pii) const CATEGORIES: &[Category] = &[Category {
    name: "BG_EGN",
    title: "Uniform civil number (ЕГН)",
    source: "GRAO: date of birth, month plus 20 or 40 by century, check digit modulo 11",
    example: "7523169263",
    words: &["егн", "egn", "единен граждански номер", "uniform civil number"],
    how: How::Forms(&[only_named(r"\d{10}", check, 1.0)]),
}];

fn check(it: &Written<'_>) -> bool {
    let is_born = number(it.id, 2..4)
        .zip(number(it.id, 4..6))
        .is_some_and(|(month, day)| month < 53 && is_date(None, month % 20, day));
    is_born && weighted(it.id, &[2, 4, 8, 5, 10, 9, 7, 3, 6]) % 11 % 10 == digit(it.id, 9)
}
