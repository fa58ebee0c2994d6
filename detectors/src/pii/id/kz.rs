//! Kazakhstan.

use crate::pii::category::{Category, How, Written, only_named};
use crate::pii::checks::{digit, is_yymmdd, weighted};

pub(in crate::pii) const CATEGORIES: &[Category] = &[Category {
    name: "KZ_IIN",
    title: "Individual identification number (ИИН, ЖСН)",
    source: "Decree 853 of 2003: date of birth, sex and century, serial, check digit modulo 11 in two steps",
    example: "830121300566",
    words: &["иин", "жсн", "iin", "индивидуальный идентификационный номер"],
    how: How::Forms(&[only_named(r"\d{6}[0-6]\d{5}", check, 1.0)]),
}];

fn check(it: &Written<'_>) -> bool {
    let steps = [
        [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
        [3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2],
    ];
    let mut rests = steps.iter().map(|weights| weighted(it.id, weights) % 11);
    is_yymmdd(it.id, 0) && rests.find(|rest| *rest < 10) == Some(digit(it.id, 11))
}
