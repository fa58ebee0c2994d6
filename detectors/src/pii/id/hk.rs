//! Hong Kong.

use crate::pii::category::{Category, How, Written, form, only_named};
use crate::pii::checks::value;

pub(in crate::pii) const CATEGORIES: &[Category] = &[Category {
    name: "HK_ID",
    title: "Identity card number (HKID)",
    source: "Immigration Department: one or two letters, six digits, check character modulo 11 in brackets",
    example: "A123456(3)",
    words: &[
        "hkid",
        "hk id",
        "hong kong id*",
        "身份證",
        "身分證",
        "identity card",
    ],
    how: How::Forms(&[
        form(r"[A-Z]{1,2}\d{6} ?\([0-9A]\)", check, 0.9, 1.0),
        only_named(r"[A-Z]{1,2}\d{6}[0-9A]", check, 1.0),
    ]),
}];

fn check(it: &Written<'_>) -> bool {
    // A missing first letter counts as 36.
    let space = (it.id.len() == 8).then_some(36);
    let values = space.into_iter().chain(it.id.iter().map(|byte| value(*byte)));
    let sum: u32 = values
        .zip([9, 8, 7, 6, 5, 4, 3, 2, 1])
        .map(|(value, weight)| value * weight)
        .sum();
    sum.is_multiple_of(11)
}
