//! Mexico.

use crate::pii::category::{Category, How, Written, form, only_named};
use crate::pii::checks::{digit, is_yymmdd, value};

pub(in crate::pii) const CATEGORIES: &[Category] = &[
    Category {
        name: "MX_CURP",
        title: "Population register key (CURP)",
        source: "RENAPO: letters of the name, date of birth, sex, state, consonants, check digit modulo 10",
        example: "BOXW310820HNERXN09",
        words: &["curp", "clave única de registro", "clave unica de registro"],
        how: How::Forms(&[form(
            r"[A-Z][AEIOUX][A-Z]{2}\d{6}[HMX][A-Z]{2}[B-DF-HJ-NP-TV-Z]{3}[0-9A-Z]\d",
            curp,
            0.95,
            1.0,
        )]),
    },
    Category {
        name: "MX_RFC",
        title: "Tax register key of a person (RFC)",
        source: "SAT: letters of the name, date of birth, two characters, check character modulo 11",
        example: "GODE561231GR8",
        words: &["rfc", "registro federal de contribuyentes"],
        how: How::Forms(&[
            form(r"[A-Z]{4}[ -]?\d{6}[ -]?[A-Z0-9]{2}[0-9A]", rfc, 0.7, 1.0),
            only_named(
                r"[A-Z]{4}[ -]?\d{6}[ -]?[A-Z0-9]{3}",
                |it| is_yymmdd(it.id, 4),
                0.8,
            ),
        ]),
    },
];

fn curp(it: &Written<'_>) -> bool {
    // In the order of the alphabet the Ñ comes before the O.
    let value = |byte: u8| value(byte) + u32::from(byte >= b'O');
    let weighted = it.id.iter().take(17).zip((2..=18).rev());
    let sum: u32 = weighted.map(|(byte, weight)| value(*byte) * weight).sum();
    is_yymmdd(it.id, 4) && (10 - sum % 10) % 10 == digit(it.id, 17)
}

fn rfc(it: &Written<'_>) -> bool {
    // Behind the N comes the sign &.
    let value = |byte: u8| value(byte) + u32::from(byte >= b'O');
    let weighted = it.id.iter().take(12).zip((2..=13).rev());
    let sum: u32 = weighted.map(|(byte, weight)| value(*byte) * weight).sum();
    let check = match 11 - sum % 11 {
        11 => b'0',
        10 => b'A',
        other => b'0' + u8::try_from(other).unwrap_or_default(),
    };
    is_yymmdd(it.id, 4) && it.id.last() == Some(&check)
}
