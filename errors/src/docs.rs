//! Keeps the parts of docs/ that are made from the code in step with it.
//!
//! Each part stands between two marks. A test compares it with what the code says, and writes it when the
//! variable `LOCKGATE_BLESS` is set: `LOCKGATE_BLESS=1 cargo test -p lockgate-errors`.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use crate::catalogue::{self, ProblemType};
use crate::negotiate::{self, Form};
use crate::render::tests::rate_limited;
use crate::render::{Envelope, render};
use crate::schema;

/// Checks that the part of `file` called `name` is `expected`.
pub(crate) fn check(file: &str, name: &str, expected: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs").join(file);
    let page = fs::read_to_string(&path).expect(file);
    let (begin, end) = (
        format!("<!-- {name}: made from the code -->\n"),
        format!("<!-- end of {name} -->"),
    );
    let (before, rest) = page.split_once(&begin).expect("the mark where the part begins");
    let (found, after) = rest.split_once(&end).expect("the mark where the part ends");
    let expected = format!("\n{expected}\n");
    if std::env::var_os("LOCKGATE_BLESS").is_some() {
        fs::write(&path, format!("{before}{begin}{expected}{end}{after}")).expect("a writable page");
    } else {
        assert_eq!(found, expected, "docs/{file} is stale: run with LOCKGATE_BLESS=1");
    }
}

/// One test for the parts of one page, so that none overwrites what another writes.
#[test]
fn the_guide_is_what_the_code_does() {
    let mut table = "| member | always | meaning |\n|---|---|---|\n".to_owned();
    for member in schema::MEMBERS {
        let always = if member.always { "yes" } else { "" };
        let _ = writeln!(table, "| `{}` | {always} | {} |", member.name, member.description);
    }
    check("errors.md", "members", &table);

    let example = render(&rate_limited(), Form::Markdown, Envelope::None).body;
    check("errors.md", "example", &format!("```markdown\n{example}```\n"));

    let mut table = "| Accept | on routes of a provider | elsewhere |\n|---|---|---|\n".to_owned();
    for (heading, cases) in negotiate::tests::CASES {
        let _ = writeln!(table, "| **{heading}** | | |");
        for (accept, provider, other) in cases {
            let accept = match accept {
                None => "no such field".to_owned(),
                Some("") => "an empty field".to_owned(),
                Some(accept) => format!("`{accept}`"),
            };
            let _ = writeln!(table, "| {accept} | {} | {} |", name(*provider), name(*other));
        }
    }
    check("errors.md", "negotiation", &table);
}

fn name(form: Form) -> &'static str {
    match form {
        Form::Json => "JSON",
        Form::ProblemJson => "problem+json",
        Form::Markdown => "Markdown",
        Form::Html => "HTML",
    }
}

#[test]
fn the_problems_are_those_of_the_catalogue() {
    let mut page = String::new();
    page.push_str("| code | status | category | retry |\n|---|---|---|---|\n");
    for (heading, kinds) in catalogue::GROUPS {
        let _ = writeln!(page, "| **{heading}** | | | |");
        for kind in kinds {
            let _ = writeln!(
                page,
                "| [`{}`](#{}) | {} | `{}` | {} |",
                kind.code,
                kind.code,
                kind.status,
                kind.category.as_str(),
                retry(kind)
            );
        }
    }
    for (heading, kinds) in catalogue::GROUPS {
        let _ = write!(page, "\n## {heading}\n");
        kinds.iter().for_each(|kind| section(kind, &mut page));
    }
    check("problems.md", "problems", &page);
}

fn section(kind: &ProblemType, page: &mut String) {
    let retry = retry(kind);
    let owner = if kind.owner_action_required {
        ", needs the owner"
    } else {
        ""
    };
    let _ = write!(
        page,
        "\n### {}\n**{}**\n\n{} `{}`, retry: {retry}{owner}.\n\n{}\n\n- What to do: {}\n- For the owner: {}\n",
        kind.code,
        kind.title,
        kind.status,
        kind.category.as_str(),
        kind.summary,
        lines(kind.what_to_do),
        lines(kind.for_owner),
    );
}

fn retry(kind: &ProblemType) -> String {
    match kind.retry_after {
        Some(seconds) => format!("after {seconds} s"),
        None => "no".to_owned(),
    }
}

/// One sentence a line, as everywhere in our pages.
fn lines(text: &str) -> String {
    text.replace(". ", ".\n  ")
}
