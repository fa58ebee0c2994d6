//! Spain.

use crate::pii::category::{Category, How, Written, form};
use crate::pii::checks::number;

pub(in crate::pii) const CATEGORIES: &[Category] = &[
    Category {
        name: "ES_NIE",
        title: "Identity number of a foreigner (NIE)",
        source: "Real Decreto 557/2011: X, Y or Z, seven digits, letter by the rest modulo 23",
        example: "X-2482300-W",
        words: &["nie", "número de identidad de extranjero", "extranjero", "nif"],
        how: How::Forms(&[form(r"[XYZ]-?\d{7}-?[A-Z]", nie, 0.85, 1.0)]),
    },
    Category {
        name: "ES_NIF",
        title: "Identity number of a citizen (DNI, NIF)",
        source: "Real Decreto 1553/2005: eight digits, letter by the rest modulo 23",
        example: "54362315K",
        words: &[
            "dni",
            "nif",
            "documento nacional de identidad",
            "número de identificación fiscal",
        ],
        how: How::Forms(&[form(r"\d{2}\.?\d{3}\.?\d{3}[ -]?[A-Z]", nif, 0.7, 1.0)]),
    },
];

fn nie(it: &Written<'_>) -> bool {
    let series = it.id.first().map_or(0, |letter| u32::from(letter - b'X'));
    number(it.id, 1..8).is_some_and(|number| fits(series * 10_000_000 + number, it.id.get(8)))
}

fn nif(it: &Written<'_>) -> bool {
    number(it.id, 0..8).is_some_and(|number| number > 0 && fits(number, it.id.get(8)))
}

fn fits(number: u32, letter: Option<&u8>) -> bool {
    letter.is_some() && b"TRWAGMYFPDXBNJZSQVHLCKE".get(number as usize % 23) == letter
}
