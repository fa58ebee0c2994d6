//! E-mail addresses, in the form that people write.

use std::ops::Range;

use crate::pii::category::{Category, How, Own};
use crate::pii::surroundings::is_of_word;

/// Longest local part and longest name of a host (RFC 5321, 4.5.3.1).
const LOCAL: usize = 64;
const DOMAIN: usize = 253;

/// What follows `@2x.` in the name of a picture.
const PICTURES: [&str; 6] = ["png", "jpg", "jpeg", "gif", "svg", "webp"];

pub(in crate::pii) const CATEGORIES: &[Category] = &[Category {
    name: "EMAIL_ADDRESS",
    title: "E-mail address, also with letters of other scripts",
    source: "RFC 5321, RFC 6531: local part of at most 64 bytes, host with a top-level domain",
    example: "jane.doe@example.com",
    words: &[],
    how: How::Own(Own::Email),
}];

/// The address around an `@`.
pub(in crate::pii) fn find(text: &str, at: usize) -> Option<Range<usize>> {
    let start = local(text, at)?;
    let end = domain(text, at + 1)?;
    let before = text.get(..start)?.chars().next_back();
    let after = text.get(end..)?.chars().next();
    let is_inside = before.is_some_and(is_of_word) || after.is_some_and(is_of_word);
    // `user:password@host` is not an address of `password`.
    (!is_inside && after != Some('@')).then_some(start..end)
}

/// Where the local part begins.
fn local(text: &str, at: usize) -> Option<usize> {
    let before = text.get(..at)?;
    let mut start = at;
    for (place, c) in before.char_indices().rev() {
        if !(c.is_alphanumeric() || is_mark(c) || matches!(c, '_' | '.' | '+' | '%' | '\'' | '-')) {
            break;
        }
        start = place;
        if at - start > LOCAL + 4 {
            return None;
        }
    }
    let local = text.get(start..at)?;
    // What cannot begin an address belongs to the sentence.
    let begun = local.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '_');
    let start = at - begun.len() + sentence_before(begun);
    let local = text.get(start..at)?;
    let last = local.chars().next_back()?;
    let good = local.len() <= LOCAL && !local.contains("..") && !matches!(last, '.' | '%' | '\'');
    good.then_some(start)
}

/// Where the name of the host ends.
fn domain(text: &str, start: usize) -> Option<usize> {
    let rest = text.get(start..)?;
    let (mut from, mut end, mut labels) = (0, None, 0);
    loop {
        let label = rest
            .get(from..)?
            .split(|c: char| !is_of_host(c))
            .next()
            .unwrap_or_default();
        let whole = label.trim_end_matches('-');
        if whole.is_empty() || label.starts_with('-') || label.len() > 63 || from + label.len() > DOMAIN {
            break;
        }
        labels += 1;
        if labels > 1 && is_top_level(whole) {
            end = Some(start + from + whole.len());
        }
        from += label.len() + 1;
        if whole.len() < label.len() || rest.as_bytes().get(from - 1) != Some(&b'.') {
            break;
        }
    }
    end
}

fn is_top_level(label: &str) -> bool {
    let is_word = label.starts_with(char::is_alphabetic) && label.chars().count() > 1;
    let lower = label.to_ascii_lowercase();
    let has_digit = lower.contains(|c: char| c.is_numeric());
    is_word && (!has_digit || lower.starts_with("xn--")) && !PICTURES.contains(&lower.as_str())
}

/// Letters of the scripts that names of hosts are commonly written in and that put spaces around words.
pub(in crate::pii) fn is_of_host(c: char) -> bool {
    c.is_ascii_alphanumeric()
        || c == '-'
        || matches!(c, '\u{c0}'..='\u{24f}' | '\u{370}'..='\u{3ff}' | '\u{400}'..='\u{52f}' | '\u{1e00}'..='\u{1fff}')
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{65f}' | '\u{900}'..='\u{d7f}' | '\u{e31}'..='\u{e4e}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}')
}

/// Bytes of a local part that belong to the sentence: Chinese and Japanese put no space before an address, so it
/// begins where their letters end and Latin ones follow.
fn sentence_before(local: &str) -> usize {
    let next = local.chars().skip(1).map(Some).chain([None]);
    let places = local
        .char_indices()
        .zip(next)
        .filter(|((_, c), next)| *c >= '\u{2e80}' && next.is_some_and(|next| next.is_ascii_alphabetic()));
    places.last().map_or(0, |((at, c), _)| at + c.len_utf8())
}
