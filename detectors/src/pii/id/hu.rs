//! Hungary.

use crate::pii::category::{Category, How, Written, only_named};
use crate::pii::checks::{digit, is_one_digit, weighted};

pub(in crate::pii) const CATEGORIES: &[Category] = &[
    Category {
        name: "HU_TAJ",
        title: "Social security number (TAJ-szám)",
        source: "1996. évi XX. törvény: eight digits with weights 3 and 7, modulo 10",
        example: "123 456 788",
        words: &["taj", "taj-szám", "tajszám", "taj szám", "társadalombiztosítási"],
        how: How::Forms(&[only_named(r"\d{3}[ -]?\d{3}[ -]?\d{3}", taj, 1.0)]),
    },
    Category {
        name: "HU_TAX_ID",
        title: "Tax number of a person (adóazonosító jel)",
        source: "1996. évi XX. törvény: 8, days since 1867, serial, check digit modulo 11",
        example: "8071592153",
        words: &[
            "adóazonosító",
            "adóazonosító jel",
            "adóazonosítója",
            "tax id",
            "tax identification",
        ],
        how: How::Forms(&[only_named(r"8\d{9}", tax_id, 1.0)]),
    },
];

fn taj(it: &Written<'_>) -> bool {
    weighted(it.id, &[3, 7, 3, 7, 3, 7, 3, 7]) % 10 == digit(it.id, 8) && !is_one_digit(it.id)
}

fn tax_id(it: &Written<'_>) -> bool {
    weighted(it.id, &[1, 2, 3, 4, 5, 6, 7, 8, 9]) % 11 == digit(it.id, 9)
}
