//! HTML: Markdown rendered, and the fields as a list. No script, no external resource, no raw HTML of anybody's.

use std::fmt::Write;

use pulldown_cmark::{Event, Options, Parser, html};
use serde_json::Value;

use crate::catalogue::Source;
use crate::problem::Problem;

/// Content-Security-Policy of the page: it needs its own style and nothing else.
pub(super) const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";

const STYLE: &str = include_str!("html/style.css");

pub(super) fn body(problem: &Problem) -> String {
    let kind = problem.kind();
    let title = format!("{} {}", problem.status_code(), kind.title);
    let mut source = String::with_capacity(512 + 2 * problem.detail_text().len());
    source.push_str("# ");
    source.push_str(kind.title);
    source.push_str("\n\n> ");
    quote(problem.detail_text(), &mut source);
    source.push_str("\n\n## What to do\n\n");
    source.push_str(&problem.advice());
    let class = if problem.is_retryable() { "again" } else { "final" };
    page(
        &title,
        class,
        &format!("Error {}", problem.status_code()),
        &source,
        &fields(problem),
    )
}

/// A page of its own: Markdown, in which raw HTML is shown and not rendered, and what is HTML already.
///
/// `class` chooses the colour of the page, `kicker` stands above its heading.
pub(super) fn page(title: &str, class: &str, kicker: &str, source: &str, rest: &str) -> String {
    let mut page = String::with_capacity(STYLE.len() + 2 * source.len() + rest.len() + 512);
    page.push_str(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
        <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n\
        <meta name=\"robots\" content=\"noindex\">\n<title>",
    );
    escape(title, &mut page);
    page.push_str("</title>\n<style>\n");
    page.push_str(STYLE);
    page.push_str("</style>\n</head>\n<body class=\"");
    page.push_str(class);
    page.push_str("\">\n<main>\n<p class=\"kicker\">");
    escape(kicker, &mut page);
    page.push_str("</p>\n");
    let parser = Parser::new_ext(source, Options::empty()).map(|event| match event {
        Event::Html(raw) | Event::InlineHtml(raw) => Event::Text(raw),
        other => other,
    });
    html::push_html(&mut page, parser);
    page.push_str(rest);
    page.push_str("</main>\n</body>\n</html>\n");
    page
}

/// What a person may want to know or to pass on, as a list of terms.
fn fields(problem: &Problem) -> String {
    let kind = problem.kind();
    let mut list = String::with_capacity(1024);
    list.push_str("<dl>\n<dt>Code</dt>\n<dd><a href=\"");
    escape(&problem.uri(), &mut list);
    // Codes are snake_case.
    let _ = writeln!(list, "\">{}</a></dd>", kind.code);
    term("Category", kind.category.as_str(), &mut list);
    let retry = match (problem.is_retryable(), problem.retry_seconds()) {
        (true, Some(1)) => "Yes, after 1 second".to_owned(),
        (true, Some(seconds)) => format!("Yes, after {seconds} seconds"),
        (true, None) => "Yes".to_owned(),
        (false, _) => "No, the answer would be the same".to_owned(),
    };
    term("Try again", &retry, &mut list);
    term("Owner must act", yes_or_no(kind.owner_action_required), &mut list);
    term("Said by", said_by(problem.source()), &mut list);
    if let Some(host) = problem.host_name() {
        term("Host", host, &mut list);
    }
    if let Some(id) = problem.id() {
        term("Request id", id, &mut list);
    }
    term("Time", &problem.timestamp(), &mut list);
    for (key, value) in problem.extensions() {
        match value {
            Value::String(text) => term(&named(key), text, &mut list),
            value => term(&named(key), &value.to_string(), &mut list),
        }
    }
    if let Some(kept) = problem.kept_object() {
        term(&named("upstream_error"), &kept.excerpt(), &mut list);
    }
    list.push_str("</dl>\n");
    list
}

pub(super) fn yes_or_no(value: bool) -> &'static str {
    if value { "Yes" } else { "No" }
}

pub(super) fn said_by(source: Source) -> &'static str {
    match source {
        Source::Gate => "The gate",
        Source::Upstream => "The upstream",
    }
}

/// The name of a member as people write it.
fn named(key: &str) -> String {
    let mut letters = key.chars();
    let first = letters.next().map(|first| first.to_ascii_uppercase());
    first
        .into_iter()
        .chain(letters)
        .collect::<String>()
        .replace('_', " ")
}

pub(super) fn term(name: &str, value: &str, list: &mut String) {
    list.push_str("<dt>");
    escape(name, list);
    list.push_str("</dt>\n<dd>");
    escape(value, list);
    list.push_str("</dd>\n");
}

fn escape(text: &str, out: &mut String) {
    for char in text.chars() {
        match char {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            _ => out.push(char),
        }
    }
}

/// Text on one line that Markdown shows as it is.
fn quote(text: &str, out: &mut String) {
    let start = out.len();
    let mut previous = ' ';
    // Only digits so far: a dot or bracket now would start a list.
    let mut numeral = true;
    let mut chars = text
        .split_whitespace()
        .enumerate()
        .flat_map(|(at, word)| (at > 0).then_some(' ').into_iter().chain(word.chars()))
        .peekable();
    while let Some(char) = chars.next() {
        let first = out.len() == start;
        let special = match char {
            '\\' | '`' | '*' | '<' | '>' | '[' | ']' | '|' | '~' | '&' | '$' => true,
            // Inside of a word an underscore means nothing, and names are full of them.
            '_' => !(previous.is_alphanumeric() && chars.peek().is_some_and(|next| next.is_alphanumeric())),
            '#' | '-' | '+' | '=' | ':' => first,
            '.' | ')' => numeral && !first,
            _ => false,
        };
        if special {
            out.push('\\');
        }
        numeral &= char.is_ascii_digit();
        out.push(char);
        previous = char;
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn prose_keeps_plain_text_plain() {
        let quote = |text: &str| {
            let mut quotation = String::new();
            super::quote(text, &mut quotation);
            quotation
        };
        let plain = "The body has 9.5 MiB (limits.body_bytes is 4 MiB) - that's too large!";
        assert_eq!(quote(plain), plain);
        assert_eq!(quote(" a \n\t b"), "a b");
        assert_eq!(quote("1. a"), "1\\. a");
        assert_eq!(quote("12) a"), "12\\) a");
        assert_eq!(quote("- a"), "\\- a");
        assert_eq!(quote("# a"), "\\# a");
        assert_eq!(quote("_a_b_"), "\\_a_b\\_");
    }
}
