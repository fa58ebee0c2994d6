//! Australia.

use crate::pii::category::{Category, How, Written, form, only_named};
use crate::pii::checks::{digit, is_one_digit, weighted};

pub(in crate::pii) const CATEGORIES: &[Category] = &[
    Category {
        name: "AU_ABN",
        title: "Australian business number",
        source: "Australian Business Register: first digit less one, weights 10, 1, 3, 5, ..., 19, modulo 89",
        example: "51 824 753 556",
        words: &["abn", "australian business number"],
        how: How::Forms(&[
            form(r"\d{2} \d{3} \d{3} \d{3}", abn, 0.6, 1.0),
            only_named(r"\d{11}", abn, 1.0),
        ]),
    },
    Category {
        name: "AU_ACN",
        title: "Australian company number",
        source: "Australian Securities and Investments Commission: weights 8 to 1, modulo 10",
        example: "004 085 616",
        words: &["acn", "australian company number"],
        how: How::Forms(&[only_named(r"\d{3}[ -]?\d{3}[ -]?\d{3}", acn, 1.0)]),
    },
    Category {
        name: "AU_MEDICARE",
        title: "Medicare card number",
        source: "Services Australia: first digit 2 to 6, weights 1, 3, 7, 9, modulo 10, issue number",
        example: "2428 77813 2",
        words: &["medicare", "medicare card"],
        how: How::Forms(&[only_named(
            r"[2-6]\d{3}[ -]?\d{5}[ -]?\d(?:[ /-]?\d)?",
            medicare,
            1.0,
        )]),
    },
    Category {
        name: "AU_TFN",
        title: "Tax file number",
        source: "Australian Taxation Office: weights 1, 4, 3, 7, 5, 8, 6, 9, 10, modulo 11",
        example: "123 456 782",
        words: &["tfn", "tax file number", "tax file"],
        how: How::Forms(&[only_named(r"\d{3}[ -]?\d{3}[ -]?\d{3}", tfn, 1.0)]),
    },
];

fn abn(it: &Written<'_>) -> bool {
    let sum = weighted(it.id, &[10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19]);
    digit(it.id, 0) > 0 && (sum - 10).is_multiple_of(89)
}

fn acn(it: &Written<'_>) -> bool {
    (weighted(it.id, &[8, 7, 6, 5, 4, 3, 2, 1]) + digit(it.id, 8)).is_multiple_of(10) && !is_one_digit(it.id)
}

fn medicare(it: &Written<'_>) -> bool {
    weighted(it.id, &[1, 3, 7, 9, 1, 3, 7, 9]) % 10 == digit(it.id, 8) && digit(it.id, 9) > 0
}

fn tfn(it: &Written<'_>) -> bool {
    weighted(it.id, &[1, 4, 3, 7, 5, 8, 6, 9, 10]).is_multiple_of(11) && !is_one_digit(it.id)
}
