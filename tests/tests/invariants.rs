//! What ARCHITECTURE.md promises about the shape of the code.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests report by panicking"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use lockgate_tests::workspace;
use serde_json::Value;

/// The crates, and which of ours each may name.
const CRATES: [(&str, &[&str]); 6] = [
    ("lockgate-errors", &[]),
    ("lockgate-config", &["lockgate-errors"]),
    ("lockgate-models", &["lockgate-errors", "lockgate-config"]),
    (
        "lockgate-detectors",
        &["lockgate-errors", "lockgate-config", "lockgate-models"],
    ),
    (
        "lockgate",
        &[
            "lockgate-errors",
            "lockgate-config",
            "lockgate-models",
            "lockgate-detectors",
        ],
    ),
    ("lockgate-tests", &[]),
];

/// The one crate that may name a dependency whose name starts so.
const OWNERS: [(&str, &str); 4] = [
    ("pingora", "lockgate"),
    ("ort", "lockgate-models"),
    ("rten", "lockgate-models"),
    ("tokenizers", "lockgate-models"),
];

const MAX_LINES: usize = 500;
const MEDIAN_LINES: usize = 150;

/// Each package of the workspace with the names that it depends on, for whatever purpose.
fn packages() -> BTreeMap<String, Vec<String>> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let mut command = Command::new(cargo);
    command
        .args(["metadata", "--no-deps", "--offline", "--format-version", "1"])
        .current_dir(workspace::root());
    let done = command.output().expect("cargo");
    let metadata: Value = serde_json::from_slice(&done.stdout).expect("metadata");
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let packages = metadata["packages"].as_array().expect("packages");
    packages
        .iter()
        .map(|package| {
            let dependencies = package["dependencies"].as_array().expect("dependencies");
            (
                text(&package["name"]),
                dependencies
                    .iter()
                    .map(|dependency| text(&dependency["name"]))
                    .collect(),
            )
        })
        .collect()
}

fn sources() -> Vec<PathBuf> {
    let mut found = Vec::new();
    let folders = ["config", "errors", "detectors", "models", "proxy", "tests"];
    folders
        .iter()
        .for_each(|folder| collect(&workspace::root().join(folder), &mut found));
    assert!(found.len() > 50, "{found:?}");
    found
}

fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir()
            && path
                .file_name()
                .is_some_and(|name| name != "target" && name != "node_modules")
        {
            collect(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

#[test]
fn dependencies_point_one_way() {
    let packages = packages();
    assert_eq!(packages.len(), CRATES.len(), "{:?}", packages.keys());
    for (name, allowed) in CRATES {
        for dependency in packages[name]
            .iter()
            .filter(|dependency| dependency.starts_with("lockgate"))
        {
            assert!(
                allowed.contains(&dependency.as_str()),
                "{name} may not depend on {dependency}"
            );
        }
    }
}

#[test]
fn only_the_owner_names_an_engine() {
    for (name, dependencies) in packages() {
        for (prefix, owner) in OWNERS {
            let named =
                |dependency: &&String| *dependency == prefix || dependency.starts_with(&format!("{prefix}-"));
            let found: Vec<_> = dependencies.iter().filter(named).collect();
            assert!(
                found.is_empty() || name == owner,
                "{name} names {found:?}; only {owner} may"
            );
        }
    }
}

#[test]
fn files_are_small() {
    let mut sizes: Vec<(usize, PathBuf)> = sources()
        .into_iter()
        .map(|path| (fs::read_to_string(&path).expect("a text").lines().count(), path))
        .collect();
    sizes.sort();
    let (largest, path) = &sizes[sizes.len() - 1];
    assert!(*largest <= MAX_LINES, "{} has {largest} lines", path.display());
    let (median, _) = sizes[sizes.len() / 2];
    assert!(median <= MEDIAN_LINES, "the median is {median} lines");
}

#[test]
fn no_file_is_called_mod() {
    let named: Vec<_> = sources()
        .into_iter()
        .filter(|path| path.ends_with("mod.rs"))
        .collect();
    assert!(named.is_empty(), "{named:?}");
}

#[test]
fn unsafe_code_is_forbidden_everywhere() {
    let manifest = |folder: &str| {
        fs::read_to_string(workspace::root().join(folder).join("Cargo.toml")).expect("a manifest")
    };
    assert!(manifest("").contains("unsafe_code = \"forbid\""));
    for folder in ["config", "errors", "detectors", "models", "proxy", "tests"] {
        assert!(
            manifest(folder).contains("[lints]\nworkspace = true"),
            "{folder} does not inherit the lints"
        );
    }
}

/// The statics of the catalogue, and their codes.
fn entries() -> Vec<(String, String)> {
    let folder = workspace::root().join("errors/src/catalogue");
    let mut files = Vec::new();
    collect(&folder, &mut files);
    let names: Vec<_> = files
        .iter()
        .map(|file| fs::read_to_string(file).expect("a text"))
        .flat_map(|text| {
            text.lines()
                .filter_map(|line| Some(line.strip_prefix("    ")?.strip_suffix(" = {")?.to_owned()))
                .collect::<Vec<_>>()
        })
        .map(|name| (name.clone(), name.to_lowercase()))
        .collect();
    assert!(names.len() > 50, "{names:?}");
    names
}

#[test]
fn every_problem_of_the_catalogue_is_used() {
    let mut files = Vec::new();
    for folder in ["proxy/src", "errors/src/upstream"] {
        collect(&workspace::root().join(folder), &mut files);
    }
    files.push(workspace::root().join("errors/src/upstream.rs"));
    // A body that cannot be read is told by the code of the problem that it becomes.
    files.push(workspace::root().join("detectors/src/extract.rs"));
    let tests = |file: &PathBuf| {
        let path = file.strip_prefix(workspace::root()).unwrap_or(file);
        path.iter().any(|part| part == "tests" || part == "tests.rs")
    };
    let code: String = files
        .iter()
        .filter(|file| !tests(file))
        .map(|file| fs::read_to_string(file).expect("a text"))
        // Unit tests stand at the end of a file.
        .map(|text| text.split("#[cfg(test)]").next().unwrap_or_default().to_owned())
        .collect();
    let words: BTreeSet<_> = code
        .split(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '_' || letter == '"'))
        .collect();
    let unused: Vec<_> = entries()
        .into_iter()
        .filter(|(name, code)| {
            !words.contains(name.as_str()) && !words.contains(format!("\"{code}\"").as_str())
        })
        .collect();
    assert!(unused.is_empty(), "nothing answers with {unused:?}");
}

#[test]
fn nothing_else_invents_a_problem() {
    for path in sources() {
        let ours = path.starts_with(workspace::root().join("errors"));
        let text = fs::read_to_string(&path).expect("a text");
        let built = ["ProblemType {", "owner_action_required:"];
        assert!(
            ours || path.ends_with("invariants.rs") || built.iter().all(|word| !text.contains(word)),
            "{} makes an entry of its own",
            path.display()
        );
    }
}
