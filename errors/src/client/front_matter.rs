//! Markdown with front matter, as far as Lockgate and its like write it: a scalar or JSON on each line.
//!
//! This is not YAML. A line that is something else is passed over, so that hostile text can at worst
//! be the value of the key that it stands behind.

use serde_json::{Map, Value};

/// Most lines of front matter that are looked at.
const MOST_LINES: usize = 256;
const WHAT_TO_DO: &str = "**What to do:**";

/// Reads the front matter, and from the prose what only stands there: the title and what to do.
///
/// `None` if there is no front matter or no end of it.
pub(super) fn read(markdown: &str) -> Option<Map<String, Value>> {
    let mut lines = markdown.split('\n');
    if lines.next()?.trim_end() != "---" {
        return None;
    }
    let mut members = Map::new();
    let mut closed = false;
    for line in lines.by_ref().take(MOST_LINES) {
        if line.trim_end() == "---" {
            closed = true;
            break;
        }
        if let Some((key, value)) = entry(line) {
            members.insert(key.to_owned(), value);
        }
    }
    for line in lines.take(MOST_LINES) {
        let (key, text) = match line {
            _ if line.starts_with("# ") => ("title", &line[2..]),
            _ => match line.strip_prefix(WHAT_TO_DO) {
                Some(text) => ("what_to_do", text),
                None => continue,
            },
        };
        members.entry(key).or_insert_with(|| Value::from(text.trim()));
    }
    closed.then_some(members)
}

/// `key: value`, where the value is JSON, or else bare text.
fn entry(line: &str) -> Option<(&str, Value)> {
    let (key, value) = line.split_once(':')?;
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
    if key.is_empty() || !key.bytes().all(plain) {
        return None;
    }
    let value = value.trim();
    let value = serde_json::from_str(value).unwrap_or_else(|_| Value::from(value));
    Some((key, value))
}
