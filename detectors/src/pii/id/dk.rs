//! Denmark.

use crate::pii::category::{Category, How, Written, form, only_named};
use crate::pii::checks::{is_ddmmyy, weighted};

pub(in crate::pii) const CATEGORIES: &[Category] = &[Category {
    name: "DK_CPR",
    title: "Civil registration number (CPR)",
    source: "CPR-kontoret: date of birth, serial; modulo 11 holds for most numbers issued before October 2007",
    example: "211062-5629",
    words: &[
        "cpr",
        "cpr-nr*",
        "cpr-nummer",
        "cpr nummer",
        "personnummer",
        "civil registration",
    ],
    how: How::Forms(&[
        form(r"\d{6}-\d{4}", modulo_11, 0.5, 1.0),
        only_named(r"\d{6}[ -]?\d{4}", dated, 0.9),
    ]),
}];

fn modulo_11(it: &Written<'_>) -> bool {
    dated(it) && weighted(it.id, &[4, 3, 2, 7, 6, 5, 4, 3, 2, 1]).is_multiple_of(11)
}

fn dated(it: &Written<'_>) -> bool {
    is_ddmmyy(it.id, 0)
}
