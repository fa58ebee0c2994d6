//! Finland.

use crate::pii::category::{Category, How, Written, form};
use crate::pii::checks::{is_ddmmyy, number};

pub(in crate::pii) const CATEGORIES: &[Category] = &[Category {
    name: "FI_PERSONAL_IDENTITY_CODE",
    title: "Personal identity code (henkilötunnus)",
    source: "Digital and Population Data Services Agency: date of birth, sign of the century, serial, rest modulo 31",
    example: "131052-308T",
    words: &[
        "henkilötunnus",
        "hetu",
        "personbeteckning",
        "personal identity code",
        "sotu",
    ],
    how: How::Forms(&[form(
        r"[0-3]\d[01]\d{3}[-+A-FU-Y]\d{3}[0-9A-FHJ-NPR-Y]",
        check,
        0.95,
        1.0,
    )]),
}];

fn check(it: &Written<'_>) -> bool {
    let raw = it.raw().as_bytes();
    let (Some(date), Some(serial)) = (number(raw, 0..6), number(raw, 7..10)) else {
        return false;
    };
    let expected = b"0123456789ABCDEFHJKLMNPRSTUVWXY".get((date * 1000 + serial) as usize % 31);
    is_ddmmyy(raw, 0) && serial > 1 && it.id.last() == expected
}
