//! Chile.

use crate::pii::category::{Category, How, Written, form, only_named};
use crate::pii::checks::value;

pub(in crate::pii) const CATEGORIES: &[Category] = &[Category {
    name: "CL_RUT",
    title: "National and tax number (RUN, RUT)",
    source: "Registro Civil: seven or eight digits, check character modulo 11, which may be K",
    example: "12.531.909-2",
    words: &[
        "rut",
        "run",
        "rol único",
        "rol unico",
        "cédula de identidad",
        "cedula de identidad",
    ],
    how: How::Forms(&[
        form(r"\d{1,2}\.\d{3}\.\d{3}-[0-9K]", check, 0.9, 1.0),
        only_named(r"\d{7,8}-?[0-9K]", check, 1.0),
    ]),
}];

fn check(it: &Written<'_>) -> bool {
    let Some((check, digits)) = it.id.split_last() else {
        return false;
    };
    let sum: u32 = digits
        .iter()
        .rev()
        .zip([2, 3, 4, 5, 6, 7, 2, 3])
        .map(|(byte, weight)| value(*byte) * weight)
        .sum();
    match 11 - sum % 11 {
        11 => *check == b'0',
        10 => *check == b'K',
        other => value(*check) == other,
    }
}
