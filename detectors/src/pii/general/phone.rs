//! Phone numbers: international by the numbering plans, North American, and national ones next to a telling word.

use std::ops::Range;

use regex::Regex;

use crate::LoadError;
use crate::pii::category::{Category, How, Own};
use crate::pii::surroundings::is_inside;

/// Numbering plans: calling code, regions, pattern of what stands behind the code.
const PLANS: &str = include_str!("numbering.tsv");

/// Most digits, and most characters, of a number (E.164 allows 15 digits; the rest is for prefixes).
const DIGITS: usize = 18;
const LONGEST: usize = 40;
/// Most groups that a number is written in.
const GROUPS: usize = 8;

pub(in crate::pii) const CATEGORIES: &[Category] = &[Category {
    name: "PHONE_NUMBER",
    title: "Phone number: with a calling code, in the form of North America, or next to a telling word",
    source: "ITU-T E.164, numbering plans of libphonenumber",
    example: "+44 20 7946 0958",
    words: &[
        "phone",
        "phone number",
        "tel",
        "telephone",
        "mobile",
        "cell",
        "cellphone",
        "call",
        "call me",
        "fax",
        "whatsapp",
        "sms",
        "number is",
        "reach me",
        "text me",
        "dial",
        "contact",
        "hotline",
        "telefon*",
        "handy",
        "mobil",
        "ruf",
        "anrufen",
        "rufnummer",
        "téléphone",
        "tél",
        "portable",
        "appelez",
        "teléfono",
        "móvil",
        "celular",
        "llame",
        "telefone",
        "telemóvel",
        "cellulare",
        "chiamare",
        "телефон*",
        "тел",
        "звони*",
        "电话",
        "手机",
        "電話",
        "携帯",
        "전화",
        "휴대폰",
        "هاتف",
        "جوال",
        "फ़ोन",
        "फोन",
        "मोबाइल",
        "telepon",
        "điện thoại",
        "โทร",
        "טלפון",
        "puhelin",
        "τηλέφωνο",
    ],
    how: How::Own(Own::Phone),
}];

/// Tells numbers that a plan has from others.
#[derive(Debug)]
pub(in crate::pii) struct Phone {
    plans: Regex,
}

/// How sure a number is: by itself, or only next to a telling word.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::pii) enum Score {
    Alone(f64),
    Named(f64),
}

impl Score {
    /// The form by itself says that it is a number to call.
    fn is_sure(self) -> bool {
        matches!(self, Self::Alone(score) if score > 0.7)
    }

    /// Signs across which digits make it a part of another number.
    fn joints(self) -> &'static [char] {
        match self {
            Self::Alone(_) if self.is_sure() => &['.', '-'],
            _ => &['.', '-', '/', ':', ',', '+'],
        }
    }
}

/// Whether digits stand before what begins here, or letters that are tied to it: then it is the rest of a longer number.
fn is_rest(text: &str, start: usize) -> bool {
    let mut before = text.get(..start).unwrap_or_default().chars().rev();
    match before.next() {
        Some(' ') => before.next().is_some_and(|c| c.is_ascii_digit()),
        Some('-') => before.next().is_some_and(|c| c.is_alphanumeric()),
        _ => false,
    }
}

/// The digits of a number, and where its groups end.
#[derive(Default)]
struct Reading {
    digits: [u8; DIGITS],
    count: usize,
    groups: [Group; GROUPS],
    group_count: usize,
}

/// A group of digits: where in the text it ends, how many digits there are up to there and in it alone, and whether a
/// bracket is open behind it.
#[derive(Default, Clone, Copy)]
struct Group {
    end: usize,
    digits: u8,
    length: u8,
    open: bool,
}

impl Phone {
    /// Compiles the plans.
    ///
    /// # Errors
    /// When they do not compile, which is a fault of this crate.
    pub(in crate::pii) fn new() -> Result<Self, LoadError> {
        let plans = PLANS.lines().filter(|line| !line.starts_with('#'));
        let patterns: Vec<_> = plans
            .filter_map(|line| {
                let (code, rest) = line.split_once('\t')?;
                let (_, pattern) = rest.split_once('\t')?;
                Some(format!("{code}(?:{pattern})"))
            })
            .collect();
        let plans =
            Regex::new(&format!("^(?:{})$", patterns.join("|"))).map_err(|error| LoadError::Pattern {
                name: "PHONE_NUMBER".to_owned(),
                reason: error.to_string(),
            })?;
        Ok(Self { plans })
    }

    /// The number that begins at `start`, with `+`, `(` or a digit.
    pub(in crate::pii) fn find(&self, text: &str, start: usize) -> Option<(Range<usize>, Score)> {
        let reading = read(text, start);
        // The longest that is a number; a number may be followed by others.
        let (end, score) = (1..=reading.group_count).rev().find_map(|count| {
            let groups = reading.groups.get(..count)?;
            let last = groups.last().filter(|group| !group.open && group.digits >= 7)?;
            let digits = std::str::from_utf8(reading.digits.get(..usize::from(last.digits))?).ok()?;
            let span = start..last.end;
            let score = self.score(text.get(span.clone())?, digits, groups)?;
            (!is_inside(text, &span, score.joints()) && (score.is_sure() || !is_rest(text, start)))
                .then_some((last.end, score))
        })?;
        Some((start..extension(text, end), score))
    }

    fn score(&self, written: &str, digits: &str, groups: &[Group]) -> Option<Score> {
        // A long row of digits that begins with two zeros is more often an order number.
        let dialled = digits
            .strip_prefix("00")
            .filter(|_| written.starts_with("00") && written.contains([' ', '-', '/', '.']));
        let abroad = if written.starts_with('+') {
            Some(digits)
        } else {
            dialled
        };
        if let Some(digits) = abroad {
            let is_long = (8..=15).contains(&digits.len());
            return (is_long && self.plans.is_match(digits)).then_some(Score::Alone(0.95));
        }
        let mut lengths = [0u8; GROUPS];
        for (length, group) in lengths.iter_mut().zip(groups) {
            *length = group.length;
        }
        let groups = lengths.get(..groups.len())?;
        if is_north_american(groups, digits) {
            return Some(Score::Alone(0.75));
        }
        if is_french(groups, written) || is_brazilian(groups, written) {
            return Some(Score::Alone(0.6));
        }
        let is_varied = digits.bytes().any(|byte| Some(byte) != digits.bytes().next());
        // `2013-2014`
        let is_years =
            groups == [4, 4] && digits.starts_with(['1', '2']) && digits.get(4..5) == digits.get(..1);
        let is_national = (7..=12).contains(&digits.len()) && is_varied && !is_years;
        (is_national && !is_date(groups) && !is_address(groups, written)).then_some(Score::Named(0.6))
    }
}

/// Reads digits with at most one separator between them, and brackets.
fn read(text: &str, start: usize) -> Reading {
    let mut reading = Reading::default();
    let (mut open, mut bracketed, mut separated, mut joined) = (false, false, false, false);
    let mut opened_at = 0;
    let from = text.get(start..).unwrap_or_default();
    for (place, c) in from.char_indices().take_while(|(place, _)| *place < LONGEST) {
        match c {
            '0'..='9' => {
                if !joined {
                    if reading.group_count == GROUPS {
                        break;
                    }
                    reading.group_count += 1;
                }
                let Some(digit) = reading.digits.get_mut(reading.count) else {
                    break;
                };
                *digit = u8::try_from(c).unwrap_or_default();
                reading.count += 1;
                if let Some(group) = reading.groups.get_mut(reading.group_count - 1) {
                    let digits = u8::try_from(reading.count).unwrap_or_default();
                    *group = Group {
                        end: start + place + 1,
                        digits,
                        length: group.length + 1,
                        open,
                    };
                }
                (separated, joined) = (false, true);
            }
            '+' if place == 0 => {}
            '(' if !bracketed => {
                (open, bracketed, separated, joined) = (true, true, true, false);
                opened_at = reading.count;
            }
            ')' if open && joined => {
                // What is longer than an area code is not a part in brackets, but the whole number.
                if reading.count > opened_at + 5 {
                    break;
                }
                (open, joined) = (false, false);
                // The group before it is now closed.
                if let Some(group) = reading.groups.get_mut(reading.group_count.saturating_sub(1)) {
                    *group = Group {
                        end: start + place + 1,
                        open: false,
                        ..*group
                    };
                }
            }
            ' ' | '.' | '/' | '-' | '\u{a0}' | '\u{202f}' | '\u{2010}' | '\u{2011}' | '\u{2013}'
                if !separated && reading.count > 0 =>
            {
                (separated, joined) = (true, false);
            }
            _ => break,
        }
    }
    reading
}

/// Where a number ends with its extension: `x12`, `ext. 12`.
fn extension(text: &str, end: usize) -> usize {
    let rest = text.get(end..).unwrap_or_default();
    let behind = rest.strip_prefix(' ').unwrap_or(rest);
    let Some(behind) = ["extension", "ext.", "ext", "x"]
        .iter()
        .find_map(|word| behind.strip_prefix(word))
    else {
        return end;
    };
    let behind = behind.strip_prefix(' ').unwrap_or(behind);
    let length = behind.bytes().take(6).take_while(u8::is_ascii_digit).count();
    let next = behind.get(length..).and_then(|rest| rest.chars().next());
    let whole = (1..=5).contains(&length) && !next.is_some_and(char::is_alphanumeric);
    if whole {
        end + rest.len() - behind.len() + length
    } else {
        end
    }
}

/// `(212) 555-0123`, `212-555-0123`, `212.555.0123`, `1 212 555 0123`; ten digits in one row are not enough.
fn is_north_american(groups: &[u8], digits: &str) -> bool {
    let local = if digits.len() == 11 {
        digits.strip_prefix('1')
    } else {
        Some(digits)
    };
    matches!(groups, [3, 3, 4] | [1, 3, 3, 4] | [3, 7]) && local.is_some_and(has_north_american_form)
}

/// Area code and exchange begin with 2 to 9, and neither is a service such as 911.
fn has_north_american_form(digits: &str) -> bool {
    let block = |range: Range<usize>| digits.get(range).unwrap_or_default();
    let good = |block: &str| block.starts_with(|c| ('2'..='9').contains(&c)) && !block.ends_with("11");
    digits.len() == 10 && good(block(0..3)) && good(block(3..6))
}

/// `01 42 68 53 00`, `06.12.34.56.78`.
fn is_french(groups: &[u8], written: &str) -> bool {
    groups == [2; 5]
        && written.starts_with('0')
        && !written.starts_with("00")
        && !written.contains(['(', '/'])
}

/// `(11) 98765-4321`.
fn is_brazilian(groups: &[u8], written: &str) -> bool {
    matches!(groups, [2, 4 | 5, 4])
        && written.starts_with('(')
        && !written.starts_with("(0")
        && written.contains('-')
}

/// `2026-11-21` and `21.11.2026` are dates even in "call me on".
fn is_date(groups: &[u8]) -> bool {
    matches!(
        groups,
        [4, 1 | 2, 1 | 2] | [1 | 2, 1 | 2, 4] | [4, 2, 2, 2] | [1 | 2, 1 | 2, 2]
    )
}

/// `192.168.100.100`.
fn is_address(groups: &[u8], written: &str) -> bool {
    groups.len() == 4 && groups.iter().all(|group| *group < 4) && written.matches('.').count() == 3
}
