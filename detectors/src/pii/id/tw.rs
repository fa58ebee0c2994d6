//! Taiwan.

use crate::pii::category::{Category, How, Written, form};
use crate::pii::checks::{value, weighted};

/// Two digits stand for each letter, in the order in which the counties got theirs.
const LETTERS: [u32; 26] = [
    10, 11, 12, 13, 14, 15, 16, 17, 34, 18, 19, 20, 21, 22, 35, 23, 24, 25, 26, 27, 28, 29, 32, 30, 31, 33,
];

pub(in crate::pii) const CATEGORIES: &[Category] = &[Category {
    name: "TW_ID",
    title: "National identification card and resident certificate number",
    source: "Ministry of the Interior: letter of the county, sex (1, 2) or foreigner (8, 9), serial, check digit modulo 10",
    example: "A123456789",
    words: &["身分證", "身份證", "統一編號", "national id", "居留證"],
    how: How::Forms(&[form(r"[A-Z][1289]\d{8}", check, 0.6, 1.0)]),
}];

fn check(it: &Written<'_>) -> bool {
    let Some((letter, digits)) = it.id.split_first() else {
        return false;
    };
    let letter = LETTERS
        .get((value(*letter) - 10) as usize)
        .copied()
        .unwrap_or_default();
    let sum = letter / 10 + letter % 10 * 9 + weighted(digits, &[8, 7, 6, 5, 4, 3, 2, 1, 1]);
    sum.is_multiple_of(10)
}
