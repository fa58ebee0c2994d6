//! Romania.

use crate::pii::category::{Category, How, Written, only_named};
use crate::pii::checks::{digit, is_yymmdd, number, weighted};

pub(in crate::pii) const CATEGORIES: &[Category] = &[Category {
    name: "RO_CNP",
    title: "Personal numerical code (CNP)",
    source: "Legea 105/1996: sex and century, date of birth, county, serial, check digit modulo 11",
    example: "1630615123457",
    words: &["cnp", "cod numeric personal", "codul numeric personal"],
    how: How::Forms(&[only_named(r"[1-9]\d{12}", check, 1.0)]),
}];

fn check(it: &Written<'_>) -> bool {
    let rest = weighted(it.id, &[2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9]) % 11;
    let county = matches!(number(it.id, 7..9), Some(1..=48 | 51 | 52 | 70 | 80..=83));
    county && is_yymmdd(it.id, 1) && digit(it.id, 12) == if rest == 10 { 1 } else { rest }
}
