//! IP addresses: whatever the standard library reads as one.

use std::net::{Ipv4Addr, Ipv6Addr};
use std::ops::Range;

use crate::pii::category::{Category, How, Own, Written, form};
use crate::pii::surroundings::{is_inside, is_of_word};

pub(in crate::pii) const CATEGORIES: &[Category] = &[
    Category {
        name: "IP_ADDRESS",
        title: "IP address, version 4",
        source: "RFC 791; RFC 6943, 3.1.1: four decimal numbers up to 255 without zeros in front",
        example: "192.0.2.17",
        words: &[
            "ip",
            "ip address",
            "ipv4",
            "host",
            "server",
            "client",
            "addr",
            "address",
            "remote_addr",
        ],
        how: How::Forms(&[form(r"\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}", v4, 0.9, 0.95)]),
    },
    Category {
        name: "IP_ADDRESS",
        title: "IP address, version 6",
        source: "RFC 4291, RFC 5952: eight groups in hexadecimal, one row of zeros left out",
        example: "2001:db8::17",
        words: &[],
        how: How::Own(Own::Ip6),
    },
];

fn v4(it: &Written<'_>) -> bool {
    // Several versions of one product read alike: `1.2.3.4` in a row with `1.2.3.5` is an address all the same.
    it.raw()
        .parse::<Ipv4Addr>()
        .is_ok_and(|address| !address.is_unspecified())
        && !is_version(it)
}

fn is_version(it: &Written<'_>) -> bool {
    let from = it.text.floor_char_boundary(it.start.saturating_sub(24));
    let before = it
        .text
        .get(from..it.start)
        .unwrap_or_default()
        .to_ascii_lowercase();
    let before = before.trim_end_matches([' ', ':', '=', '"', '\'', '-', '>']);
    [
        "version", "release", "build", "ver", "ver.", "firmware", "rev", "section", "§", "clause", "oid",
    ]
    .iter()
    .any(|word| {
        before
            .strip_suffix(word)
            .is_some_and(|head| !head.ends_with(is_of_word))
    })
}

/// The address that the colons from here on belong to. Also says where to go on looking.
pub(in crate::pii) fn find_v6(text: &str, colon: usize) -> (Option<Range<usize>>, usize) {
    let bytes = text.as_bytes();
    let is_hex = |byte: &u8| byte.is_ascii_hexdigit();
    let before = bytes.get(..colon).unwrap_or_default();
    let head = before
        .iter()
        .rev()
        .take(5)
        .take_while(|byte| is_hex(byte))
        .count();
    let start = colon - head;
    let rest = bytes.get(start..).unwrap_or_default();
    let mut length = rest
        .iter()
        .take(64)
        .take_while(|byte| is_hex(byte) || **byte == b':')
        .count();
    let next = (start + length).max(colon + 1);
    // The last two groups may be written as version 4.
    if bytes.get(start + length) == Some(&b'.') {
        let tail = rest.get(length..).unwrap_or_default();
        length += tail
            .iter()
            .take(16)
            .take_while(|byte| byte.is_ascii_digit() || **byte == b'.')
            .count();
    }
    let written = text
        .get(start..start + length)
        .unwrap_or_default()
        .trim_end_matches('.');
    // A sentence may put a colon right behind an address: `fe80::1:` ends before it.
    let written = match written.strip_suffix(':') {
        Some(shorter) if !written.ends_with("::") => shorter,
        _ => written,
    };
    let span = start..start + written.len();
    let good = written
        .parse::<Ipv6Addr>()
        .is_ok_and(|address| !address.is_unspecified());
    let is_touched = text.get(..start).is_some_and(|head| head.ends_with(':'));
    let found = good && is_telling(written) && !is_touched && !is_inside(text, &span, &[]);
    (found.then_some(span), next)
}

/// Code is full of `a::b`, and eight bytes in hexadecimal (EUI-64) look like an address without zeros.
fn is_telling(written: &str) -> bool {
    let has_digit = written.bytes().any(|byte| byte.is_ascii_digit());
    let is_bytes = written.split(':').all(|group| group.len() == 2);
    has_digit && !is_bytes
}
