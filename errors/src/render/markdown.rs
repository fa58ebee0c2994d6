//! Markdown: the machine fields as YAML front matter, then what the catalogue says to whoever reads on.
//!
//! Each thing is said once, because readers pay by the token. Nothing that came from outside stands as bare
//! text: in the front matter it is a JSON string, which is also a YAML string and never has a second line,
//! and the prose is the catalogue's alone.

use std::fmt::Write;

use serde_json::Value;

use crate::problem::Problem;

pub(super) fn body(problem: &Problem) -> String {
    let kind = problem.kind();
    let mut body = String::with_capacity(1024 + problem.detail_text().len());
    body.push_str("---\n");
    front_matter(problem, &mut body);
    body.push_str("---\n\n# ");
    body.push_str(kind.title);
    body.push_str("\n\n**What to do:** ");
    body.push_str(&problem.advice());
    body.push('\n');
    body
}

/// The machine fields as YAML, a line each.
fn front_matter(problem: &Problem, yaml: &mut String) {
    let kind = problem.kind();
    // Writing to a string cannot fail.
    let _ = write!(
        yaml,
        "type: \"{}\"\nstatus: {}\ncode: {}\ncategory: {}\nretryable: {}\n",
        problem.uri(),
        problem.status_code(),
        kind.code,
        kind.category.as_str(),
        problem.is_retryable()
    );
    if let Some(seconds) = problem.retry_seconds() {
        let _ = writeln!(yaml, "retry_after: {seconds}");
    }
    let _ = writeln!(yaml, "owner_action_required: {}", kind.owner_action_required);
    text("detail", problem.detail_text(), yaml);
    if let Some(instance) = problem
        .instance_uri()
        .filter(|instance| !repeats_id(problem, instance))
    {
        text("instance", instance, yaml);
    }
    if let Some(id) = problem.id() {
        text("request_id", id, yaml);
    }
    let _ = writeln!(yaml, "timestamp: \"{}\"", problem.timestamp());
    if let Some(host) = problem.host_name() {
        text("host", host, yaml);
    }
    let _ = writeln!(yaml, "source: {}", problem.source().as_str());
    for (key, value) in problem.extensions() {
        if !(key == "excerpt" && is_quoted(value, problem.detail_text())) {
            member(key, value, yaml);
        }
    }
    if let Some(kept) = problem.kept_object() {
        text("upstream_error", &kept.excerpt(), yaml);
    }
}

/// An instance that is the request id under a fixed path tells nothing new.
fn repeats_id(problem: &Problem, instance: &str) -> bool {
    problem
        .id()
        .and_then(|id| instance.strip_suffix(id))
        .is_some_and(|path| path.ends_with('/'))
}

/// An excerpt of what an upstream said tells nothing new where the detail ends with it.
fn is_quoted(excerpt: &Value, detail: &str) -> bool {
    let quotation = detail.strip_suffix('"');
    quotation
        .zip(excerpt.as_str())
        .is_some_and(|(quotation, excerpt)| quotation.ends_with(excerpt))
}

fn text(key: &str, value: &str, yaml: &mut String) {
    yaml.push_str(key);
    yaml.push_str(": ");
    quote(value, yaml);
    yaml.push('\n');
}

/// A member that only some problems have. Its key comes from our own code and is snake_case; any other is
/// quoted rather than trusted.
fn member(key: &str, value: &Value, yaml: &mut String) {
    let plain = key.starts_with(|first: char| first.is_ascii_lowercase())
        && key
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    if plain {
        yaml.push_str(key);
    } else {
        quote(key, yaml);
    }
    yaml.push_str(": ");
    match value {
        Value::String(string) => quote(string, yaml),
        // What YAML does not allow bare only ever stands inside quotes, because JSON has no such character
        // elsewhere; everything else is escaped already.
        value => value.to_string().chars().for_each(|char| push(char, yaml)),
    }
    yaml.push('\n');
}

/// A string as JSON that YAML reads as the same string.
fn quote(text: &str, yaml: &mut String) {
    yaml.push('"');
    for char in text.chars() {
        match char {
            '"' => yaml.push_str("\\\""),
            '\\' => yaml.push_str("\\\\"),
            '\n' => yaml.push_str("\\n"),
            '\t' => yaml.push_str("\\t"),
            '\0'..='\u{1F}' => escape(char, yaml),
            _ => push(char, yaml),
        }
    }
    yaml.push('"');
}

/// Escapes what JSON leaves bare in a string and YAML does not allow or folds.
fn push(char: char, yaml: &mut String) {
    match char {
        '\u{7F}'..='\u{9F}' | '\u{2028}' | '\u{2029}' | '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}' => {
            escape(char, yaml);
        }
        _ => yaml.push(char),
    }
}

fn escape(char: char, yaml: &mut String) {
    let _ = write!(yaml, "\\u{:04X}", u32::from(char));
}
