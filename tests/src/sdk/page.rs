//! The tables of `docs/sdks.md`: each line is what a test saw, and the test fails when the page says something else.
//!
//! `LOCKGATE_BLESS=1` writes the lines anew instead.

use std::fs::{self, File};

use crate::workspace;

const PAGE: &str = "docs/sdks.md";

/// Checks the line under a heading that begins with these cells, or writes it.
pub fn check_row(heading: &str, key: &[&str], cells: &[String]) {
    let place = Place {
        heading: format!("## {heading}"),
        key: format!("| {} |", key.join(" | ")),
    };
    let cells: Vec<_> = cells.iter().map(|cell| escaped(cell)).collect();
    let row = format!("{} {} |", place.key, cells.join(" | "));
    if std::env::var_os("LOCKGATE_BLESS").is_some() {
        return write(&place, &row);
    }
    let page = read();
    let written = page.lines().nth(place.in_page(&page)).unwrap_or_default();
    assert_eq!(
        written, row,
        "{PAGE} does not say what was seen: read the difference, and if it is meant, run this test with LOCKGATE_BLESS=1"
    );
}

/// A line of the page.
struct Place {
    heading: String,
    key: String,
}

impl Place {
    fn in_page(&self, page: &str) -> usize {
        let lines = page.lines().enumerate();
        let mut section = lines.skip_while(|(_, line)| *line != self.heading);
        section
            .find(|(_, line)| line.starts_with(&self.key))
            .map(|(number, _)| number)
            .unwrap_or_else(|| panic!("{PAGE} has no line {} under {}", self.key, self.heading))
    }
}

fn write(place: &Place, row: &str) {
    let path = workspace::root().join(PAGE);
    // Tests run side by side, also as processes.
    let lock = File::open(&path).unwrap();
    lock.lock().unwrap();
    let page = read();
    let at = place.in_page(&page);
    let lines = page
        .lines()
        .enumerate()
        .map(|(number, line)| if number == at { row } else { line });
    fs::write(&path, lines.map(|line| format!("{line}\n")).collect::<String>()).unwrap();
}

fn read() -> String {
    fs::read_to_string(workspace::root().join(PAGE)).unwrap()
}

/// A cell must not end itself.
fn escaped(cell: &str) -> String {
    cell.replace('|', "\\|").replace('\n', " ")
}
