//! Portugal.

use crate::pii::category::{Category, How, Written, form, only_named};
use crate::pii::checks::{digit, is_one_digit, value, weighted};

pub(in crate::pii) const CATEGORIES: &[Category] = &[
    Category {
        name: "PT_CC",
        title: "Citizen card number (cartão de cidadão)",
        source: "IRN: eight digits, digit, two characters of the version, check digit by Luhn over base 36",
        example: "00000000 0 ZZ4",
        words: &[
            "cartão de cidadão",
            "cartao de cidadao",
            "cartão cidadão",
            "cc",
            "bilhete de identidade",
        ],
        how: How::Forms(&[form(r"\d{8} ?\d ?[0-9A-Z]{2}\d", card, 0.6, 1.0)]),
    },
    Category {
        name: "PT_NIF",
        title: "Tax number (NIF)",
        source: "Autoridade Tributária: weights 9 to 2, modulo 11",
        example: "501 964 843",
        words: &[
            "nif",
            "contribuinte",
            "número de identificação fiscal",
            "numero de identificacao fiscal",
        ],
        how: How::Forms(&[only_named(r"[1235689]\d{2} ?\d{3} ?\d{3}", nif, 1.0)]),
    },
];

fn card(it: &Written<'_>) -> bool {
    // Twelve digits are not one: some letter must be in it.
    let version = it.id.get(9..11).unwrap_or_default();
    let places = it.id.iter().rev().enumerate();
    let sum: u32 = places
        .map(|(place, byte)| match (place % 2, value(*byte)) {
            (0, value) => value,
            (_, value) if value > 4 => value * 2 - 9,
            (_, value) => value * 2,
        })
        .sum();
    version.iter().any(u8::is_ascii_alphabetic) && sum.is_multiple_of(10)
}

fn nif(it: &Written<'_>) -> bool {
    let check = 11 - weighted(it.id, &[9, 8, 7, 6, 5, 4, 3, 2]) % 11;
    digit(it.id, 8) == if check > 9 { 0 } else { check } && !is_one_digit(it.id)
}
