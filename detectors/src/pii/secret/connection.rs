//! Addresses with a password in them.

use std::ops::Range;

use crate::pii::category::{Category, How, Own};
use crate::pii::general::addresses as url;

pub(in crate::pii) const CATEGORIES: &[Category] = &[Category {
    name: "CONNECTION_STRING",
    title: "Address of a database, a queue or a site with user and password",
    source: "RFC 3986, 3.2.1: scheme, user, colon, password, @, host",
    example: "postgres://app:s3cr3t@db.example.com:5432/main",
    words: &[],
    how: How::Own(Own::ConnectionString),
}];

/// The address around `://`, whose colon is at `colon`, if it has a password. `run` is where the characters end that
/// it can be made of.
pub(in crate::pii) fn find(text: &str, colon: usize, run: usize) -> Option<Range<usize>> {
    let scheme = url::scheme(text, colon)?;
    let end = url::end(text, colon + 3, run)?;
    let address = text.get(colon + 3..end)?;
    let authority = address.split(['/', '?', '#']).next()?;
    // A password may have a slash in it that should have been encoded; then the @ still comes before any query.
    let (user, host) = authority
        .rsplit_once('@')
        .or_else(|| address.split(['?', '#']).next()?.rsplit_once('@'))?;
    let (_, password) = user.split_once(':')?;
    // `host:8080/path@1` has a port and no password.
    let is_port = password
        .split('/')
        .next()
        .is_some_and(|port| password.contains('/') && port.bytes().all(|byte| byte.is_ascii_digit()));
    let good = !password.is_empty()
        && !is_port
        && !super::assigned::is_placeholder(password)
        && host.starts_with(|c: char| c.is_alphanumeric() || c == '[');
    good.then_some(colon - scheme.len()..end)
}
