//! The Czech Republic and Slovakia, which share one form.

use crate::pii::category::{Category, How, Written, form, only_named};
use crate::pii::checks::{is_date, number};

pub(in crate::pii) const CATEGORIES: &[Category] = &[Category {
    name: "CZ_RC",
    title: "Birth number of the Czech Republic and Slovakia (rodné číslo)",
    source: "Act 133/2000 Sb. and act 301/1995 Z. z.: date of birth, women with 50 added to the month, the whole divisible by 11",
    example: "710319/2745",
    words: &[
        "rodné číslo",
        "rodne cislo",
        "rodného čísla",
        "rodným číslom",
        "rč",
        "r.č",
        "birth number",
    ],
    how: How::Forms(&[
        form(r"\d{6}/\d{4}", check, 0.9, 1.0),
        only_named(r"\d{10}", check, 1.0),
        only_named(r"\d{6}/?\d{3}", before_1954, 0.8),
    ]),
}];

fn check(it: &Written<'_>) -> bool {
    let (Some(first), Some(last)) = (number(it.id, 0..9), number(it.id, 9..10)) else {
        return false;
    };
    // Where the rest is 10 the check digit was 0 until 1985.
    is_born(it.id) && first % 11 % 10 == last
}

/// Numbers of those who were born before 1954 have three digits for the serial and none to check.
fn before_1954(it: &Written<'_>) -> bool {
    is_born(it.id) && number(it.id, 0..2).is_some_and(|year| year < 54)
}

fn is_born(id: &[u8]) -> bool {
    number(id, 2..4)
        .zip(number(id, 4..6))
        .is_some_and(|(month, day)| {
            let month = month % 50;
            let month = if month > 20 { month - 20 } else { month };
            is_date(None, month, day)
        })
}
