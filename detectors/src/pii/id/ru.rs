//! Russia.

use crate::pii::category::{Category, How, Written, form, only_named};
use crate::pii::checks::{digit, is_one_digit, number, weighted};

pub(in crate::pii) const CATEGORIES: &[Category] = &[
    Category {
        name: "RU_INN",
        title: "Tax number of a person (ИНН)",
        source: "Order of the tax service ММВ-7-6/435@: ten digits, two check digits modulo 11",
        example: "123456789047",
        words: &["инн", "inn", "идентификационный номер налогоплательщика"],
        how: How::Forms(&[only_named(r"\d{12}", inn, 1.0)]),
    },
    Category {
        name: "RU_SNILS",
        title: "Pension insurance number (СНИЛС)",
        source: "Federal law 27-ФЗ: nine digits with weights 9 to 1, modulo 101",
        example: "112-233-445 95",
        words: &["снилс", "snils"],
        how: How::Forms(&[
            form(r"\d{3}-\d{3}-\d{3}[ -]\d{2}", snils, 0.9, 1.0),
            only_named(r"\d{11}", snils, 1.0),
        ]),
    },
];

fn inn(it: &Written<'_>) -> bool {
    let first = weighted(it.id, &[7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) % 11 % 10;
    let second = weighted(it.id, &[3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) % 11 % 10;
    first == digit(it.id, 10) && second == digit(it.id, 11) && !is_one_digit(it.id)
}

fn snils(it: &Written<'_>) -> bool {
    let sum = weighted(it.id, &[9, 8, 7, 6, 5, 4, 3, 2, 1]);
    // Numbers up to 001-001-998 have no check digits.
    number(it.id, 0..9).is_some_and(|number| number > 1_001_998)
        && number(it.id, 9..11) == Some(sum % 101 % 100)
}
