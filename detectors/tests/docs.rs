//! docs/detectors.md lists every category as the code has it.
//!
//! The list stands between two marks and is written anew by `LOCKGATE_BLESS=1 cargo test -p lockgate-detectors --test docs`.
#![allow(clippy::unwrap_used, reason = "a test reports by panicking")]

use std::fmt::Write as _;
use std::path::Path;

use lockgate_detectors::{PiiCategory, pii_categories};

const BEGIN: &str = "<!-- categories: written by a test, see detectors/tests/docs.rs -->\n";
const END: &str = "<!-- end of categories -->\n";

fn row(category: &PiiCategory) -> String {
    let cell = |text: &str| text.replace('|', "\\|").replace('\n', " ");
    let found = match (category.default, category.needs_word) {
        (false, _) => "only if asked for",
        (_, true) => "next to a word",
        _ => "anywhere",
    };
    let mut example = cell(category.example);
    if example.len() > 60 {
        example = format!("{}...", &example[..example.floor_char_boundary(57)]);
    }
    format!(
        "| `{}` | {} | {found} | `{example}` | {} |\n",
        category.name,
        cell(category.title),
        cell(category.source)
    )
}

#[test]
fn every_category_is_listed_as_it_is() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/detectors.md");
    let page = std::fs::read_to_string(&path).unwrap();
    let (head, rest) = page.split_once(BEGIN).unwrap();
    let (_, tail) = rest.split_once(END).unwrap();
    let mut table =
        String::from("| category | what it is | found | example | source |\n|---|---|---|---|---|\n");
    for category in pii_categories() {
        write!(table, "{}", row(&category)).unwrap();
    }
    let expected = format!("{head}{BEGIN}{table}{END}{tail}");
    if std::env::var_os("LOCKGATE_BLESS").is_some() {
        std::fs::write(&path, expected).unwrap();
    } else {
        assert_eq!(
            page, expected,
            "docs/detectors.md is stale: run with LOCKGATE_BLESS=1"
        );
    }
}
