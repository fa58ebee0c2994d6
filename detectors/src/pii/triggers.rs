//! The bytes that something can begin at: most of a text has none of them.

/// The digits, and of the signs behind them in ASCII `:` (addresses, assignments), `=` (assignments) and `@` (mail).
/// `;`, `<`, `>` and `?` lie between and cost a second look.
fn is_trigger(byte: u8) -> bool {
    byte.wrapping_sub(b'0') <= b'@' - b'0'
}

/// The place of the next byte that something can begin at.
pub(super) fn next(bytes: &[u8], from: usize) -> Option<usize> {
    const WIDTH: usize = 64;
    let rest = bytes.get(from..)?;
    // Without a branch per byte the compiler looks at many of them at once.
    let (chunks, tail) = rest.as_chunks::<WIDTH>();
    let skipped = chunks
        .iter()
        .take_while(|chunk| !chunk.iter().fold(false, |any, byte| any | is_trigger(*byte)))
        .count();
    let chunk: &[u8] = chunks.get(skipped).map_or(tail, |chunk| chunk);
    let from = from + skipped * WIDTH;
    if let Some(place) = chunk.iter().position(|byte| is_trigger(*byte)) {
        return Some(from + place);
    }
    None
}
