//! Markdown: all machine fields as YAML front matter, then short prose for whoever reads on.
//!
//! Nothing that came from outside stands as bare text. In the front matter it is a JSON string, which
//! is also a YAML string and never has a second line; in the prose it is a quotation on one line, with
//! everything escaped that Markdown could read.

use std::{borrow::Cow, fmt::Write};

use crate::{bounds, problem::Problem};

/// Most characters of the detail that the prose shows; the front matter has all of it.
const QUOTED: usize = 400;

pub(super) fn body(problem: &Problem) -> String {
    format!("---\n{}---\n\n{}", front_matter(problem), prose(problem))
}

/// The machine fields as YAML, a line each.
pub(super) fn front_matter(problem: &Problem) -> String {
    let kind = problem.kind();
    let mut yaml = String::with_capacity(512);
    let mut line = |key: &str, value: &str| {
        // Writing to a string cannot fail.
        let _ = writeln!(yaml, "{key}: {value}");
    };
    line("type", &quoted(&problem.uri()));
    line("status", &problem.status_code().to_string());
    line("code", kind.code);
    line("category", kind.category.as_str());
    line("retryable", yes_or_no(problem.is_retryable()));
    if let Some(seconds) = problem.retry_seconds() {
        line("retry_after", &seconds.to_string());
    }
    line("owner_action_required", yes_or_no(kind.owner_action_required));
    line("detail", &quoted(problem.detail_text()));
    if let Some(instance) = problem.instance_uri() {
        line("instance", &quoted(instance));
    }
    if let Some(id) = problem.id() {
        line("request_id", &quoted(id));
    }
    line("timestamp", &quoted(&problem.timestamp()));
    for (key, value) in problem.extensions() {
        line(&key_of(key), &escaped_for_yaml(&value.to_string()));
    }
    yaml
}

/// What a reader needs: what is wrong, in this case, and what to do.
pub(super) fn prose(problem: &Problem) -> String {
    let kind = problem.kind();
    let detail = quotation(problem.detail_text());
    format!(
        "# {}\n\n> {detail}\n\n**What to do:** {}\n",
        kind.title, kind.what_to_do
    )
}

fn yes_or_no(value: bool) -> &'static str {
    if value { "true" } else { "false" }
}

/// Keys come from our own code and are snake_case; any other is quoted rather than trusted.
fn key_of(key: &str) -> Cow<'_, str> {
    let plain = key.starts_with(|first: char| first.is_ascii_lowercase())
        && key
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    if plain {
        Cow::Borrowed(key)
    } else {
        Cow::Owned(quoted(key))
    }
}

/// A string as JSON that YAML reads as the same string.
fn quoted(text: &str) -> String {
    escaped_for_yaml(&serde_json::Value::from(text).to_string())
}

/// Escapes what JSON leaves bare in a string and YAML does not allow or folds: it only ever stands
/// inside quotes, because JSON has no such character elsewhere.
fn escaped_for_yaml(json: &str) -> String {
    let mut yaml = String::with_capacity(json.len());
    for char in json.chars() {
        match char {
            '\u{7F}'..='\u{9F}' | '\u{2028}' | '\u{2029}' | '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}' => {
                let _ = write!(yaml, "\\u{:04X}", u32::from(char));
            }
            _ => yaml.push(char),
        }
    }
    yaml
}

/// Text on one line that Markdown shows as it is.
fn quotation(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let line = bounds::text(&line, QUOTED);
    let mut quotation = String::with_capacity(line.len() + 16);
    let mut previous = ' ';
    let mut chars = line.chars().peekable();
    // Only digits so far: a dot or bracket now would start a list.
    let mut numeral = true;
    while let Some(char) = chars.next() {
        let first = quotation.is_empty();
        let special = match char {
            '\\' | '`' | '*' | '<' | '>' | '[' | ']' | '|' | '~' | '&' | '$' => true,
            // Inside of a word an underscore means nothing, and names are full of them.
            '_' => !(previous.is_alphanumeric() && chars.peek().is_some_and(|next| next.is_alphanumeric())),
            '#' | '-' | '+' | '=' | ':' => first,
            '.' | ')' => numeral && !first,
            _ => false,
        };
        if special {
            quotation.push('\\');
        }
        numeral &= char.is_ascii_digit();
        quotation.push(char);
        previous = char;
    }
    quotation
}
