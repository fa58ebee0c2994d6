//! `lockgate eval`

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use flate2::read::MultiGzDecoder;
use lockgate_detectors::evaluate::{Evaluation, Labelled};
use lockgate_detectors::{Pii, PiiMatch, PiiOptions, pii_categories};

use super::say;

/// Options of `lockgate eval`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Labelled texts as JSON lines, also packed as `.gz`.
    #[arg(long, value_name = "FILE", required = true, num_args = 1..)]
    data: Vec<PathBuf>,
    /// Also print what was missed and what was found in excess of this label, with the text around it.
    #[arg(long, value_name = "LABEL")]
    errors: Option<String>,
}

/// Says how well personal data is found in labelled texts.
pub(super) fn run(args: &Args) -> anyhow::Result<()> {
    let all = pii_categories()
        .iter()
        .map(|category| category.name.to_owned())
        .collect();
    let pii = Pii::with(&PiiOptions {
        categories: Some(all),
        allow: Vec::new(),
    })?;
    let mut evaluation = Evaluation::default();
    for path in &args.data {
        let lines = open(path)?;
        evaluation
            .add(&pii, lines, |labelled, found| {
                if let Some(label) = &args.errors {
                    show(label, labelled, found);
                }
            })
            .with_context(|| path.display().to_string())?;
    }
    say(&evaluation.table());
    Ok(())
}

fn open(path: &Path) -> anyhow::Result<Box<dyn BufRead>> {
    let file = File::open(path).with_context(|| format!("cannot open {}", path.display()))?;
    let packed = path.extension().is_some_and(|extension| extension == "gz");
    Ok(match packed {
        true => Box::new(BufReader::new(MultiGzDecoder::new(file))),
        false => Box::new(BufReader::new(file)),
    })
}

fn show(label: &str, labelled: &Labelled, found: &[PiiMatch]) {
    for line in lockgate_detectors::evaluate::differences(label, labelled, found) {
        say(&line);
    }
}
