//! Lithuania.

use crate::pii::category::{Category, How, only_named};

pub(in crate::pii) const CATEGORIES: &[Category] = &[Category {
    name: "LT_AK",
    title: "Personal code (asmens kodas)",
    source: "Gyventojų registro įstatymas: sex and century, date of birth, serial, check digit modulo 11 in two steps",
    example: "33309240064",
    words: &["asmens kod*", "personal code", "a. k", "a.k"],
    how: How::Forms(&[only_named(r"[1-8]\d{10}", super::ee::check, 1.0)]),
}];
