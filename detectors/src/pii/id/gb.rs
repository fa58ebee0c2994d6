//! The United Kingdom.

use crate::pii::category::{Category, How, Written, any, form, only_named};
use crate::pii::checks::{digit, is_one_digit, number, weighted};

pub(in crate::pii) const CATEGORIES: &[Category] = &[
    Category {
        name: "UK_DRIVING_LICENCE",
        title: "Driver number",
        source: "DVLA: five letters of the surname, date of birth with 5 added to the month's tens for women, initials, check characters",
        example: "MORGA657054SM9IJ",
        words: &["driving licence", "driver number", "driving license", "dvla"],
        how: How::Forms(&[form(
            r"[A-Z]{1,5}9{0,4}\d[0156]\d[0-3]\d\d[A-Z][A-Z9]\d[A-Z]{2}",
            driving_licence,
            0.8,
            1.0,
        )]),
    },
    Category {
        name: "UK_NHS",
        title: "NHS number",
        source: "NHS Data Dictionary: nine digits, check digit modulo 11 with weights 10 to 2",
        example: "943 476 5870",
        words: &[
            "nhs",
            "nhs number",
            "nhs no",
            "chi number",
            "health and care number",
        ],
        how: How::Forms(&[only_named(r"\d{3}[ -]?\d{3}[ -]?\d{4}", nhs, 1.0)]),
    },
    Category {
        name: "UK_NINO",
        title: "National insurance number",
        source: "HMRC NIM39110: two letters of those in use, six digits, A to D",
        example: "AB 12 34 56 C",
        words: &[
            "nino",
            "national insurance",
            "ni number",
            "ni no",
            "insurance number",
        ],
        how: How::Forms(&[form(
            r"[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D]",
            nino,
            0.8,
            1.0,
        )]),
    },
    Category {
        name: "UK_PASSPORT",
        title: "Passport number",
        source: "HM Passport Office: nine digits; there is no check digit outside the machine-readable zone",
        example: "925665416",
        words: &[
            "british passport",
            "uk passport",
            "passport number",
            "passport no",
            "passport",
        ],
        how: How::Forms(&[only_named(r"\d{9}", any, 0.7)]),
    },
    Category {
        name: "UK_UTR",
        title: "Unique taxpayer reference",
        source: "HMRC: the first digit checks the other nine, modulo 11",
        example: "1955839661",
        words: &["utr", "unique taxpayer reference", "taxpayer reference"],
        how: How::Forms(&[only_named(r"\d{5} ?\d{5}", utr, 1.0)]),
    },
];

fn driving_licence(it: &Written<'_>) -> bool {
    let month = number(it.id, 6..8).map(|month| month % 50);
    let surname = it.id.get(..5).unwrap_or_default();
    // A short surname is filled up with nines.
    let is_filled = surname
        .iter()
        .skip_while(|byte| byte.is_ascii_alphabetic())
        .all(|byte| *byte == b'9');
    it.id.len() == 16
        && is_filled
        && matches!(month, Some(1..=12))
        && matches!(number(it.id, 8..10), Some(1..=31))
}

fn nhs(it: &Written<'_>) -> bool {
    let check = 11 - weighted(it.id, &[10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11;
    check % 11 == digit(it.id, 9) && check != 10 && !is_one_digit(it.id)
}

fn nino(it: &Written<'_>) -> bool {
    !matches!(
        it.id.get(..2),
        Some(b"BG" | b"GB" | b"KN" | b"NK" | b"NT" | b"TN" | b"ZZ")
    )
}

fn utr(it: &Written<'_>) -> bool {
    let rest = weighted(it.id, &[0, 6, 7, 8, 9, 10, 5, 4, 3, 2]) % 11;
    b"21987654321".get(rest as usize) == it.id.first()
}
