//! Germany.

use crate::pii::category::{Category, How, Written, form, only_named};
use crate::pii::checks::{is_date, mod11_10, number, value};

const PASSPORT: &str = r"[CFGHJK][0-9CFGHJKLMNPRTVWXYZ]{8}\d";
const ID_CARD: &str = r"[LMNPRTVWXY][0-9CFGHJKLMNPRTVWXYZ]{8}\d";

pub(in crate::pii) const CATEGORIES: &[Category] = &[
    Category {
        name: "DE_HEALTH_INSURANCE",
        title: "Health insurance number (Krankenversichertennummer)",
        source: "GKV-Spitzenverband, § 290 SGB V: letter, eight digits, check digit modulo 10",
        example: "A123456780",
        words: &[
            "krankenversicher*",
            "versichertennummer",
            "kvnr",
            "versicherten-nr",
            "health insurance",
        ],
        how: How::Forms(&[only_named(r"[A-Z]\d{9}", health_insurance, 1.0)]),
    },
    Category {
        name: "DE_ID_CARD",
        title: "Number of an identity card (Personalausweis), with its check digit",
        source: "ICAO Doc 9303, BSI TR-03129: letters that cannot be misread and digits, weights 7, 3, 1",
        example: "T220001293",
        words: &[
            "personalausweis*",
            "ausweisnummer",
            "ausweis",
            "identity card",
            "id card",
            "perso",
        ],
        how: How::Forms(&[only_named(ID_CARD, mrz, 1.0)]),
    },
    Category {
        name: "DE_PASSPORT",
        title: "Number of a passport (Reisepass), with its check digit",
        source: "ICAO Doc 9303, Passverwaltungsvorschrift: letters that cannot be misread and digits, weights 7, 3, 1",
        example: "C01X00T478",
        words: &["reisepass*", "passnummer", "pass-nr", "passport"],
        how: How::Forms(&[only_named(PASSPORT, mrz, 1.0)]),
    },
    Category {
        name: "DE_SOCIAL_SECURITY",
        title: "Pension insurance number (Versicherungsnummer)",
        source: "Deutsche Rentenversicherung, VKVV: area, date of birth, letter of the name, serial, check digit modulo 10",
        example: "15 070649 C 103",
        words: &[
            "rentenversicherung*",
            "sozialversicherung*",
            "versicherungsnummer",
            "rvnr",
            "svnr",
            "sv-nummer",
        ],
        how: How::Forms(&[form(
            r"\d{2} ?\d{6} ?[A-Z] ?\d{2} ?\d",
            social_security,
            0.85,
            1.0,
        )]),
    },
    Category {
        name: "DE_TAX_ID",
        title: "Tax identification number of a person (Steuer-Identifikationsnummer)",
        source: "§ 139b AO, Bundeszentralamt für Steuern: one of the first ten digits two or three times, ISO 7064 mod 11,10",
        example: "36 574 261 809",
        words: &[
            "steuer-id",
            "steuerid",
            "steueridentifikationsnummer",
            "steuer-identifikationsnummer",
            "idnr",
            "steuer-idnr",
            "steuernummer",
            "steuerliche identifikationsnummer",
            "tax id",
            "tax identification",
            "tin",
        ],
        how: How::Forms(&[
            form(r"[1-9]\d \d{3} \d{3} \d{3}", tax_id, 0.6, 1.0),
            only_named(r"[1-9]\d{10}", tax_id, 1.0),
        ]),
    },
    Category {
        name: "DE_VAT_ID",
        title: "Value added tax number (Umsatzsteuer-Identifikationsnummer)",
        source: "§ 27a UStG: DE, eight digits, check digit by ISO 7064 mod 11,10",
        example: "DE136695976",
        words: &["ust-id*", "ustid*", "ust-idnr", "umsatzsteuer*", "vat", "mwst*"],
        how: How::Forms(&[form(r"DE ?[1-9]\d{2} ?\d{3} ?\d{3}", vat_id, 0.9, 1.0)]),
    },
];

fn health_insurance(it: &Written<'_>) -> bool {
    let Some((letter, digits)) = it.id.split_first() else {
        return false;
    };
    let number = value(*letter) - 9;
    let all = [number / 10, number % 10]
        .into_iter()
        .chain(digits.iter().map(|byte| value(*byte)));
    let sum: u32 = all
        .take(10)
        .zip([1, 2].into_iter().cycle())
        .map(|(digit, weight)| cross(digit * weight))
        .sum();
    digits.last().is_some_and(|check| value(*check) == sum % 10)
}

/// The check digit of machine-readable documents: weights 7, 3, 1, letters from 10 on.
fn mrz(it: &Written<'_>) -> bool {
    let Some((check, rest)) = it.id.split_last() else {
        return false;
    };
    let weights = [7, 3, 1].into_iter().cycle();
    let sum: u32 = rest
        .iter()
        .zip(weights)
        .map(|(byte, weight)| value(*byte) * weight)
        .sum();
    value(*check) == sum % 10 && rest.iter().any(u8::is_ascii_digit)
}

fn social_security(it: &Written<'_>) -> bool {
    let Some((head, [letter, a, b, check])) = it.id.split_at_checked(8) else {
        return false;
    };
    let number_of = value(*letter) - 9;
    let digits =
        head.iter()
            .map(|byte| value(*byte))
            .chain([number_of / 10, number_of % 10, value(*a), value(*b)]);
    let weights = [2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1];
    let sum: u32 = digits
        .zip(weights)
        .map(|(digit, weight)| cross(digit * weight))
        .sum();
    // When the numbers of a day are used up, 50 is added to the month.
    let is_born = number(it.id, 4..6)
        .zip(number(it.id, 2..4))
        .is_some_and(|(month, day)| is_date(None, month % 50, day));
    sum % 10 == value(*check) && is_born
}

fn tax_id(it: &Written<'_>) -> bool {
    let mut counts = [0u8; 10];
    for byte in it.id.iter().take(10) {
        if let Some(count) = counts.get_mut(value(*byte) as usize) {
            *count += 1;
        }
    }
    let repeated = counts.iter().filter(|count| **count > 1).count();
    let most = counts.iter().max().copied().unwrap_or_default();
    repeated == 1 && most <= 3 && mod11_10(it.id)
}

fn vat_id(it: &Written<'_>) -> bool {
    it.id.get(2..).is_some_and(mod11_10)
}

/// The sum of a number's digits.
fn cross(number: u32) -> u32 {
    number / 10 + number % 10
}
