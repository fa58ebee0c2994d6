//! Malaysia.

use crate::pii::category::{Category, How, Written, form, only_named};
use crate::pii::checks::{is_yymmdd, number};

pub(in crate::pii) const CATEGORIES: &[Category] = &[Category {
    name: "MY_NRIC",
    title: "Identity card number (MyKad)",
    source: "Jabatan Pendaftaran Negara: date of birth, place of birth, serial",
    example: "770305-02-1234",
    words: &[
        "nric",
        "mykad",
        "kad pengenalan",
        "no. kp",
        "no kp",
        "ic number",
        "ic no",
    ],
    how: How::Forms(&[
        form(r"\d{6}-\d{2}-\d{4}", check, 0.8, 1.0),
        only_named(r"\d{12}", check, 0.9),
    ]),
}];

fn check(it: &Written<'_>) -> bool {
    // The Department lists the places; 17 to 20, 69, 70, 73, 80, 81 and 94 to 97 are not in use.
    let place = number(it.id, 6..8);
    let is_known = matches!(
        place,
        Some(1..=16 | 21..=68 | 71 | 72 | 74..=79 | 82..=93 | 98 | 99)
    );
    is_known && is_yymmdd(it.id, 0)
}
