//! Phone numbers: international (E.164), North American, and national ones next to a telling word.

use std::ops::Range;

use super::surroundings::{follows, is_inside};

/// An optional `+` or bracket, digits with usual separators, an optional extension.
pub(super) const PATTERN: &str = r"(?x)
    (?: \+ | \( )? [0-9] (?: [\ ./\x{a0}-]? \(? [0-9] \)? | \) [\ -]? \(? [0-9] ){5,17}
    (?: \ ? (?: x | ext\.? ) \ ? [0-9]{1,5} )?";

const WORDS: [&str; 22] = [
    "phone",
    "tel",
    "mobile",
    "cell",
    "call",
    "fax",
    "whatsapp",
    "sms",
    "number is",
    "reach me",
    "text me",
    "dial",
    "telefon",
    "handy",
    "mobil",
    "ruf",
    "téléphone",
    "teléfono",
    "móvil",
    "telefone",
    "cellulare",
    "телефон",
];

/// Calling codes of the ITU (E.164): one digit, two digits; all others have three.
const ZONES: [&str; 2] = [
    "1 7",
    "20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 \
    63 64 65 66 81 82 84 86 90 91 92 93 94 95 98",
];
/// Codes of three digits begin with one of these pairs.
const LONG_ZONES: [&str; 15] = [
    "21", "22", "23", "24", "25", "26", "29", "35", "37", "38", "42", "50", "59", "67", "68",
];
const LONG_ZONES_2: [&str; 6] = ["69", "80", "85", "88", "96", "97"];

pub(super) fn check(text: &str, candidate: Range<usize>, found: &mut Vec<(Range<usize>, f64)>) {
    let span = without_loose_brackets(text, candidate);
    let Some(written) = text.get(span.clone()) else {
        return;
    };
    let number = written.split(['x', 'e']).next().unwrap_or_default().trim_end();
    let bracketed = number.matches('(').count();
    if bracketed > 1 || bracketed != number.matches(')').count() {
        return;
    }
    if is_inside(text, &span, &['.', '-', '/', ':', ',', '+']) {
        return;
    }
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    let score = if let Some(score) = international(number, &digits) {
        score
    } else if is_north_american(number, &digits) {
        0.75
    } else if is_national(&digits) && !is_date(number) && follows(text, span.start, &WORDS) {
        0.6
    } else {
        return;
    };
    found.push((span, score));
}

/// The candidate without a bracket that belongs to the sentence around it.
fn without_loose_brackets(text: &str, mut span: Range<usize>) -> Range<usize> {
    let written = text.get(span.clone()).unwrap_or_default();
    let (opened, closed) = (written.matches('(').count(), written.matches(')').count());
    let around = written.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    let around = around.is_some_and(|inside| !inside.contains(['(', ')']));
    if written.ends_with(')') && (around || closed > opened) {
        span.end -= 1;
    }
    if written.starts_with('(') && (around || opened > closed) {
        span.start += 1;
    }
    span
}

/// `+` or `00`, a calling code that exists, and as many digits as E.164 allows.
fn international(number: &str, digits: &str) -> Option<f64> {
    let digits = match (number.starts_with('+'), digits.strip_prefix("00")) {
        (true, _) => digits,
        // A long row of digits that begins with two zeros is more often an order number.
        (false, Some(rest)) if number.contains([' ', '-', '/', '.']) => rest,
        _ => return None,
    };
    let two = digits.get(..2)?;
    let known = ZONES
        .iter()
        .any(|zone| zone.split(' ').any(|code| digits.starts_with(code)))
        || LONG_ZONES.contains(&two)
        || LONG_ZONES_2.contains(&two);
    let enough = match digits.strip_prefix('1') {
        Some(local) => local.len() == 10 && local.starts_with(|c| ('2'..='9').contains(&c)),
        None => (8..=15).contains(&digits.len()),
    };
    (known && enough).then_some(0.95)
}

/// `(212) 555-0123`, `212-555-0123`, `212.555.0123`, `1 212 555 0123`; ten digits in one row are not enough.
fn is_north_american(number: &str, digits: &str) -> bool {
    let local = if digits.len() == 11 {
        digits.strip_prefix('1')
    } else {
        Some(digits)
    };
    let groups: Vec<_> = number
        .split(|c: char| !c.is_ascii_digit())
        .filter(|group| !group.is_empty())
        .collect();
    let lengths: Vec<_> = groups.iter().map(|group| group.len()).collect();
    matches!(lengths.as_slice(), [3, 3, 4] | [1, 3, 3, 4] | [3, 7])
        && local.is_some_and(has_north_american_form)
}

/// Area code and exchange begin with 2 to 9, and neither is a service such as 911.
fn has_north_american_form(digits: &str) -> bool {
    let block = |range: Range<usize>| digits.get(range).unwrap_or_default();
    let good = |block: &str| block.starts_with(|c| ('2'..='9').contains(&c)) && !block.ends_with("11");
    digits.len() == 10 && good(block(0..3)) && good(block(3..6))
}

fn is_national(digits: &str) -> bool {
    (7..=12).contains(&digits.len()) && digits.bytes().any(|byte| Some(byte) != digits.bytes().next())
}

/// `2026-11-21` and `21.11.2026` are dates even in "call me on".
fn is_date(number: &str) -> bool {
    let groups: Vec<_> = number.split(['-', '.', '/', ' ']).map(str::len).collect();
    matches!(groups.as_slice(), [4, 1 | 2, 1 | 2] | [1 | 2, 1 | 2, 4])
}
