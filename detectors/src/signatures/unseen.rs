//! Text that a page holds and a reader does not see: comments, hidden elements, descriptions of pictures.
//!
//! Pages are full of it, so it means nothing by itself. A phrase that takes the model over means more there.

use std::ops::Range;

/// How far before a phrase what hides it may begin, in bytes.
const REACH: usize = 4096;

/// What hides an element, in its tag, without white space.
const HIDING: [&str; 19] = [
    "display:none",
    "visibility:hidden",
    "opacity:0;",
    "opacity:0\"",
    "opacity:0.0",
    "font-size:0",
    "font-size:1px",
    "color:white",
    "color:#fff",
    "color:transparent",
    "color:rgba(0,0,0,0)",
    "height:0",
    "width:0",
    "left:-9999",
    "left:-1000",
    "text-indent:-9",
    "aria-hidden=\"true\"",
    "clip:rect(0",
    "hidden>",
];

/// Attributes that say what nobody reads as long as the picture shows.
const ATTRIBUTES: [&str; 4] = ["alt=", "title=", "aria-label=", "content="];

/// Whether what stands at `span` is not shown to who looks at the page.
pub(super) fn is_unseen(text: &str, span: &Range<usize>) -> bool {
    let start = text.floor_char_boundary(span.start.saturating_sub(REACH));
    let before = text.get(start..span.start).unwrap_or_default();
    is_open(before, "<!--", "-->")
        || is_markdown_comment(before)
        || is_description(before)
        || is_hidden_element(before)
}

fn is_open(before: &str, opening: &str, closing: &str) -> bool {
    let after = before.rfind(opening).and_then(|at| before.get(at..));
    after.is_some_and(|after| !after.contains(closing))
}

/// `[//]: # (...)`: a link that nothing points at.
fn is_markdown_comment(before: &str) -> bool {
    let line = before.rsplit('\n').next().unwrap_or_default().trim_start();
    let label = line.strip_prefix('[').and_then(|rest| rest.split_once("]:"));
    label.is_some_and(|(label, rest)| label.len() < 20 && rest.trim_start().starts_with(['#', '<']))
}

/// The description of a picture, in Markdown or in HTML.
fn is_description(before: &str) -> bool {
    if is_open(before, "![", "]") {
        return true;
    }
    let Some(tag) = before
        .rfind('<')
        .and_then(|at| before.get(at..))
        .filter(|tag| !tag.contains('>'))
    else {
        return false;
    };
    ATTRIBUTES.iter().any(|attribute| {
        let value = tag
            .rfind(attribute)
            .and_then(|at| tag.get(at + attribute.len()..));
        value.is_some_and(|value| {
            let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
            quote.is_some_and(|quote| !value.get(1..).unwrap_or_default().contains(quote))
        })
    })
}

/// Inside of an element that is styled away and not closed yet.
fn is_hidden_element(before: &str) -> bool {
    let tags = before.match_indices('<').filter_map(|(at, _)| {
        let tag = before.get(at..)?;
        Some((tag.get(..=tag.find('>')?)?, tag))
    });
    let mut hidden = tags.filter(|(tag, _)| hides(tag));
    hidden.any(|(tag, rest)| {
        let name = tag
            .trim_start_matches('<')
            .split(|c: char| !c.is_ascii_alphanumeric())
            .next();
        name.is_some_and(|name| !name.is_empty() && !rest.contains(&format!("</{name}")))
    })
}

fn hides(tag: &str) -> bool {
    if tag.len() > 1024 || !(tag.contains('=') || tag.contains("hidden")) {
        return false;
    }
    let plain: String = tag
        .chars()
        .filter(|c| !c.is_whitespace())
        .collect::<String>()
        .to_ascii_lowercase();
    HIDING.iter().any(|style| plain.contains(style))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_unseen_in(text: &str) -> bool {
        let at = text.find("PHRASE").unwrap();
        is_unseen(text, &(at..at + 6))
    }

    #[test]
    fn what_no_reader_sees() {
        for text in [
            "<p>Hi</p><!-- PHRASE -->",
            "text\n[//]: # (PHRASE)\nmore",
            "[comment]: <> (PHRASE)",
            "![a cat; PHRASE](cat.png)",
            "<img src=\"a.png\" alt=\"PHRASE\">",
            "<meta name='x' content='PHRASE'>",
            "<div style=\"display: none\"><p>PHRASE</p></div>",
            "<span style='font-size:0px;color:red'>PHRASE</span>",
            "<p style=\"color: #FFFFFF\">one <b>two</b> PHRASE</p>",
            "<div hidden>PHRASE</div>",
        ] {
            assert!(is_unseen_in(text), "{text}");
        }
    }

    #[test]
    fn what_readers_see() {
        for text in [
            "PHRASE",
            "<!-- note --> PHRASE",
            "![cat](cat.png) PHRASE",
            "<img alt=\"cat\"> PHRASE",
            "<div style=\"display:none\">x</div> PHRASE",
            "a < b and c > d PHRASE",
            "[link]: https://example.com\nPHRASE",
            "<p style=\"color: red\">PHRASE</p>",
        ] {
            assert!(!is_unseen_in(text), "{text}");
        }
    }
}
