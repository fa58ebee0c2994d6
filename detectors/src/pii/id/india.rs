//! India.

use crate::pii::category::{Category, How, Written, any, form, only_named};
use crate::pii::checks::{digit, luhn, number, value, verhoeff};

/// Codes of states and union territories on number plates.
const STATES: &str = "AN AP AR AS BH BR CG CH DD DL DN GA GJ HP HR JH JK KA KL LA LD MH ML MN MP MZ NL OD OR PB PY RJ \
    SK TG TN TR TS UK UP WB";

pub(in crate::pii) const CATEGORIES: &[Category] = &[
    Category {
        name: "IN_AADHAAR",
        title: "Aadhaar number",
        source: "UIDAI: twelve digits, the first 2 to 9, scheme of Verhoeff, no palindrome",
        example: "2341 2341 2346",
        words: &["aadhaar", "aadhar", "uidai", "आधार", "adhaar"],
        how: How::Forms(&[
            form(r"[2-9]\d{3} \d{4} \d{4}", aadhaar, 0.6, 1.0),
            only_named(r"[2-9]\d{3}-?\d{4}-?\d{4}", aadhaar, 1.0),
        ]),
    },
    Category {
        name: "IN_GSTIN",
        title: "Goods and services tax number",
        source: "GSTN: state, PAN, entity, Z, check character base 36",
        example: "27AAPFU0939F1ZV",
        words: &["gst", "gstin", "gst number"],
        how: How::Forms(&[form(
            r"[0-3]\d[A-Z]{5}\d{4}[A-Z][1-9A-Z]Z[0-9A-Z]",
            gstin,
            0.95,
            1.0,
        )]),
    },
    Category {
        name: "IN_PAN",
        title: "Permanent account number",
        source: "Income Tax Department: three letters, kind of holder, letter of the name, four digits, letter",
        example: "ACUPA7085R",
        words: &["pan", "permanent account number", "pan card", "income tax"],
        how: How::Forms(&[form(r"[A-Z]{3}[ABCFGHJLPT][A-Z]\d{4}[A-Z]", pan, 0.7, 0.95)]),
    },
    Category {
        name: "IN_PASSPORT",
        title: "Passport number",
        source: "Passport Seva: letter, first digit not 0, seven digits, the last not 0",
        example: "A2096457",
        words: &["passport", "indian passport", "पासपोर्ट"],
        how: How::Forms(&[only_named(r"[A-PR-WY][1-9]\d ?\d{4}[1-9]", any, 0.8)]),
    },
    Category {
        name: "IN_VEHICLE_REGISTRATION",
        title: "Vehicle registration",
        source: "Central Motor Vehicles Rules: state, district, series, number",
        example: "KA 01 AB 1234",
        words: &["vehicle", "registration", "number plate", "car number", "rto"],
        how: How::Forms(&[form(
            r"[A-Z]{2}[ -]?\d{1,2}[ -]?[A-HJ-NP-Z]{1,3}[ -]?\d{4}",
            vehicle,
            0.6,
            0.9,
        )]),
    },
    Category {
        name: "IN_VOTER",
        title: "Voter card number (EPIC)",
        source: "Election Commission of India: three letters, seven digits, Luhn",
        example: "WKH1186253",
        words: &["voter", "epic", "voter id", "election card", "electoral"],
        how: How::Forms(&[only_named(r"[A-Z]{3}\d{7}", voter, 1.0)]),
    },
];

fn aadhaar(it: &Written<'_>) -> bool {
    verhoeff(it.id) && !it.id.iter().eq(it.id.iter().rev())
}

fn gstin(it: &Written<'_>) -> bool {
    let Some((check, rest)) = it.id.split_last() else {
        return false;
    };
    let sum: u32 = rest
        .iter()
        .zip([1, 2].into_iter().cycle())
        .map(|(byte, weight)| value(*byte) * weight)
        .map(|product| product / 36 + product % 36)
        .sum();
    let holder = it.id.get(5).is_some_and(|kind| b"ABCFGHJLPT".contains(kind));
    holder && matches!(number(it.id, 0..2), Some(1..=38)) && (36 - sum % 36) % 36 == value(*check)
}

fn pan(it: &Written<'_>) -> bool {
    number(it.id, 5..9) != Some(0)
}

fn vehicle(it: &Written<'_>) -> bool {
    let state = it.id.get(..2).and_then(|state| std::str::from_utf8(state).ok());
    let is_known = state.is_some_and(|state| STATES.split_ascii_whitespace().any(|known| known == state));
    // The district is never zero, and neither is the number.
    let district = it
        .id
        .iter()
        .skip(2)
        .take_while(|byte| byte.is_ascii_digit())
        .any(|byte| *byte != b'0');
    is_known && district && !it.id.ends_with(b"0000")
}

fn voter(it: &Written<'_>) -> bool {
    it.id.get(3..).is_some_and(luhn) && digit(it.id, 9) < 10
}
