//! New Zealand.

use crate::pii::category::{Category, How, Written, only_named};
use crate::pii::checks::value;

pub(in crate::pii) const CATEGORIES: &[Category] = &[Category {
    name: "NZ_IRD",
    title: "Inland revenue number",
    source: "Inland Revenue, resident withholding tax specification: weights 3, 2, 7, 6, 5, 4, 3, 2, modulo 11, then a second row",
    example: "49-091-850",
    words: &["ird", "ird number", "inland revenue"],
    how: How::Forms(&[only_named(r"\d{2,3}[ -]?\d{3}[ -]?\d{3}", check, 1.0)]),
}];

fn check(it: &Written<'_>) -> bool {
    let number = it.id.iter().fold(0u32, |number, byte| number * 10 + value(*byte));
    if !(10_000_000..150_000_000).contains(&number) {
        return false;
    }
    let digits = || (0..8).rev().map(|power| number / 10 / 10u32.pow(power) % 10);
    let rest = |weights: [u32; 8]| {
        let sum: u32 = digits().zip(weights).map(|(digit, weight)| digit * weight).sum();
        (11 - sum % 11) % 11
    };
    let first = rest([3, 2, 7, 6, 5, 4, 3, 2]);
    let check = if first == 10 {
        rest([7, 4, 3, 2, 5, 2, 7, 6])
    } else {
        first
    };
    check == number % 10
}
