//! HTML: the Markdown, rendered. No script, no external resource, no raw HTML of anybody's.

use pulldown_cmark::{Event, Options, Parser, html};

use super::markdown;
use crate::problem::Problem;

/// Content-Security-Policy of the page: it needs its own style and nothing else.
pub(super) const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";

const STYLE: &str = "\
:root{color-scheme:light dark}\
body{font:1rem/1.5 system-ui,sans-serif;max-width:44rem;margin:3rem auto;padding:0 1rem;overflow-wrap:anywhere}\
blockquote{margin:1rem 0;padding-left:1rem;border-left:.25rem solid;opacity:.85}\
code{font-family:ui-monospace,monospace;font-size:.9em}\
pre{padding:1rem;border:1px solid;border-radius:.5rem;white-space:pre-wrap}";

pub(super) fn body(problem: &Problem) -> String {
    let title = format!("{} {}", problem.status_code(), problem.kind().title);
    // No line of the front matter can end the fence: each starts with its key.
    let source = format!(
        "{}\n```yaml\n{}```\n",
        markdown::prose(problem),
        markdown::front_matter(problem)
    );
    page(&title, &source)
}

/// A page of its own from Markdown; raw HTML in it is shown, not rendered.
pub(super) fn page(title: &str, source: &str) -> String {
    let parser = Parser::new_ext(source, Options::empty()).map(|event| match event {
        Event::Html(raw) | Event::InlineHtml(raw) => Event::Text(raw),
        other => other,
    });
    let mut main = String::with_capacity(source.len() * 2);
    html::push_html(&mut main, parser);
    let title = escaped(title);
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
        <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n\
        <meta name=\"robots\" content=\"noindex\">\n\
        <title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n{main}</main>\n</body>\n</html>\n"
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
