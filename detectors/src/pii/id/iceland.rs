//! Iceland.

use crate::pii::category::{Category, How, Written, form, only_named};
use crate::pii::checks::{digit, is_date, number, weighted};

pub(in crate::pii) const CATEGORIES: &[Category] = &[Category {
    name: "IS_KENNITALA",
    title: "Identity number (kennitala)",
    source: "Þjóðskrá: date of birth, with 40 added to the day for organisations, two digits, check digit modulo 11, century",
    example: "120174-3399",
    words: &["kennitala", "kennitölu", "kt"],
    how: How::Forms(&[
        form(r"\d{6}-\d{3}[890]", check, 0.6, 1.0),
        only_named(r"\d{9}[890]", check, 1.0),
    ]),
}];

fn check(it: &Written<'_>) -> bool {
    let is_born = number(it.id, 2..4)
        .zip(number(it.id, 0..2))
        .is_some_and(|(month, day)| is_date(None, month, if day > 40 { day - 40 } else { day }));
    let rest = (11 - weighted(it.id, &[3, 2, 7, 6, 5, 4, 3, 2]) % 11) % 11;
    is_born && rest == digit(it.id, 8)
}
