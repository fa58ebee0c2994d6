//! Italy.

use crate::pii::category::{Category, How, Written, any, form, only_named};
use crate::pii::checks::{luhn, number, value};

/// What a character counts for in the odd places of a codice fiscale, digits first.
const ODD: [u32; 36] = [
    1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14,
    16, 10, 22, 25, 24, 23,
];

pub(in crate::pii) const CATEGORIES: &[Category] = &[
    Category {
        name: "IT_DRIVER_LICENSE",
        title: "Driving licence number",
        source: "Ministero delle Infrastrutture: two letters or U1, seven characters, letter",
        example: "AB1234567C",
        words: &[
            "patente",
            "patente di guida",
            "driving licence",
            "driver license",
            "driving license",
        ],
        how: How::Forms(&[only_named(r"(?:U1[0-9A-Z]{7}|[A-Z]{2}\d{7})[A-Z]", any, 0.8)]),
    },
    Category {
        name: "IT_FISCAL_CODE",
        title: "Tax code of a person (codice fiscale)",
        source: "D.M. 23 December 1976: name, date and place of birth, check character",
        example: "RCCMNL83S18D969H",
        words: &["codice fiscale", "cod. fisc", "cod fisc", "fiscal code", "c.f"],
        how: How::Forms(&[form(
            r"[A-Z]{6}[0-9LMNP-V]{2}[ABCDEHLMPRST][0-9LMNP-V]{2}[A-Z][0-9LMNP-V]{3}[A-Z]",
            fiscal_code,
            0.95,
            1.0,
        )]),
    },
    Category {
        name: "IT_IDENTITY_CARD",
        title: "Identity card number",
        source: "Ministero dell'Interno: CIE 3.0 is C, letter, five digits, two letters; older cards two letters and seven digits, or the other way round",
        example: "CA12345AB",
        words: &[
            "carta d'identità",
            "carta d'identita",
            "carta di identità",
            "identity card",
            "documento d'identità",
            "cie",
        ],
        how: How::Forms(&[
            only_named(r"C[A-Z]\d{5}[A-Z]{2}", any, 0.9),
            only_named(r"[A-Z]{2} ?\d{7}|\d{7}[A-Z]{2}", any, 0.8),
        ]),
    },
    Category {
        name: "IT_PASSPORT",
        title: "Passport number",
        source: "Polizia di Stato: two letters, seven digits",
        example: "YA1234567",
        words: &["passaporto", "italian passport", "passport"],
        how: How::Forms(&[only_named(r"[A-Z]{2}\d{7}", any, 0.8)]),
    },
    Category {
        name: "IT_VAT_CODE",
        title: "Value added tax number (partita IVA)",
        source: "Agenzia delle Entrate: eleven digits, Luhn",
        example: "00743110157",
        words: &["partita iva", "p.iva", "p. iva", "piva", "vat"],
        how: How::Forms(&[
            form(r"IT ?\d{11}", vat, 0.9, 1.0),
            only_named(r"\d{11}", vat, 1.0),
        ]),
    },
];

fn fiscal_code(it: &Written<'_>) -> bool {
    let Some((check, rest)) = it.id.split_last() else {
        return false;
    };
    let even = |byte: u8| {
        if byte.is_ascii_digit() {
            value(byte)
        } else {
            value(byte) - 10
        }
    };
    let odd = |byte: u8| ODD.get(value(byte) as usize).copied().unwrap_or_default();
    let sum: u32 = rest
        .iter()
        .enumerate()
        .map(|(place, byte)| if place % 2 == 0 { odd(*byte) } else { even(*byte) })
        .sum();
    value(*check) == sum % 26 + 10
}

fn vat(it: &Written<'_>) -> bool {
    let digits = it.id.strip_prefix(b"IT").unwrap_or(it.id);
    // The office that gave the number out: a province, or one of a few others.
    let office = matches!(number(digits, 7..10), Some(1..=100 | 120 | 121 | 888 | 999));
    office && luhn(digits) && !digits.starts_with(b"0000000")
}
