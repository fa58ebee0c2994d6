//! Austria.

use crate::pii::category::{Category, How, Written, only_named};
use crate::pii::checks::{digit, is_ddmmyy, number, weighted};

pub(in crate::pii) const CATEGORIES: &[Category] = &[Category {
    name: "AT_SVNR",
    title: "Social insurance number",
    source: "Dachverband der Sozialversicherungsträger: serial, check digit modulo 11 in the fourth place, date of birth",
    example: "1237 010180",
    words: &[
        "sozialversicherungsnummer",
        "versicherungsnummer",
        "svnr",
        "sv-nr",
        "sv-nummer",
        "vsnr",
        "e-card",
        "social insurance",
    ],
    how: How::Forms(&[only_named(r"[1-9]\d{3}[ -]?\d{6}", check, 1.0)]),
}];

fn check(it: &Written<'_>) -> bool {
    // When the numbers of a day are used up, its month is written as 13 or more.
    let late = number(it.id, 6..8).is_some_and(|month| (13..=15).contains(&month));
    weighted(it.id, &[3, 7, 9, 0, 5, 8, 4, 2, 1, 6]) % 11 == digit(it.id, 3) && (late || is_ddmmyy(it.id, 4))
}
