//! Sweden.

use crate::pii::category::{Category, How, Written, form, only_named};
use crate::pii::checks::{is_date, luhn, number};

pub(in crate::pii) const CATEGORIES: &[Category] = &[
    Category {
        name: "SE_ORGANISATIONSNUMMER",
        title: "Number of a company (organisationsnummer)",
        source: "Lag 1974:174: third digit 2 or more, Luhn",
        example: "212000-0142",
        words: &["organisationsnummer", "org.nr", "orgnr", "org nr", "org-nr"],
        how: How::Forms(&[only_named(r"\d{2}[2-9]\d{3}-?\d{4}", organisation, 1.0)]),
    },
    Category {
        name: "SE_PERSONNUMMER",
        title: "Personal identity number (personnummer) and co-ordination number",
        source: "Skatteverket SKV 704: date of birth, with 60 added to the day for co-ordination numbers, serial, Luhn",
        example: "880320-0016",
        words: &[
            "personnummer",
            "pnr",
            "person nr",
            "personnr",
            "samordningsnummer",
            "personal identity number",
        ],
        how: How::Forms(&[
            form(r"(?:19|20)?\d{6}[-+]\d{4}", check, 0.85, 1.0),
            form(r"(?:19|20)\d{10}", check, 0.5, 1.0),
            only_named(r"\d{10}", check, 1.0),
        ]),
    },
];

fn organisation(it: &Written<'_>) -> bool {
    luhn(it.id)
}

fn check(it: &Written<'_>) -> bool {
    let short = it.id.get(it.id.len().saturating_sub(10)..).unwrap_or_default();
    let is_born = number(short, 2..4)
        .zip(number(short, 4..6))
        .is_some_and(|(month, day)| is_date(None, month, if day > 60 { day - 60 } else { day }));
    is_born && luhn(short)
}
