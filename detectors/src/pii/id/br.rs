//! Brazil.

use crate::pii::category::{Category, How, Written, form, only_named};
use crate::pii::checks::{digit, is_one_digit, weighted};

pub(in crate::pii) const CATEGORIES: &[Category] = &[
    Category {
        name: "BR_CPF",
        title: "Number of a person in the tax register (CPF)",
        source: "Receita Federal: nine digits, two check digits modulo 11",
        example: "390.533.447-05",
        words: &["cpf", "cadastro de pessoa física", "cadastro de pessoas físicas"],
        how: How::Forms(&[
            form(r"\d{3}\.\d{3}\.\d{3}-\d{2}", cpf, 0.95, 1.0),
            only_named(r"\d{3}[ .]?\d{3}[ .]?\d{3}[ -]?\d{2}", cpf, 1.0),
        ]),
    },
    Category {
        name: "BR_CNPJ",
        title: "Number of a company in the tax register (CNPJ), with letters from July 2026 on",
        source: "Receita Federal, IN RFB 2.229/2024: twelve letters or digits, two check digits modulo 11",
        example: "16.727.230/0001-97",
        words: &["cnpj", "cadastro nacional"],
        how: How::Forms(&[
            form(
                r"[0-9A-Z]{2}\.[0-9A-Z]{3}\.[0-9A-Z]{3}/[0-9A-Z]{4}-\d{2}",
                cnpj,
                0.95,
                1.0,
            ),
            only_named(r"[0-9A-Z]{12}\d{2}", cnpj, 1.0),
        ]),
    },
];

fn cpf(it: &Written<'_>) -> bool {
    let first = weighted(it.id, &[10, 9, 8, 7, 6, 5, 4, 3, 2]) * 10 % 11 % 10;
    let second = weighted(it.id, &[11, 10, 9, 8, 7, 6, 5, 4, 3, 2]) * 10 % 11 % 10;
    first == digit(it.id, 9) && second == digit(it.id, 10) && !is_one_digit(it.id)
}

fn cnpj(it: &Written<'_>) -> bool {
    // A letter counts as its place in ASCII less that of the digit 0.
    let sum = |weights: &[u32]| -> u32 {
        let values = it.id.iter().map(|byte| u32::from(byte - b'0'));
        values.zip(weights).map(|(value, weight)| value * weight).sum()
    };
    let first = sum(&[5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]) * 10 % 11 % 10;
    let second = sum(&[6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]) * 10 % 11 % 10;
    first == digit(it.id, 12) && second == digit(it.id, 13) && !is_one_digit(it.id)
}
