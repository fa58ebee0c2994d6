//! Every problem of the catalogue in every form, a file each: what a change of a text or a form does to all.

use std::{collections::BTreeSet, fs, path::Path};

use super::*;

/// The problem as the gate would send it, with everything that every problem can have.
fn occurrence(kind: &'static catalogue::ProblemType) -> Problem {
    Problem::new(kind)
        .exchange("179500000012345612345678")
        .host("api.example.com")
        .at(SystemTime::UNIX_EPOCH + Duration::from_secs(1_795_000_000))
}

#[test]
fn every_problem_in_every_form() {
    for kind in catalogue::ALL {
        let problem = occurrence(kind);
        let body = |form| render(&problem, form, Envelope::None).body;
        let page = body(Form::Html);
        let (_, main) = page.split_once("<main>\n").expect("the page");
        let (main, _) = main.split_once("</main>").expect("its end");
        let forms = format!(
            "{}\n{}\n{main}",
            body(Form::Json).replace(",\"", ",\n\""),
            body(Form::Markdown)
        );
        insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(kind.code, forms);
        });
    }
}

#[test]
fn no_problem_has_gone() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/render/tests/snapshots");
    let kept: BTreeSet<_> = fs::read_dir(folder)
        .expect("snapshots")
        .filter_map(|file| file.ok()?.file_name().into_string().ok())
        .filter_map(|name| name.strip_suffix(".snap").map(str::to_owned))
        .collect();
    let codes: BTreeSet<_> = catalogue::ALL.iter().map(|kind| kind.code.to_owned()).collect();
    assert_eq!(kept, codes, "a code is part of the public interface");
}
