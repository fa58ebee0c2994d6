//! Luxembourg.

use crate::pii::category::{Category, How, Written, form};
use crate::pii::checks::{is_date, luhn, number, verhoeff};

pub(in crate::pii) const CATEGORIES: &[Category] = &[Category {
    name: "LU_MATRICULE",
    title: "Identification number (matricule)",
    source: "Loi du 19 juin 2013: date of birth, serial, Luhn digit, digit of Verhoeff",
    example: "1983081200071",
    words: &[
        "matricule",
        "numéro d'identification",
        "cns",
        "identification number",
    ],
    how: How::Forms(&[form(r"(?:19|20)\d{2} ?\d{4} ?\d{3} ?\d{2}", check, 0.7, 1.0)]),
}];

fn check(it: &Written<'_>) -> bool {
    let Some(([first @ .., _, _], [.., last])) = it.id.get(..12).zip(it.id.get(..13)) else {
        return false;
    };
    let is_born = number(it.id, 4..6)
        .zip(number(it.id, 6..8))
        .is_some_and(|(month, day)| is_date(number(it.id, 0..4), month, day));
    // The digit of Verhoeff is over the first eleven, without the one of Luhn.
    let mut second = it.id.get(..11).unwrap_or_default().to_vec();
    second.push(*last);
    is_born && !first.is_empty() && it.id.get(..12).is_some_and(luhn) && verhoeff(&second)
}
