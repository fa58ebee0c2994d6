//! Passwords and keys without a form of their own: known by the name of what they are assigned to.

use std::ops::Range;

use crate::pii::category::{Category, How, Own};

/// Longest name that is looked at, and longest value.
const NAME: usize = 64;
const VALUE: usize = 256;

pub(in crate::pii) const CATEGORIES: &[Category] = &[
    Category {
        name: "API_KEY",
        title: "Key, token or secret of any service: a word of high entropy that is assigned to a name that says so",
        source: "Names as in environment variables and configuration files; entropy of Shannon of 3 bits a character and more",
        example: "api_key = \"9f8a7b6c5d4e3f2a1b0c\"",
        words: &[],
        how: How::Own(Own::ApiKey),
    },
    Category {
        name: "PASSWORD",
        title: "Password that is assigned to a name that says so",
        source: "Names as in environment variables, configuration files and SQL",
        example: "DB_PASSWORD=KfX3813SO9l",
        words: &[],
        how: How::Own(Own::Password),
    },
];

/// What a value is by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::pii) enum Assigned {
    Password,
    Key,
}

const PASSWORDS: [&str; 14] = [
    "password",
    "passwd",
    "passphrase",
    "passwort",
    "kennwort",
    "motdepasse",
    "contraseña",
    "contrasena",
    "senha",
    "pwd",
    "пароль",
    "密码",
    "パスワード",
    "wachtwoord",
];
const KEYS: [&str; 18] = [
    "apikey",
    "apikeys",
    "authorization",
    "secret",
    "token",
    "accesskey",
    "secretkey",
    "privatekey",
    "authkey",
    "clientsecret",
    "credential",
    "bearer",
    "encryptionkey",
    "signingkey",
    "masterkey",
    "sharedkey",
    "accountkey",
    "servicekey",
];

/// The value that is assigned by the `=` or `:` at `sign`.
pub(in crate::pii) fn find(text: &str, sign: usize) -> Option<(Range<usize>, Assigned)> {
    let assigned = kind(text, sign)?;
    Some((value(text, sign + 1, assigned)?, assigned))
}

/// The value that stands here, if it can be a password or a key.
pub(in crate::pii) fn value(text: &str, mut from: usize, assigned: Assigned) -> Option<Range<usize>> {
    // `:=`, `=>`, `==`, `: "`.
    let behind = text.get(from..)?;
    let skipped = behind.len() - behind.trim_start_matches(['=', '>']).len();
    from += skipped.min(2);
    let behind = text.get(from..)?;
    from += behind
        .chars()
        .take(4)
        .take_while(|c| matches!(c, ' ' | '\t'))
        .count();
    let rest = text.get(from..)?;
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\'' | '`'));
    // Within JSON that is itself in a string, quotes are escaped.
    let escaped = rest.starts_with("\\\"");
    let from = from + if escaped { 2 } else { usize::from(quote.is_some()) };
    let rest = text.get(from..)?;
    let is_end = |c: char| match quote {
        Some(quote) => c == quote || c == '\n',
        None => {
            c.is_whitespace()
                || matches!(
                    c,
                    '"' | '\'' | '`' | ',' | ';' | '<' | '>' | ')' | '}' | ']' | '|' | '&' | '\\'
                )
        }
    };
    let near = rest.get(..rest.floor_char_boundary(VALUE + 1))?;
    let value = near.get(
        ..near
            .find(is_end)
            .or((near.len() <= VALUE).then_some(near.len()))?,
    )?;
    let value = if quote.is_none() {
        value.trim_end_matches(['.', '!', '?', ':'])
    } else {
        value
    };
    let good = match assigned {
        Assigned::Password => is_password(value, quote.is_some() || escaped),
        Assigned::Key => is_key(value),
    };
    good.then_some(from..from + value.len())
}

/// What the name before a sign says.
fn kind(text: &str, sign: usize) -> Option<Assigned> {
    let before = text.as_bytes().get(..sign)?;
    let is_loose = |byte: &&u8| {
        matches!(
            byte,
            b' ' | b'\t' | b'"' | b'\'' | b'`' | b'\\' | b':' | b']' | b'*'
        )
    };
    let loose = before.iter().rev().take(8).take_while(is_loose).count();
    let named = before.get(..sign - loose)?;
    // The last two words are what is assigned to, without what ties them together, read from the end.
    let (mut name, mut length, mut spaces) = ([0u8; NAME], 0, 0);
    for byte in named.iter().rev().take(NAME) {
        match byte {
            b'_' | b'-' | b'.' => continue,
            b' ' => {
                spaces += 1;
                if spaces > 2 {
                    break;
                }
                continue;
            }
            _ if byte.is_ascii_alphanumeric() || *byte >= 0x80 => {}
            _ => break,
        }
        if let Some(place) = name.get_mut(NAME - 1 - length) {
            *place = byte.to_ascii_lowercase();
            length += 1;
        }
    }
    let name = name.get(NAME - length..)?;
    // Where the name goes on, it is about the secret and not the secret: `password_length`, `token_count`.
    let is_pass = name.ends_with(b"pass") && !name.ends_with(b"bypass") && !name.ends_with(b"compass");
    if is_pass || PASSWORDS.iter().any(|word| name.ends_with(word.as_bytes())) {
        return Some(Assigned::Password);
    }
    KEYS.iter()
        .any(|word| name.ends_with(word.as_bytes()))
        .then_some(Assigned::Key)
}

/// What stands for a value that somebody shall put in.
pub(in crate::pii) fn is_placeholder(value: &str) -> bool {
    let lower = value.to_lowercase();
    let inner = lower.trim_matches(|c: char| !c.is_alphanumeric());
    let first = value.chars().next();
    inner.is_empty()
        || value.chars().all(|c| Some(c) == first || c == '-')
        || value.starts_with(['<', '{', '[', '('])
        || (value.starts_with('%') && (value.ends_with('%') || value.len() < 4 || value.starts_with("%(")))
        || value.strip_prefix('$').is_some_and(is_variable)
        || [
            "your",
            "example",
            "change",
            "placeholder",
            "insert",
            "enter",
            "redacted",
            "hidden",
            "masked",
            "xxxx",
            "****",
            "process.env",
            "os.environ",
            "getenv",
            "dummy",
            "mypass",
        ]
        .iter()
        .any(|word| lower.contains(word))
        || [
            "none",
            "null",
            "nil",
            "true",
            "false",
            "undefined",
            "string",
            "str",
            "password",
            "passwd",
            "pass",
            "pwd",
            "secret",
            "token",
            "test",
            "optional",
            "required",
            "varchar",
            "text",
        ]
        .contains(&inner)
}

/// What stands behind the `$` of a variable: a bracket, or a name of one case.
fn is_variable(name: &str) -> bool {
    let of_name = |lower: bool| {
        name.chars()
            .all(|c| c == '_' || (c.is_alphabetic() && c.is_lowercase() == lower))
    };
    name.starts_with(['{', '(']) || of_name(true) || of_name(false)
}

/// Eight characters and more with digits or signs among the letters, as people and machines make them; in quotes also six.
fn is_password(value: &str, quoted: bool) -> bool {
    let length = value.chars().count();
    let digit = value.contains(|c: char| c.is_ascii_digit());
    let upper = value.contains(char::is_uppercase);
    let lower = value.contains(char::is_lowercase);
    let sign =
        value.contains(|c: char| c.is_ascii_punctuation() && !matches!(c, '.' | '_' | '-' | '(' | '/'));
    let kinds = [digit, upper, lower, sign].iter().filter(|kind| **kind).count();
    // Code: a call, a type, a path.
    let is_call = value.contains('(')
        || value.contains("::")
        || value.contains("->")
        || (!quoted && value.contains('['));
    // Two kinds are enough where quotes say that it is a value; without them, letters alone are a name.
    let is_mixed = if quoted { kinds > 1 } else { digit && kinds > 1 };
    let least = if quoted { 6 } else { 8 };
    length >= least
        && length <= 64
        && is_mixed
        && !is_call
        && !value.contains(char::is_whitespace)
        && !is_placeholder(value)
}

/// Sixteen characters and more of high entropy.
fn is_key(value: &str) -> bool {
    let value = value
        .strip_prefix("Bearer ")
        .or_else(|| value.strip_prefix("Basic "))
        .unwrap_or(value);
    let is_form = value.bytes().all(|byte| {
        byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'+' | b'/' | b'=' | b'.' | b'~' | b':')
    });
    let digits = value.bytes().filter(u8::is_ascii_digit).count();
    let letters = value.bytes().filter(u8::is_ascii_alphabetic).count();
    value.len() >= 16
        && is_form
        && digits > 1
        && letters > 1
        && entropy(value) >= 3.0
        && !is_placeholder(value)
}

/// Shannon's entropy of the characters, in bits a character.
fn entropy(value: &str) -> f64 {
    let mut counts = [0u32; 256];
    for byte in value.bytes() {
        if let Some(count) = counts.get_mut(usize::from(byte)) {
            *count += 1;
        }
    }
    let length = value.len() as f64;
    let bits = |count: &u32| {
        let share = f64::from(*count) / length;
        -share * share.log2()
    };
    counts.iter().filter(|count| **count > 0).map(bits).sum()
}
