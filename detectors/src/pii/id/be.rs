//! Belgium.

use crate::pii::category::{Category, How, Written, form};
use crate::pii::checks::{is_date, number};

pub(in crate::pii) const CATEGORIES: &[Category] = &[Category {
    name: "BE_NRN",
    title: "National register number (rijksregisternummer, numéro national)",
    source: "Royal decree of 3 April 1984: date of birth, serial, 97 less the rest modulo 97; a 2 in front from 2000 on",
    example: "85.07.30-033.28",
    words: &[
        "rijksregisternummer",
        "rijksregister",
        "insz",
        "nrn",
        "numéro national",
        "numero national",
        "niss",
        "registre national",
        "national register",
        "nationalregister*",
    ],
    how: How::Forms(&[
        form(r"\d{2}\.\d{2}\.\d{2}-\d{3}[.-]\d{2}", check, 0.95, 1.0),
        form(r"\d{2} ?\d{2} ?\d{2}[ -]?\d{3}[ -]?\d{2}", check, 0.6, 1.0),
    ]),
}];

fn check(it: &Written<'_>) -> bool {
    let (Some(first), Some(key), Some(month), Some(day)) = (
        number(it.id, 0..9),
        number(it.id, 9..11),
        number(it.id, 2..4),
        number(it.id, 4..6),
    ) else {
        return false;
    };
    // A number for those who are not in the register adds 20 or 40 to the month.
    let is_born = is_date(None, month % 20, day) && month < 53;
    is_born && (97 - first % 97 == key || 97 - (2_000_000_000 + first) % 97 == key)
}
