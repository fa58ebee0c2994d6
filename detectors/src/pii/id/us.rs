//! The United States.

use crate::pii::category::{Category, How, Written, any, form, only_named};
use crate::pii::checks::{is_one_digit, luhn, number, weighted};

/// Numbers from advertisements, which were never anyone's own.
const ADVERTISED: [&[u8]; 2] = [b"078051120", b"219099999"];

pub(in crate::pii) const CATEGORIES: &[Category] = &[
    Category {
        name: "US_SSN",
        title: "Social security number; next to a telling word, any number of its form",
        source: "Social Security Administration, POMS RM 10201: area not 000, 666 or 9xx, group not 00, serial not 0000",
        example: "536-22-8726",
        words: &[
            "ssn",
            "ssns",
            "social security",
            "soc sec",
            "socialsecurity",
            "ss#",
            "ssid",
            "seguro social",
            "sozialversicherung*",
            "id number",
        ],
        how: How::Forms(&[
            form(r"\d{3}-\d{2}-\d{4}", ssn, 0.85, 1.0),
            form(r"\d{3} \d{2} \d{4}", ssn, 0.6, 1.0),
            only_named(r"\d{9}", ssn, 1.0),
            only_named(r"\d{3}-\d{2}-\d{4}|\d{3} \d{2} \d{4}", like_ssn, 0.8),
        ]),
    },
    Category {
        name: "US_ITIN",
        title: "Individual taxpayer identification number",
        source: "Internal Revenue Service: 9xx, fourth and fifth digits 50 to 65, 70 to 88, 90 to 92, 94 to 99",
        example: "912-90-3456",
        words: &["itin", "individual taxpayer", "taxpayer id", "tax id"],
        how: How::Forms(&[
            form(r"9\d{2}-\d{2}-\d{4}", itin, 0.8, 1.0),
            only_named(r"9\d{2} ?\d{2} ?\d{4}", itin, 1.0),
        ]),
    },
    Category {
        name: "US_EIN",
        title: "Employer identification number",
        source: "Internal Revenue Service: prefix of a campus, seven digits",
        example: "91-1144442",
        words: &[
            "ein",
            "employer identification",
            "federal tax id",
            "tax id",
            "fein",
            "taxpayer identification",
        ],
        how: How::Forms(&[
            only_named(r"\d{2}-\d{7}", ein, 0.95),
            // No check digit: who writes the word beside it means it.
            only_named(r"\d{2}-\d{7}", any, 0.7),
        ]),
    },
    Category {
        name: "US_PASSPORT",
        title: "Passport number",
        source: "Department of State: nine digits, or a letter and eight digits; there is no check digit outside the machine-readable zone",
        example: "A12345678",
        words: &[
            "passport",
            "us passport",
            "passport number",
            "passport no",
            "passport#",
            "travel document",
        ],
        how: How::Forms(&[
            only_named(r"[A-Z]\d{8}", any, 0.85),
            only_named(r"\d{9}", any, 0.75),
        ]),
    },
    Category {
        name: "US_DRIVER_LICENSE",
        title: "Driver's license number in the forms of the states",
        source: "AAMVA, state formats: a letter and 3 to 14 digits, two letters and 2 to 7 digits, or 7 to 12 digits",
        example: "D1234567",
        words: &[
            "driver license",
            "drivers license",
            "driver's license",
            "driver licence",
            "driver's licence",
            "license number",
            "dl number",
            "dl no",
            "dl#",
            "dmv",
            "driving license",
        ],
        how: How::Forms(&[
            only_named(
                r"[A-Z]\d{3}-\d{4}-\d{4}|[A-Z]\d{4}-\d{5}-\d{5}|[A-Z]\d{3}-\d{3}-\d{2}-\d{3}-\d",
                any,
                0.8,
            ),
            only_named(r"[A-Z]\d{6,14}|[A-Z]{2}\d{5,7}|\d{7,12}", any, 0.6),
        ]),
    },
    Category {
        name: "US_BANK_NUMBER",
        title: "Bank account number",
        source: "ANSI X9: 8 to 17 digits, no check digit",
        example: "945456787654",
        words: &[
            "account",
            "account number",
            "account no",
            "acct",
            "acct no",
            "bank account",
            "checking",
            "savings account",
            "account#",
            "debit account",
        ],
        how: How::Forms(&[only_named(r"\d{8,17}", any, 0.6)]),
    },
    Category {
        name: "ABA_ROUTING_NUMBER",
        title: "Routing number of a bank",
        source: "American Bankers Association: Federal Reserve district, weights 3, 7, 1, modulo 10",
        example: "111000025",
        words: &[
            "routing",
            "routing number",
            "aba",
            "rtn",
            "transit number",
            "bank routing",
            "wire",
        ],
        how: How::Forms(&[only_named(r"\d{4}-?\d{4}-?\d", routing, 1.0)]),
    },
    Category {
        name: "MEDICAL_LICENSE",
        title: "Registration number of a prescriber (DEA number)",
        source: "Drug Enforcement Administration: two letters, six digits, check digit modulo 10",
        example: "FR1263398",
        words: &[
            "dea",
            "dea number",
            "dea no",
            "prescriber",
            "medical license",
            "certificate",
        ],
        how: How::Forms(&[form(r"[ABCDEFGHJKLMPRSTUX][A-Z9]\d{7}", dea, 0.6, 1.0)]),
    },
    Category {
        name: "US_NPI",
        title: "National provider identifier",
        source: "45 CFR 162.406: ten digits, the first 1 or 2, Luhn with 80840 in front",
        example: "1234567893",
        words: &["npi", "national provider", "provider identifier", "provider id"],
        how: How::Forms(&[only_named(r"[12]\d{9}", npi, 1.0)]),
    },
    Category {
        name: "US_MBI",
        title: "Medicare beneficiary identifier",
        source: "Centers for Medicare and Medicaid Services: eleven places of digits and letters without S, L, O, I, B, Z",
        example: "1EG4-TE5-MK73",
        words: &["mbi", "medicare", "medicare beneficiary", "beneficiary"],
        how: How::Forms(&[form(
            r"[1-9][AC-HJKMNP-RT-Y][0-9AC-HJKMNP-RT-Y]\d-?[AC-HJKMNP-RT-Y][0-9AC-HJKMNP-RT-Y]\d-?[AC-HJKMNP-RT-Y]{2}\d{2}",
            any,
            0.8,
            1.0,
        )]),
    },
];

fn ssn(it: &Written<'_>) -> bool {
    let (area, group, serial) = (number(it.id, 0..3), number(it.id, 3..5), number(it.id, 5..9));
    let is_possible = !matches!(area, Some(0 | 666 | 900..)) && group != Some(0) && serial != Some(0);
    is_possible && !ADVERTISED.contains(&it.id) && !is_one_digit(it.id)
}

/// Who writes the word beside it means it, whatever was ever issued.
fn like_ssn(it: &Written<'_>) -> bool {
    !is_one_digit(it.id) && !ADVERTISED.contains(&it.id)
}

fn itin(it: &Written<'_>) -> bool {
    matches!(number(it.id, 3..5), Some(50..=65 | 70..=88 | 90..=92 | 94..=99))
}

fn ein(it: &Written<'_>) -> bool {
    !matches!(
        number(it.id, 0..2),
        Some(0 | 7..=9 | 17..=19 | 28 | 29 | 49 | 69 | 70 | 78 | 79 | 89 | 96 | 97)
    )
}

fn routing(it: &Written<'_>) -> bool {
    let district = matches!(number(it.id, 0..2), Some(1..=12 | 21..=32 | 61..=72 | 80));
    district && weighted(it.id, &[3, 7, 1, 3, 7, 1, 3, 7, 1]).is_multiple_of(10)
}

fn dea(it: &Written<'_>) -> bool {
    let digits = it.id.get(2..).unwrap_or_default();
    let sum = weighted(digits, &[1, 2, 1, 2, 1, 2]);
    number(digits, 6..7) == Some(sum % 10) && sum > 0
}

fn npi(it: &Written<'_>) -> bool {
    let mut whole = b"80840".to_vec();
    whole.extend_from_slice(it.id);
    luhn(&whole)
}
