//! Ukraine.

use crate::pii::category::{Category, How, Written, only_named};
use crate::pii::checks::{digit, is_one_digit, weighted};

pub(in crate::pii) const CATEGORIES: &[Category] = &[Category {
    name: "UA_RNOKPP",
    title: "Taxpayer number (РНОКПП, ІПН)",
    source: "State Tax Service: days since 1899, serial, check digit modulo 11",
    example: "1759013776",
    words: &[
        "рнокпп",
        "іпн",
        "ідентифікаційний номер",
        "ідентифікаційний код",
        "rnokpp",
        "taxpayer number",
    ],
    how: How::Forms(&[only_named(r"\d{10}", check, 1.0)]),
}];

fn check(it: &Written<'_>) -> bool {
    // 10 is -1 modulo 11.
    let sum = weighted(it.id, &[10, 5, 7, 9, 4, 6, 10, 5, 7]);
    sum % 11 % 10 == digit(it.id, 9) && !is_one_digit(it.id)
}
