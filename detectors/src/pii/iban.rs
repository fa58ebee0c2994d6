//! International bank account numbers (ISO 13616): length of the country, check digits modulo 97.

use std::ops::Range;

use super::surroundings::is_inside;

/// Country and check digits; what follows is counted out by the country's length.
pub(super) const PATTERN: &str = r"(?i)[a-z]{2}[ -]?[0-9]{2}";

/// Lengths by country, from the SWIFT registry of IBAN formats.
const LENGTHS: &str = "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 \
    DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 \
    IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 \
    OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 \
    UA29 VA22 VG24 XK20 YE30";

pub(super) fn check(text: &str, candidate: Range<usize>, found: &mut Vec<(Range<usize>, f64)>) {
    if let Some(span) = iban(text, candidate.start).filter(|span| !is_inside(text, span, &['-'])) {
        found.push((span, 1.0));
    }
}

/// The IBAN that begins here: its characters may be in groups with one space or hyphen between them.
fn iban(text: &str, start: usize) -> Option<Range<usize>> {
    let rest = text.get(start..)?;
    let length = length(rest.get(..2)?)?;
    let (mut compact, mut end, mut joined) = (String::with_capacity(length), start, true);
    for c in rest.chars() {
        if c.is_ascii_alphanumeric() {
            compact.push(c.to_ascii_uppercase());
            joined = false;
        } else if joined || !matches!(c, ' ' | '-' | '\u{a0}') {
            return None;
        } else {
            joined = true;
        }
        end += c.len_utf8();
        if compact.len() == length {
            return (remainder(&compact) == 1).then_some(start..end);
        }
    }
    None
}

fn length(country: &str) -> Option<usize> {
    let country = country.to_ascii_uppercase();
    LENGTHS
        .split_whitespace()
        .find_map(|entry| entry.strip_prefix(country.as_str()))?
        .parse()
        .ok()
}

/// The remainder modulo 97 once the first four characters have gone to the end and letters are numbers.
fn remainder(compact: &str) -> u32 {
    let (head, tail) = compact.split_at_checked(4).unwrap_or(("", compact));
    tail.chars()
        .chain(head.chars())
        .filter_map(|c| c.to_digit(36))
        .fold(0, |rest, value| {
            let shifted = if value > 9 { rest * 100 } else { rest * 10 };
            (shifted + value) % 97
        })
}
