//! United States social security numbers: no check digit, so the impossible ones are sorted out.

use std::ops::Range;

use super::surroundings::{follows, is_inside};

pub(super) const PATTERN: &str = r"[0-9]{3}(?:[- ][0-9]{2}[- ]|[0-9]{2})[0-9]{4}";

/// Numbers from advertisements, which were never anyone's own.
const ADVERTISED: [&str; 2] = ["078051120", "219099999"];

pub(super) fn check(text: &str, candidate: Range<usize>, found: &mut Vec<(Range<usize>, f64)>) {
    let Some(written) = text.get(candidate.clone()) else {
        return;
    };
    let digits: String = written.chars().filter(char::is_ascii_digit).collect();
    let named = follows(text, candidate.start, &["ssn", "social security", "soc sec"]);
    let mut between = written.chars().filter(|c| !c.is_ascii_digit());
    let score = match (between.next(), between.next()) {
        (Some(first), Some(second)) if first != second => return,
        // Nine digits are a number like any other unless a word says which.
        (None, _) if !named => return,
        (_, _) if named => 1.0,
        (Some('-'), _) => 0.85,
        _ => 0.6,
    };
    let part = |range: Range<usize>| digits.get(range).unwrap_or_default();
    let (area, group, serial) = (part(0..3), part(3..5), part(5..9));
    let possible =
        !(matches!(area, "000" | "666") || area.starts_with('9') || group == "00" || serial == "0000");
    if possible && !ADVERTISED.contains(&digits.as_str()) && !is_inside(text, &candidate, &['-', '.']) {
        found.push((candidate, score));
    }
}
