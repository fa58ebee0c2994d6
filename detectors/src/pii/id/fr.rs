//! France.

use crate::pii::category::{Category, How, Written, form, only_named};
use crate::pii::checks::number;

pub(in crate::pii) const CATEGORIES: &[Category] = &[
    Category {
        name: "FR_NIR",
        title: "Social security number (NIR)",
        source: "INSEE, décret 82-103: sex, year, month, place of birth, serial, 97 less the rest modulo 97",
        example: "2 95 10 99 126 111 93",
        words: &[
            "nir",
            "sécurité sociale",
            "securite sociale",
            "numéro de sécu*",
            "insee",
            "carte vitale",
            "n° ss",
        ],
        how: How::Forms(&[form(
            r"[1-478] ?\d{2} ?\d{2} ?(?:\d{2}|2[AB]) ?\d{3} ?\d{3} ?\d{2}",
            nir,
            0.9,
            1.0,
        )]),
    },
    Category {
        name: "FR_SPI",
        title: "Tax number of a person (numéro fiscal, SPI)",
        source: "DGFiP: first digit 0 to 3, the last three are the first ten modulo 511",
        example: "30 23 217 600 053",
        words: &[
            "numéro fiscal",
            "numero fiscal",
            "spi",
            "référence fiscale",
            "nif",
        ],
        how: How::Forms(&[only_named(r"[0-3]\d ?\d{2} ?\d{3} ?\d{3} ?\d{3}", spi, 1.0)]),
    },
];

fn nir(it: &Written<'_>) -> bool {
    // Corsica's letters stand for 19 and 18.
    let digit = |byte: &u8| match byte {
        b'A' | b'B' => 0,
        digit => u64::from(digit - b'0'),
    };
    let first = it
        .id
        .iter()
        .take(13)
        .fold(0, |number, byte| number * 10 + digit(byte));
    let first = match it.id.get(6) {
        Some(b'A') => first - 1_000_000,
        Some(b'B') => first - 2_000_000,
        _ => first,
    };
    // 20 to 42 and 50 to 99 stand for a month that is not known.
    let is_month = matches!(number(it.id, 3..5), Some(1..=12 | 20..=42 | 50..=99));
    is_month && number(it.id, 13..15).is_some_and(|key| 97 - first % 97 == u64::from(key))
}

fn spi(it: &Written<'_>) -> bool {
    let first = it
        .id
        .iter()
        .take(10)
        .fold(0, |number, byte| number * 10 + u64::from(byte - b'0'));
    first > 0 && number(it.id, 10..13).is_some_and(|key| first % 511 == u64::from(key))
}
