//! Japan.

use crate::pii::category::{Category, How, Written, only_named};
use crate::pii::checks::{digit, is_one_digit, weighted};

pub(in crate::pii) const CATEGORIES: &[Category] = &[Category {
    name: "JP_MY_NUMBER",
    title: "Individual number (マイナンバー)",
    source: "Ordinance 85 of the Ministry of Internal Affairs, 2014: eleven digits, check digit modulo 11",
    example: "6214 9832 0257",
    words: &[
        "マイナンバー",
        "個人番号",
        "my number",
        "mynumber",
        "individual number",
    ],
    how: How::Forms(&[only_named(r"\d{4}[ -]?\d{4}[ -]?\d{4}", check, 1.0)]),
}];

fn check(it: &Written<'_>) -> bool {
    let rest = weighted(it.id, &[6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11;
    let check = if rest < 2 { 0 } else { 11 - rest };
    digit(it.id, 11) == check && !is_one_digit(it.id)
}
