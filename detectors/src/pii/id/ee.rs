//! Estonia.

use crate::pii::category::{Category, How, Written, only_named};
use crate::pii::checks::{digit, is_yymmdd, weighted};

pub(in crate::pii) const CATEGORIES: &[Category] = &[Category {
    name: "EE_IK",
    title: "Personal identification code (isikukood)",
    source: "EVS 585:2007: sex and century, date of birth, serial, check digit modulo 11 in two steps",
    example: "36805280109",
    words: &["isikukood*", "personal identification code", "eesti id"],
    how: How::Forms(&[only_named(r"[1-8]\d{10}", check, 1.0)]),
}];

/// Lithuania has the same form.
pub(super) fn check(it: &Written<'_>) -> bool {
    let steps = [[1, 2, 3, 4, 5, 6, 7, 8, 9, 1], [3, 4, 5, 6, 7, 8, 9, 1, 2, 3]];
    let mut rests = steps.iter().map(|weights| weighted(it.id, weights) % 11);
    let check = rests.find(|rest| *rest < 10).unwrap_or_default();
    is_yymmdd(it.id, 1) && check == digit(it.id, 10)
}
