//! IP addresses: whatever the standard library reads as one.

use std::net::{Ipv4Addr, Ipv6Addr};
use std::ops::Range;

use super::surroundings::{follows, is_inside};

pub(super) const PATTERN: &str =
    r"(?:[0-9]{1,3}\.){3}[0-9]{1,3}|(?i:[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,8}(?:(?:\.[0-9]{1,3}){3})?)";

pub(super) fn check(text: &str, candidate: Range<usize>, found: &mut Vec<(Range<usize>, f64)>) {
    let Some(written) = text.get(candidate.clone()) else {
        return;
    };
    if !written.contains(':') {
        let is_version = follows(text, candidate.start, &["version ", "release ", "build "]);
        let good = written
            .parse::<Ipv4Addr>()
            .is_ok_and(|address| !address.is_unspecified());
        if good && !is_version && !is_inside(text, &candidate, &['.', '-']) {
            found.push((candidate, 0.9));
        }
        return;
    }
    // A sentence may put a colon right behind an address: `fe80::1:` ends before it.
    let end = match written.strip_suffix(':') {
        Some(shorter) if !written.ends_with("::") => candidate.start + shorter.len(),
        _ => candidate.end,
    };
    let span = candidate.start..end;
    let Some(written) = text.get(span.clone()) else {
        return;
    };
    let good = written
        .parse::<Ipv6Addr>()
        .is_ok_and(|address| !address.is_unspecified());
    let touched = text.get(..span.start).is_some_and(|head| head.ends_with(':'))
        || text
            .get(candidate.end..)
            .is_some_and(|tail| tail.starts_with(':'));
    if good && is_telling(written) && !touched && !is_inside(text, &span, &[]) {
        found.push((span, 0.9));
    }
}

/// Code is full of `a::b`, and eight bytes in hexadecimal (EUI-64) look like an address without zeros.
fn is_telling(written: &str) -> bool {
    let has_digit = written.bytes().any(|byte| byte.is_ascii_digit());
    let is_bytes = written.split(':').all(|group| group.len() == 2);
    has_digit && !is_bytes
}
