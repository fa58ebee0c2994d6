//! Whether decoded bytes are a text that somebody could read.

/// Whether at least nine tenths of the bytes are printable text, a letter or digit among them.
///
/// Random bytes are so with a chance of one in 40,000 at twelve bytes, and falling.
pub(super) fn is_readable(bytes: &[u8]) -> bool {
    let (mut good, mut bad, mut telling) = (0, 0, false);
    for chunk in bytes.utf8_chunks() {
        for c in chunk.valid().chars() {
            if is_printable(c) {
                good += c.len_utf8();
                telling |= c.is_alphanumeric();
            } else {
                bad += c.len_utf8();
            }
        }
        bad += chunk.invalid().len();
    }
    telling && good >= 9 * bad
}

fn is_printable(c: char) -> bool {
    match c {
        '\t' | '\n' | '\r' | ' '..='~' => true,
        _ if c.is_ascii() => false,
        // Rare scripts and signs are what random bytes turn into.
        '\u{a0}'..='\u{2fff}'
        | '\u{3000}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{ffef}' => true,
        _ => matches!(c, '\u{1d400}'..='\u{1d7ff}' | '\u{1f000}'..='\u{1faff}' | '\u{e0000}'..='\u{e01ef}'),
    }
}
