//! Colombia.

use crate::pii::category::{Category, How, Written, form, only_named};
use crate::pii::checks::value;

pub(in crate::pii) const CATEGORIES: &[Category] = &[Category {
    name: "CO_NIT",
    title: "Tax number (NIT)",
    source: "DIAN: up to ten digits, check digit modulo 11 with prime weights",
    example: "213.123.432-1",
    words: &[
        "nit",
        "número de identificación tributaria",
        "numero de identificacion tributaria",
    ],
    how: How::Forms(&[
        form(r"\d{3}\.\d{3}\.\d{3}-\d", check, 0.6, 1.0),
        only_named(r"\d{8,10}-?\d", check, 1.0),
    ]),
}];

fn check(it: &Written<'_>) -> bool {
    let Some((check, digits)) = it.id.split_last() else {
        return false;
    };
    let weights = [3, 7, 13, 17, 19, 23, 29, 37, 41, 43];
    let sum: u32 = digits
        .iter()
        .rev()
        .zip(weights)
        .map(|(byte, weight)| value(*byte) * weight)
        .sum();
    let rest = sum % 11;
    value(*check) == if rest < 2 { rest } else { 11 - rest }
}
