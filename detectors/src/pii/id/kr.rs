//! South Korea.

use crate::pii::category::{Category, How, Written, form, only_named};
use crate::pii::checks::{digit, is_yymmdd, weighted};

pub(in crate::pii) const CATEGORIES: &[Category] = &[Category {
    name: "KR_RRN",
    title: "Resident or foreigner registration number (주민등록번호)",
    source: "Resident Registration Act: date of birth, sex and century, check digit modulo 11 on numbers issued before October 2020",
    example: "971013-9019902",
    words: &[
        "주민등록번호",
        "주민번호",
        "외국인등록번호",
        "resident registration",
        "rrn",
    ],
    how: How::Forms(&[
        form(r"\d{6}-\d{7}", check, 0.9, 1.0),
        only_named(r"\d{6}-[0-8]\d{6}", dated, 0.9),
        only_named(r"\d{13}", check, 1.0),
    ]),
}];

fn check(it: &Written<'_>) -> bool {
    let rest = weighted(it.id, &[2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5]) % 11;
    dated(it) && (11 - rest) % 10 == digit(it.id, 12)
}

fn dated(it: &Written<'_>) -> bool {
    is_yymmdd(it.id, 0)
}
