//! Payment cards (ISO/IEC 7812): prefix of a network, its lengths, Luhn check digit.

use std::ops::Range;

use super::surroundings::is_inside;

/// Digits, alone or in groups.
pub(super) const PATTERN: &str = r"[0-9]+(?:[ .\x{a0}-][0-9]+)*";

const JOINTS: [char; 2] = ['.', '-'];

pub(super) fn check(text: &str, candidate: Range<usize>, found: &mut Vec<(Range<usize>, f64)>) {
    let groups = groups(text, &candidate);
    let mut next = 0;
    while next < groups.len() {
        match (1..=5).find_map(|count| card(text, groups.get(next..next + count)?).map(|span| (span, count)))
        {
            Some((span, count)) => {
                found.push((span, 1.0));
                next += count;
            }
            None => next += 1,
        }
    }
}

/// The groups of digits in a candidate.
fn groups(text: &str, candidate: &Range<usize>) -> Vec<Range<usize>> {
    let mut groups: Vec<Range<usize>> = Vec::new();
    let inside = text.get(candidate.clone()).unwrap_or_default();
    for (at, byte) in inside
        .bytes()
        .enumerate()
        .map(|(at, byte)| (at + candidate.start, byte))
    {
        if byte.is_ascii_digit() {
            match groups.last_mut() {
                Some(group) if group.end == at => group.end = at + 1,
                _ => groups.push(at..at + 1),
            }
        }
    }
    groups
}

/// The span of these groups, if together they are a card's number.
fn card(text: &str, groups: &[Range<usize>]) -> Option<Range<usize>> {
    if !is_printed_so(groups) {
        return None;
    }
    let span = groups.first()?.start..groups.last()?.end;
    let between: Vec<_> = groups
        .windows(2)
        .map(|pair| text.get(pair[0].end..pair[1].start))
        .collect();
    if between.windows(2).any(|pair| pair[0] != pair[1]) || is_inside(text, &span, &JOINTS) {
        return None;
    }
    let digits: Vec<u32> = text
        .get(span.clone())?
        .chars()
        .filter_map(|c| c.to_digit(10))
        .collect();
    (is_issued(&digits) && luhn(&digits)).then_some(span)
}

/// Whether the groups are those that cards are printed in; a table of numbers is not.
fn is_printed_so(groups: &[Range<usize>]) -> bool {
    let lengths: Vec<_> = groups.iter().map(ExactSizeIterator::len).collect();
    matches!(
        lengths.as_slice(),
        [12..=19] | [4, 4, 4, 1..=4] | [4, 4, 4, 4, 1..=3] | [4, 6, 4 | 5] | [4, 5, 6] | [6, 13] | [8, 8]
    )
}

/// Whether a network issues numbers with this prefix and length.
fn is_issued(digits: &[u32]) -> bool {
    let prefix = digits.iter().take(4).fold(0, |number, digit| number * 10 + digit);
    match (prefix, digits.len()) {
        // Visa.
        (4000..=4999, 13 | 16 | 19) => true,
        // Mastercard; Mir.
        (5100..=5599 | 2221..=2720, 16) | (2200..=2204, 16..=19) => true,
        // American Express.
        (3400..=3499 | 3700..=3799, 15) => true,
        // Diners Club.
        (3000..=3059 | 3095 | 3600..=3699 | 3800..=3999, 14..=19) => true,
        // JCB.
        (3528..=3589, 16..=19) => true,
        // Discover, UnionPay, RuPay.
        (6011 | 6440..=6599 | 6200..=6299 | 8100..=8299 | 6000..=6099 | 5080..=5089, 16..=19) => true,
        // Maestro: only its own well-known ranges, the whole of 5 and 6 would take in everything.
        (5018 | 5020 | 5038 | 5893 | 6304 | 6759 | 6761..=6763, 12..=19) => true,
        _ => false,
    }
}

fn luhn(digits: &[u32]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(place, digit)| match (place % 2, digit * 2) {
            (0, _) => *digit,
            (_, double) if double > 9 => double - 9,
            (_, double) => double,
        })
        .sum();
    sum.is_multiple_of(10)
}
