//! Addresses of pages and files.

use std::ops::Range;

use super::email::is_of_host;
use crate::pii::category::{Category, How, Own};

/// Longer addresses are not looked for.
pub(in crate::pii) const LONGEST: usize = 2048;

const SCHEMES: [&str; 9] = ["https", "http", "ftp", "ftps", "sftp", "ws", "wss", "s3", "gs"];

pub(in crate::pii) const CATEGORIES: &[Category] = &[Category {
    name: "URL",
    title: "Address of a page or file, with its scheme. Not looked for unless the owner asks",
    source: "RFC 3986: scheme, host, path, query",
    example: "https://example.com/user?id=12345",
    words: &[],
    how: How::Own(Own::Url),
}];

/// The address around `://`, whose colon is at `colon`.
///
/// `run` is where the characters end that it can be made of.
pub(in crate::pii) fn find(text: &str, colon: usize, run: usize) -> Option<Range<usize>> {
    let scheme = scheme(text, colon)?;
    let known = SCHEMES.iter().any(|known| known.eq_ignore_ascii_case(scheme));
    let end = end(text, colon + 3, run)?;
    let host = text.get(colon + 3..end)?;
    let host = host.split(['/', '?', '#']).next().unwrap_or_default();
    let host = host.rsplit('@').next().unwrap_or_default();
    let good = host.starts_with(|c| is_of_host(c) || c == '[')
        && (host.contains('.') || host.contains(':') || host.starts_with("localhost"));
    (known && good).then_some(colon - scheme.len()..end)
}

/// The letters before a colon.
pub(in crate::pii) fn scheme(text: &str, colon: usize) -> Option<&str> {
    let before = text.get(..colon)?.as_bytes();
    let length = before
        .iter()
        .rev()
        .take(24)
        .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'.' | b'-'))
        .count();
    let scheme = text.get(colon - length..colon)?;
    let scheme = scheme.trim_start_matches(|c: char| !c.is_ascii_alphabetic());
    (!scheme.is_empty()).then_some(scheme)
}

/// Where the characters end that an address can be made of.
pub(in crate::pii) fn run(text: &str, from: usize) -> usize {
    let is_end = |c: char| {
        c.is_whitespace()
            || c.is_control()
            || matches!(c, '"' | '<' | '>' | '`' | '\\' | '|' | '^' | '{' | '}')
            || c >= '\u{2e80}'
    };
    let rest = text.get(from..).unwrap_or_default();
    from + rest.find(is_end).unwrap_or(rest.len())
}

/// Where an address ends whose characters go from `from` to `run`: signs at the end belong to the sentence, and so
/// does a bracket that was opened before the address.
pub(in crate::pii) fn end(text: &str, from: usize, run: usize) -> Option<usize> {
    let mut address = text.get(from..run).filter(|address| address.len() <= LONGEST)?;
    let excess = |address: &str, open: char, close: char| {
        address
            .matches(close)
            .count()
            .saturating_sub(address.matches(open).count())
    };
    let (mut round, mut square) = (excess(address, '(', ')'), excess(address, '[', ']'));
    while let Some(last) = address.chars().next_back() {
        match last {
            ')' if round > 0 => round -= 1,
            ']' if square > 0 => square -= 1,
            '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '*' | '_' => {}
            _ => break,
        }
        address = address.get(..address.len() - last.len_utf8())?;
    }
    (!address.is_empty()).then_some(from + address.len())
}
