//! Numbers of things that belong to someone: network cards, telephones, vehicles.

use crate::pii::category::{Category, How, Written, form, only_named};
use crate::pii::checks::{has_one_separator, is_one_digit, luhn, value};

pub(in crate::pii) const CATEGORIES: &[Category] = &[
    Category {
        name: "IMEI",
        title: "Number of a mobile telephone",
        source: "3GPP TS 23.003: fourteen digits, Luhn; sixteen digits with the version of the software",
        example: "35-417803-685978-9",
        words: &["imei", "imeisv", "handset", "device id", "device identifier"],
        how: How::Forms(&[
            form(r"\d{2}-\d{6}-\d{6}-\d", imei, 0.8, 1.0),
            only_named(r"\d{15}", imei, 1.0),
            only_named(r"\d{16}", |it| !is_one_digit(it.id), 0.6),
        ]),
    },
    Category {
        name: "MAC_ADDRESS",
        title: "Hardware address of a network card",
        source: "IEEE 802: six bytes in hexadecimal, with colons, hyphens or, in groups of two bytes, dots",
        example: "00:1A:2B:3C:4D:5E",
        words: &[
            "mac",
            "mac address",
            "hwaddr",
            "ether",
            "ethernet",
            "bssid",
            "hardware address",
        ],
        how: How::Forms(&[
            form(r"[0-9A-F]{2}(?::[0-9A-F]{2}){5}", mac, 0.95, 1.0),
            form(r"[0-9A-F]{2}(?:-[0-9A-F]{2}){5}", mac, 0.9, 1.0),
            form(r"[0-9A-F]{4}\.[0-9A-F]{4}\.[0-9A-F]{4}", mac, 0.6, 1.0),
        ]),
    },
    Category {
        name: "VIN",
        title: "Vehicle identification number",
        source: "ISO 3779 and 49 CFR 565: seventeen characters without I, O and Q, check character modulo 11 in North America and China",
        example: "1HGBH41JXMN109186",
        words: &[
            "vin",
            "vehicle identification",
            "chassis",
            "fahrgestellnummer",
            "fin",
            "fahrzeug-ident*",
            "numéro de châssis",
            "bastidor",
            "telaio",
        ],
        how: How::Forms(&[
            form(r"[A-HJ-NPR-Z0-9]{13}\d{4}", vin, 0.85, 1.0),
            only_named(r"[A-HJ-NPR-Z0-9]{13}\d{4}", is_mixed, 0.8),
        ]),
    },
];

fn imei(it: &Written<'_>) -> bool {
    luhn(it.id) && !is_one_digit(it.id)
}

fn mac(it: &Written<'_>) -> bool {
    // Eight bytes are not a network card's address, and neither are none or all.
    let before = it.text.get(..it.start).unwrap_or_default();
    let after = it.text.get(it.end..).unwrap_or_default();
    let joined = before.ends_with([':', '-'])
        && before.chars().rev().nth(1).is_some_and(|c| c.is_ascii_hexdigit())
        || after.starts_with([':', '-']) && after.chars().nth(1).is_some_and(|c| c.is_ascii_hexdigit());
    !joined && !is_one_digit(it.id) && has_one_separator(it.raw())
}

fn vin(it: &Written<'_>) -> bool {
    const WEIGHTS: [u32; 17] = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];
    let sum: u32 = it
        .id
        .iter()
        .zip(WEIGHTS)
        .map(|(byte, weight)| transliterate(*byte) * weight)
        .sum();
    let check = it.id.get(8).copied().unwrap_or_default();
    let holds = match sum % 11 {
        10 => check == b'X',
        rest => value(check) == rest,
    };
    holds && is_mixed(it)
}

/// Letters count as 1 to 9, in rows of nine that leave some out.
fn transliterate(byte: u8) -> u32 {
    match byte {
        b'A'..=b'H' => u32::from(byte - b'A') + 1,
        b'J'..=b'R' => u32::from(byte - b'J') + 1,
        b'S'..=b'Z' => u32::from(byte - b'S') + 2,
        _ => value(byte),
    }
}

fn is_mixed(it: &Written<'_>) -> bool {
    let letters = it.id.iter().filter(|byte| byte.is_ascii_alphabetic()).count();
    (3..=13).contains(&letters)
}
