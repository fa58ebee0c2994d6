//! Argentina.

use crate::pii::category::{Category, How, Written, form, only_named};
use crate::pii::checks::{digit, weighted};

pub(in crate::pii) const CATEGORIES: &[Category] = &[Category {
    name: "AR_CUIT",
    title: "Tax and labour number (CUIT, CUIL)",
    source: "ARCA: two digits for the kind of person, eight of the DNI, check digit modulo 11",
    example: "20-05536168-2",
    words: &["cuit", "cuil", "clave única", "clave unica"],
    how: How::Forms(&[
        form(r"(?:2[0347]|3[034])-\d{8}-\d", check, 0.8, 1.0),
        only_named(r"(?:2[0347]|3[034])\d{9}", check, 1.0),
    ]),
}];

fn check(it: &Written<'_>) -> bool {
    let rest = 11 - weighted(it.id, &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11;
    let check = match rest {
        11 => 0,
        10 => 9,
        other => other,
    };
    digit(it.id, 10) == check
}
