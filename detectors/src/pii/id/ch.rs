//! Switzerland.

use crate::pii::category::{Category, How, Written, form};
use crate::pii::checks::{digit, weighted};

pub(in crate::pii) const CATEGORIES: &[Category] = &[Category {
    name: "CH_AHV",
    title: "Social insurance number (AHV, AVS)",
    source: "Zentrale Ausgleichsstelle: country code 756, nine digits, check digit as in EAN-13",
    example: "756.9217.0769.85",
    words: &[
        "ahv",
        "ahvn*",
        "avs",
        "sozialversicherungsnummer",
        "numéro avs",
        "numero avs",
        "navs",
        "nss",
    ],
    how: How::Forms(&[
        form(r"756\.\d{4}\.\d{4}\.\d{2}", check, 0.95, 1.0),
        form(r"756 ?\d{4} ?\d{4} ?\d{2}", check, 0.6, 1.0),
    ]),
}];

fn check(it: &Written<'_>) -> bool {
    let sum = weighted(it.id, &[1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3]);
    (sum + digit(it.id, 12)).is_multiple_of(10)
}
