//! International bank account numbers.

use std::ops::Range;

use crate::pii::category::{Category, How, Own};
use crate::pii::checks::mod97;

/// Lengths by country, from the SWIFT registry of IBAN formats.
const REGISTRY: &str = "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 \
    DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 \
    IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 \
    OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 \
    UA29 VA22 VG24 XK20 YE30";

/// The same, by the two letters of the country.
const LENGTHS: [u8; 26 * 26] = {
    let (bytes, mut lengths, mut at) = (REGISTRY.as_bytes(), [0; 26 * 26], 0);
    while at < bytes.len() {
        let country = (bytes[at] - b'A') as usize * 26 + (bytes[at + 1] - b'A') as usize;
        lengths[country] = (bytes[at + 2] - b'0') * 10 + bytes[at + 3] - b'0';
        at += 5;
    }
    lengths
};

pub(in crate::pii) const CATEGORIES: &[Category] = &[Category {
    name: "IBAN_CODE",
    title: "International bank account number, alone or in groups",
    source: "ISO 13616, SWIFT IBAN registry: length by country, check digits modulo 97",
    example: "DE89 3704 0044 0532 0130 00",
    words: &["iban", "bank account", "account", "konto", "kontonummer"],
    how: How::Own(Own::Iban),
}];

/// The IBAN that begins here: its characters may be in groups with one space or hyphen between them.
pub(in crate::pii) fn find(text: &str, start: usize) -> Option<Range<usize>> {
    let rest = text.get(start..)?;
    let country = rest
        .as_bytes()
        .get(..2)
        .filter(|country| country.iter().all(u8::is_ascii_alphabetic))?;
    if !rest.bytes().skip(2).take(2).any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let length = length(country)?;
    let (mut compact, mut filled, mut end, mut joined) = ([0u8; 34], 0, start, true);
    for c in rest.chars() {
        if let Some(place) = compact.get_mut(filled).filter(|_| c.is_ascii_alphanumeric()) {
            *place = u8::try_from(c).unwrap_or_default().to_ascii_uppercase();
            filled += 1;
            joined = false;
        } else if joined || !matches!(c, ' ' | '-' | '\u{a0}' | '\u{202f}') {
            return None;
        } else {
            joined = true;
        }
        end += c.len_utf8();
        if filled == length {
            let compact = compact.get(..length)?;
            return (is_iban(compact)).then_some(start..end);
        }
    }
    None
}

fn length(country: &[u8]) -> Option<usize> {
    let [first, second] = country else {
        return None;
    };
    let place = |letter: &u8| usize::from(letter.to_ascii_uppercase().wrapping_sub(b'A'));
    let length = LENGTHS.get(place(first) * 26 + place(second)).copied()?;
    (length > 0).then_some(usize::from(length))
}

/// Check digits, and the remainder modulo 97 once the first four characters have gone to the end.
fn is_iban(compact: &[u8]) -> bool {
    let (head, tail) = compact.split_at_checked(4).unwrap_or_default();
    let digits = head.iter().skip(2).all(u8::is_ascii_digit);
    digits && mod97(tail.iter().chain(head).copied()) == 1
}
