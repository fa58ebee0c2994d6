//! Check digits and other arithmetic that several identifiers share.
//!
//! All functions take the letters and digits of an identifier as ASCII in capitals; what does not fit is `false`.

use std::ops::Range;

/// 0 to 9 for digits, 10 to 35 for letters.
pub(super) fn value(byte: u8) -> u32 {
    char::from(byte).to_digit(36).unwrap_or_default()
}

/// The number that these places hold; `None` where one of them is no digit or is missing.
pub(super) fn number(id: &[u8], places: Range<usize>) -> Option<u32> {
    let digits = id.get(places)?;
    digits.iter().try_fold(0u32, |number, byte| {
        let digit = char::from(*byte).to_digit(10)?;
        number.checked_mul(10)?.checked_add(digit)
    })
}

/// Digits times weights, summed up. Places without a weight do not count.
pub(super) fn weighted(id: &[u8], weights: &[u32]) -> u32 {
    id.iter()
        .zip(weights)
        .map(|(byte, weight)| value(*byte) * weight)
        .sum()
}

/// The digit at a place.
pub(super) fn digit(id: &[u8], place: usize) -> u32 {
    id.get(place).map_or(u32::MAX, |byte| value(*byte))
}

/// ISO/IEC 7812-1 annex B: every second digit from the right is doubled.
pub(super) fn luhn(id: &[u8]) -> bool {
    luhn_sum(id).is_multiple_of(10)
}

/// The sum that the rule of Luhn makes of the digits, the last of which is the check digit.
pub(super) fn luhn_sum(id: &[u8]) -> u32 {
    let places = id.iter().rev().enumerate();
    places
        .map(|(place, byte)| match (place % 2, value(*byte) * 2) {
            (0, double) => double / 2,
            (_, double) if double > 9 => double - 9,
            (_, double) => double,
        })
        .sum()
}

/// The remainder modulo 97 of the number that the characters make, letters counting as two digits (ISO 7064).
pub(super) fn mod97(id: impl IntoIterator<Item = u8>) -> u32 {
    id.into_iter().map(value).fold(0, |rest, value| {
        let shifted = if value > 9 { rest * 100 } else { rest * 10 };
        (shifted + value) % 97
    })
}

/// ISO 7064 mod 11,10.
pub(super) fn mod11_10(id: &[u8]) -> bool {
    let rest = id.iter().rev().skip(1).rev().fold(10, |product, byte| {
        let sum = (product + value(*byte)) % 10;
        (if sum == 0 { 10 } else { sum }) * 2 % 11
    });
    (rest + id.last().map_or(0, |byte| value(*byte))) % 10 == 1
}

/// ISO 7064 mod 11-2; the check character may be `X`.
pub(super) fn mod11_2(id: &[u8]) -> bool {
    let rest = id.iter().fold(0, |rest, byte| {
        let value = if *byte == b'X' { 10 } else { value(*byte) };
        (rest * 2 + value) % 11
    });
    rest == 1
}

/// The scheme of Verhoeff (1969), over the dihedral group of ten.
pub(super) fn verhoeff(id: &[u8]) -> bool {
    const PRODUCT: [[u8; 10]; 10] = [
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
        [1, 2, 3, 4, 0, 6, 7, 8, 9, 5],
        [2, 3, 4, 0, 1, 7, 8, 9, 5, 6],
        [3, 4, 0, 1, 2, 8, 9, 5, 6, 7],
        [4, 0, 1, 2, 3, 9, 5, 6, 7, 8],
        [5, 9, 8, 7, 6, 0, 4, 3, 2, 1],
        [6, 5, 9, 8, 7, 1, 0, 4, 3, 2],
        [7, 6, 5, 9, 8, 2, 1, 0, 4, 3],
        [8, 7, 6, 5, 9, 3, 2, 1, 0, 4],
        [9, 8, 7, 6, 5, 4, 3, 2, 1, 0],
    ];
    const PERMUTATION: [[u8; 10]; 8] = [
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
        [1, 5, 7, 6, 2, 8, 3, 0, 9, 4],
        [5, 8, 0, 3, 7, 9, 6, 1, 4, 2],
        [8, 9, 1, 6, 0, 4, 3, 5, 2, 7],
        [9, 4, 5, 3, 1, 2, 6, 8, 7, 0],
        [4, 2, 8, 6, 5, 7, 3, 9, 0, 1],
        [2, 7, 9, 3, 8, 0, 6, 4, 1, 5],
        [7, 0, 4, 6, 9, 1, 3, 2, 5, 8],
    ];
    let at = |table: &[[u8; 10]], row: usize, column: u32| {
        let row = table.get(row).and_then(|row| row.get(column as usize));
        row.copied().unwrap_or_default()
    };
    let places = id.iter().rev().enumerate();
    let check = places.fold(0, |check, (place, byte)| {
        let permuted = at(&PERMUTATION, place % 8, value(*byte));
        at(&PRODUCT, usize::from(check), u32::from(permuted))
    });
    check == 0
}

/// Whether the year has this day; without a year, whether some year has it.
pub(super) fn is_date(year: Option<u32>, month: u32, day: u32) -> bool {
    let leap = year
        .is_none_or(|year| year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)));
    let days = match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        _ => 0,
    };
    (1..=days).contains(&day)
}

/// Whether six digits are a date of some century, year first (`yymmdd`).
pub(super) fn is_yymmdd(id: &[u8], from: usize) -> bool {
    let at = |place: usize| number(id, from + place..from + place + 2);
    // Without the century a leap year is known by its two digits alone, but for 00.
    let year = at(0).map(|year| 2000 + year);
    matches!((at(2), at(4)), (Some(month), Some(day)) if year.is_some() && is_date(year, month, day))
}

/// Whether six digits are a date of some century, day first (`ddmmyy`).
pub(super) fn is_ddmmyy(id: &[u8], from: usize) -> bool {
    let at = |place: usize| number(id, from + place..from + place + 2);
    let year = at(4).map(|year| 2000 + year);
    matches!((at(2), at(0)), (Some(month), Some(day)) if year.is_some() && is_date(year, month, day))
}

/// All characters are the same: a placeholder, not a number.
pub(super) fn is_one_digit(id: &[u8]) -> bool {
    id.windows(2).all(|pair| pair.first() == pair.last())
}

/// The separators of a number are all of one kind.
pub(super) fn has_one_separator(raw: &str) -> bool {
    let mut others = raw.chars().filter(|c| !c.is_ascii_alphanumeric());
    let first = others.next();
    others.all(|other| Some(other) == first)
}
