//! Poland.

use crate::pii::category::{Category, How, Written, form, only_named};
use crate::pii::checks::{digit, is_date, is_one_digit, number, value, weighted};

pub(in crate::pii) const CATEGORIES: &[Category] = &[
    Category {
        name: "PL_ID_CARD",
        title: "Identity card number (dowód osobisty)",
        source: "Ministerstwo Cyfryzacji: three letters, check digit with weights 7, 3, 1, five digits",
        example: "ABS123456",
        words: &[
            "dowód osobisty",
            "dowodu osobistego",
            "dowód",
            "numer dowodu",
            "nr dowodu",
            "identity card",
        ],
        how: How::Forms(&[only_named(r"[A-Z]{3} ?\d{6}", id_card, 1.0)]),
    },
    Category {
        name: "PL_NIP",
        title: "Tax number (NIP)",
        source: "Ustawa z 13.10.1995: nine digits, check digit modulo 11",
        example: "856-734-62-15",
        words: &["nip", "numer identyfikacji podatkowej"],
        how: How::Forms(&[
            form(r"\d{3}-(?:\d{3}-\d{2}|\d{2}-\d{2})-\d{2,3}", nip, 0.8, 1.0),
            only_named(r"(?:PL ?)?\d{10}", nip, 1.0),
        ]),
    },
    Category {
        name: "PL_PESEL",
        title: "Population register number (PESEL)",
        source: "Ustawa z 24.09.2010: date of birth, month plus 20, 40, 60 or 80 by century, serial, check digit modulo 10",
        example: "44051401359",
        words: &["pesel", "numer ewidencyjny", "nr pesel"],
        how: How::Forms(&[only_named(r"\d{11}", pesel, 1.0)]),
    },
];

fn id_card(it: &Written<'_>) -> bool {
    let weights = [7, 3, 1, 0, 7, 3, 1, 7, 3];
    let sum: u32 = it
        .id
        .iter()
        .zip(weights)
        .map(|(byte, weight)| value(*byte) * weight)
        .sum();
    sum % 10 == digit(it.id, 3)
}

fn nip(it: &Written<'_>) -> bool {
    let digits = it.id.strip_prefix(b"PL").unwrap_or(it.id);
    digits.len() == 10
        && weighted(digits, &[6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11 == digit(digits, 9)
        && !is_one_digit(digits)
}

fn pesel(it: &Written<'_>) -> bool {
    let sum = weighted(it.id, &[1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]);
    let is_born = number(it.id, 2..4)
        .zip(number(it.id, 4..6))
        .is_some_and(|(month, day)| is_date(None, month % 20, day));
    is_born && sum.is_multiple_of(10)
}
