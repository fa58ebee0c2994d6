//! Slovenia and the other successors of Yugoslavia.

use crate::pii::category::{Category, How, Written, form};
use crate::pii::checks::{digit, is_ddmmyy, weighted};

pub(in crate::pii) const CATEGORIES: &[Category] = &[Category {
    name: "SI_EMSO",
    title: "Unique citizen number (EMŠO, JMBG) of Slovenia, Serbia, Bosnia and Herzegovina, Montenegro and North Macedonia",
    source: "Zakon o centralnem registru prebivalstva: date of birth, region, serial, check digit modulo 11",
    example: "0101006500006",
    words: &[
        "emšo",
        "emso",
        "jmbg",
        "matični broj",
        "maticni broj",
        "embg",
        "ембг",
        "јмбг",
    ],
    how: How::Forms(&[form(r"\d{4}[09]\d{8}", check, 0.5, 1.0)]),
}];

fn check(it: &Written<'_>) -> bool {
    let rest = 11 - weighted(it.id, &[7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11;
    // The year has three digits; the first is the century's last.
    let mut date = it.id.get(..4).unwrap_or_default().to_vec();
    date.extend_from_slice(it.id.get(5..7).unwrap_or_default());
    is_ddmmyy(&date, 0) && rest != 10 && rest % 11 == digit(it.id, 12)
}
