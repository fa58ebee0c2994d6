//! What enters a problem is bounded and cleaned here, once, so that no form has to.

use serde_json::{Map, Number, Value};

pub(crate) use uri::{origin, uri};

mod uri;

/// Longest detail, in characters.
pub(crate) const DETAIL: usize = 2000;
/// Longest string inside an extension member, in characters.
pub(crate) const STRING: usize = 500;
/// Longest identifier, in characters.
pub(crate) const TOKEN: usize = 128;
/// Longest host, in characters: a domain name, a colon and a port.
pub(crate) const HOST: usize = 253 + 6;
/// Most values in one extension member, counted through all levels.
const VALUES: usize = 256;
/// Deepest nesting of an extension member.
const DEPTH: usize = 8;

/// Text for people and models: at most `max` characters, none of them invisible or a control.
///
/// Invisible characters have no honest use in an error and are a known way to hide instructions
/// from people that models still read.
pub(crate) fn text(raw: &str, max: usize) -> String {
    let mut clean = String::with_capacity(raw.len().min(max));
    for (count, char) in raw.chars().filter_map(visible).enumerate() {
        if count == max {
            clean.push('…');
            break;
        }
        clean.push(char);
    }
    clean
}

/// An identifier, fit for a header field, and with too few characters to say anything.
pub(crate) fn token(raw: &str) -> String {
    let allowed = |char: &char| char.is_ascii_alphanumeric() || "-_.:/+=@~".contains(*char);
    raw.chars().filter(allowed).take(TOKEN).collect()
}

/// A host with or without a port, in lower case, as long as a domain name may be.
pub(crate) fn host(raw: &str) -> String {
    let allowed = |char: &char| char.is_ascii_alphanumeric() || "-_.:[]".contains(*char);
    let kept = raw.chars().filter(allowed).take(HOST);
    kept.map(|char| char.to_ascii_lowercase()).collect()
}

/// An extension member: few values, shallow, with clean strings and readable numbers.
pub(crate) fn value(raw: Value) -> Value {
    bounded(raw, DEPTH, &mut { VALUES })
}

fn bounded(raw: Value, depth: usize, left: &mut usize) -> Value {
    if *left == 0 {
        return Value::Null;
    }
    *left -= 1;
    match raw {
        Value::String(string) => Value::String(text(&string, STRING)),
        Value::Number(number) => Value::Number(rounded(number)),
        Value::Array(_) | Value::Object(_) if depth == 0 => Value::Null,
        Value::Array(items) => {
            let mut kept = Vec::new();
            for item in items {
                if *left == 0 {
                    break;
                }
                kept.push(bounded(item, depth - 1, left));
            }
            Value::Array(kept)
        }
        Value::Object(members) => {
            let mut kept = Map::new();
            for (key, member) in members {
                if *left == 0 {
                    break;
                }
                kept.insert(text(&key, STRING), bounded(member, depth - 1, left));
            }
            Value::Object(kept)
        }
        other => other,
    }
}

/// A score that was an `f32` would otherwise read 0.9700000286102295.
fn rounded(number: Number) -> Number {
    match number.as_f64() {
        Some(float) if number.is_f64() && float.abs() < 1e9 => {
            Number::from_f64((float * 1e6).round() / 1e6).unwrap_or(number)
        }
        _ => number,
    }
}

fn visible(char: char) -> Option<char> {
    match char {
        '\n' | '\t' => Some(char),
        // Other line breaks of Unicode, some of which YAML counts as such.
        '\u{85}' | '\u{2028}' | '\u{2029}' => Some('\n'),
        c if c.is_control() => None,
        // Soft hyphen, fillers, zero width (but for the joiners that scripts and emoji need), marks and
        // overrides of direction, invisible operators.
        '\u{AD}'
        | '\u{61C}'
        | '\u{115F}'..='\u{1160}'
        | '\u{17B4}'..='\u{17B5}'
        | '\u{180B}'..='\u{180F}' => None,
        '\u{200B}' | '\u{200E}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' => None,
        '\u{3164}' | '\u{FFA0}' | '\u{FEFF}' | '\u{FFF0}'..='\u{FFFB}' => None,
        // Variation selectors but for the two that choose text or emoji.
        '\u{FE00}'..='\u{FE0D}' => None,
        // Tags and more selectors: whole alphabets that nobody sees.
        '\u{E0000}'..='\u{E0FFF}' => None,
        // Noncharacters.
        c if u32::from(c) & 0xFFFE == 0xFFFE || ('\u{FDD0}'..='\u{FDEF}').contains(&c) => None,
        c => Some(c),
    }
}

#[cfg(test)]
mod tests;
