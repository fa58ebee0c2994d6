//! Escapes of programming languages and of JSON: `\u0069`, `\u{69}`, `\x69`, `\151`, `\n`.

use super::super::Disguise;
use super::super::weave::Patch;

pub(super) fn find(text: &str, out: &mut Vec<Patch>) {
    let mut patch: Option<Patch> = None;
    for at in memchr::memchr_iter(b'\\', text.as_bytes()) {
        let ends_at = patch.as_ref().map(|patch| patch.there.end);
        // The second of two backslashes, or the second half of a pair.
        if ends_at.is_some_and(|end| at < end) {
            continue;
        }
        if ends_at.is_some_and(|end| at > end) {
            out.extend(patch.take());
        }
        let Some((said, length)) = text.get(at + 1..).and_then(escape) else {
            continue;
        };
        let patch = patch.get_or_insert_with(|| Patch::new(Disguise::Escaped, at));
        let there = at..at + 1 + length;
        match said {
            Said::Byte(byte) => patch.push(&[byte], there),
            Said::Char(c) => patch.push_char(c, there),
        }
    }
    out.extend(patch);
}

/// One byte of UTF-8, or a whole character.
enum Said {
    Byte(u8),
    Char(char),
}

/// What the escape says whose backslash was just read, and how long it is.
fn escape(rest: &str) -> Option<(Said, usize)> {
    let number = |from: usize, to: usize, radix| {
        let digits = rest.get(from..to)?;
        let plain = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        u32::from_str_radix(digits, radix).ok().filter(|_| plain)
    };
    match rest.bytes().next()? {
        b'n' | b'r' => Some((Said::Char('\n'), 1)),
        b't' => Some((Said::Char('\t'), 1)),
        b'"' => Some((Said::Char('"'), 1)),
        b'\\' => Some((Said::Char('\\'), 1)),
        b'x' => {
            let value = number(1, 3, 16)?;
            Some((Said::Byte(u8::try_from(value).ok()?), 3))
        }
        b'u' if rest.as_bytes().get(1) == Some(&b'{') => {
            let end = rest.bytes().take(10).position(|byte| byte == b'}')?;
            Some((Said::Char(char::from_u32(number(2, end, 16)?)?), end + 1))
        }
        b'u' => {
            let unit = number(1, 5, 16)?;
            if let (0xd800..=0xdbff, Some("\\u"), Some(low @ 0xdc00..=0xdfff)) =
                (unit, rest.get(5..7), number(7, 11, 16))
            {
                let code = 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
                return Some((Said::Char(char::from_u32(code)?), 11));
            }
            Some((Said::Char(char::from_u32(unit)?), 5))
        }
        b'U' => Some((Said::Char(char::from_u32(number(1, 9, 16)?)?), 9)),
        b'0'..=b'3' => {
            let value = number(0, 3, 8)?;
            Some((Said::Byte(u8::try_from(value).ok()?), 3))
        }
        _ => None,
    }
}
