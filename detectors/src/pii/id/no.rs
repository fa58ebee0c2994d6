//! Norway.

use crate::pii::category::{Category, How, Written, form};
use crate::pii::checks::{is_date, number, weighted};

pub(in crate::pii) const CATEGORIES: &[Category] = &[Category {
    name: "NO_FNR",
    title: "Birth number (fødselsnummer) and D-number",
    source: "Skatteetaten: date of birth, with 40 added to the day for D-numbers and to the month for those of hospitals and tests, serial, two check digits modulo 11",
    example: "15108695088",
    words: &[
        "fødselsnummer",
        "fodselsnummer",
        "fnr",
        "personnummer",
        "d-nummer",
        "birth number",
    ],
    how: How::Forms(&[form(r"\d{6} ?\d{5}", check, 0.6, 1.0)]),
}];

fn check(it: &Written<'_>) -> bool {
    let is_born = number(it.id, 2..4)
        .zip(number(it.id, 0..2))
        .is_some_and(|(month, day)| is_date(None, month % 40, if day > 40 { day - 40 } else { day }));
    is_born
        && weighted(it.id, &[3, 7, 6, 1, 8, 9, 4, 5, 2, 1]).is_multiple_of(11)
        && weighted(it.id, &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]).is_multiple_of(11)
}
