//! Both engines on the tiny model of `fixtures/tiny`, whose answers are known: 8 for each "attack", less 4.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test reports by panicking")]

use lockgate_models::{EngineChoice, Guard, GuardOptions, ModelError, Scores};
use std::{
    fs,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

fn tiny() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/tiny")
}

fn load(dir: &Path, engine: EngineChoice, library: Option<&str>) -> Result<Guard, ModelError> {
    let library = library.map(PathBuf::from);
    Guard::load(&GuardOptions {
        dir: Some(dir.to_owned()),
        engine,
        library,
        ..GuardOptions::default()
    })
}

fn copy(name_to_change: Option<&str>) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    for entry in fs::read_dir(tiny()).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let mut bytes = fs::read(&path).unwrap();
        if name_to_change == Some(&name) {
            *bytes.last_mut().unwrap() ^= 1;
        }
        fs::write(dir.path().join(name), bytes).unwrap();
    }
    dir
}

async fn score(guard: &Guard, text: &str) -> Scores {
    let deadline = Instant::now() + Duration::from_secs(60);
    guard
        .score(vec![text.to_owned()], deadline)
        .await
        .unwrap()
        .remove(0)
}

async fn check_answers(guard: &Guard) {
    for (text, injection, toxic) in [
        ("hello world", -4.0, -4.0),
        ("this is an attack", 4.0, -4.0),
        ("a RUDE attack, attack!", 12.0, 4.0),
        ("hello [SEP] attack", 4.0, -4.0),
    ] {
        let scores = score(guard, text).await;
        let sigmoid = |logit: f32| 1.0 / (1.0 + (-logit).exp());
        let near = |label: &str, expected: f32| {
            let found = scores.get(label).unwrap().score;
            assert!(
                (found - expected).abs() < 1e-5,
                "{text}: {label} {found}, expected {expected}"
            );
        };
        near("injection", sigmoid(injection));
        near("toxic", sigmoid(toxic / 2.0));
    }
}

#[tokio::test]
async fn rten_answers() {
    let guard = load(&tiny(), EngineChoice::Rten, None).unwrap();
    assert_eq!((guard.engine(), guard.engine_description()), ("rten", "rten"));
    check_answers(&guard).await;
}

#[tokio::test]
async fn onnxruntime_answers() {
    let guard = load(&tiny(), EngineChoice::Onnxruntime, None).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(guard.engine(), "onnxruntime");
    let description = guard.engine_description();
    assert!(
        description.starts_with("onnxruntime (") && description.contains("libonnxruntime"),
        "{description}"
    );
    check_answers(&guard).await;
    assert_eq!(
        load(&tiny(), EngineChoice::Auto, None).unwrap().engine(),
        "onnxruntime"
    );
}

#[tokio::test]
async fn auto_falls_back_to_rten_and_says_why() {
    let guard = load(&tiny(), EngineChoice::Auto, Some("/nowhere/libonnxruntime.so")).unwrap();
    assert_eq!(guard.engine(), "rten");
    let why = guard.engine_description();
    assert!(
        why.contains("because") && why.contains("/nowhere/libonnxruntime.so"),
        "{why}"
    );
    check_answers(&guard).await;
}

#[test]
fn onnxruntime_without_its_library_says_what_to_do() {
    let error = load(
        &tiny(),
        EngineChoice::Onnxruntime,
        Some("/nowhere/libonnxruntime.so"),
    )
    .unwrap_err();
    assert!(matches!(error, ModelError::Missing { .. }));
    let message = error.to_string();
    for way in [
        "/nowhere/libonnxruntime.so",
        "make setup",
        "ORT_DYLIB_PATH",
        "`auto`",
    ] {
        assert!(message.contains(way), "{message}");
    }
}

#[test]
fn a_library_that_is_no_library_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("libonnxruntime.so");
    fs::write(&path, b"not a library").unwrap();
    let error = load(&tiny(), EngineChoice::Onnxruntime, path.to_str()).unwrap_err();
    assert!(error.to_string().contains("libonnxruntime.so"), "{error}");
}

#[test]
fn a_changed_file_is_refused_before_it_is_parsed() {
    for name in ["guard.onnx", "tokenizer.json"] {
        let dir = copy(Some(name));
        for engine in [EngineChoice::Auto, EngineChoice::Rten] {
            let error = load(dir.path(), engine, None).unwrap_err();
            let ModelError::HashMismatch {
                path,
                expected,
                found,
            } = &error
            else {
                panic!("{error}")
            };
            assert!(path.ends_with(name) && expected != found);
            assert!(
                error.to_string().contains(expected) && error.to_string().contains(found),
                "{error}"
            );
        }
    }
}

#[test]
fn a_missing_file_is_named() {
    for name in ["guard.onnx", "tokenizer.json", "manifest.json"] {
        let dir = copy(None);
        fs::remove_file(dir.path().join(name)).unwrap();
        let error = load(dir.path(), EngineChoice::Auto, None).unwrap_err();
        assert!(error.to_string().contains(name), "{error}");
    }
}

#[test]
fn a_longer_file_is_refused_by_its_size() {
    let dir = copy(None);
    let path = dir.path().join("guard.onnx");
    let longer = [fs::read(&path).unwrap(), vec![0; 10]].concat();
    fs::write(&path, longer).unwrap();
    assert!(matches!(
        load(dir.path(), EngineChoice::Rten, None),
        Err(ModelError::Size { .. })
    ));
}

#[test]
fn a_model_that_does_not_fit_its_manifest_is_refused_at_load() {
    let dir = copy(None);
    let path = dir.path().join("manifest.json");
    let mut manifest: serde_json::Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
    manifest["labels"].as_array_mut().unwrap().pop();
    fs::write(&path, manifest.to_string()).unwrap();
    for engine in [EngineChoice::Auto, EngineChoice::Rten] {
        let error = load(dir.path(), engine, None).unwrap_err().to_string();
        assert!(error.contains("does not answer 1 logits"), "{error}");
    }
    manifest["output"] = "nothing".into();
    fs::write(&path, manifest.to_string()).unwrap();
    let error = load(dir.path(), EngineChoice::Auto, None)
        .unwrap_err()
        .to_string();
    assert!(error.contains("nothing"), "{error}");
}
