use super::*;
use std::fs;

fn places(
    executable: Option<&Path>,
    current: Option<&Path>,
    variable: Option<(&'static str, PathBuf)>,
) -> Places {
    Places {
        executable: executable.map(Path::to_owned),
        current: current.map(Path::to_owned),
        variable: Box::new(move |name| {
            variable
                .as_ref()
                .filter(|(known, _)| *known == name)
                .map(|(_, value)| value.clone().into_os_string())
        }),
    }
}

fn put(path: &Path) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, b"x").unwrap();
}

fn library_name() -> String {
    format!("{DLL_PREFIX}onnxruntime{DLL_SUFFIX}")
}

#[test]
fn the_model_is_found_in_the_documented_order() {
    let root = tempfile::tempdir().unwrap();
    let (bin, work) = (
        root.path().join("install/bin"),
        root.path().join("work/deep/down"),
    );
    fs::create_dir_all(&bin).unwrap();
    fs::create_dir_all(&work).unwrap();
    let here = places(Some(&bin.join("lockgate")), Some(&work), None);
    let error = here.model(None).unwrap_err().to_string();
    assert!(error.contains("LOCKGATE_MODEL_DIR"), "{error}");

    let in_order = [
        root.path().join("work/models/guard"),
        root.path().join("install/share/lockgate/guard"),
        bin.join("models/guard"),
    ];
    for dir in in_order {
        put(&dir.join(MANIFEST_FILE));
        assert_eq!(here.model(None).unwrap(), dir);
    }

    let named = root.path().join("named");
    put(&named.join(MANIFEST_FILE));
    let by_variable = places(
        Some(&bin.join("lockgate")),
        None,
        Some(("LOCKGATE_MODEL_DIR", named.clone())),
    );
    assert_eq!(by_variable.model(None).unwrap(), named);
    let error = by_variable
        .model(Some(&root.path().join("nowhere")))
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("nowhere") && error.contains("named by the configuration"),
        "{error}"
    );
}

#[test]
fn a_named_library_is_the_only_one_tried() {
    let named = Path::new("/somewhere/libonnxruntime.so");
    let variable = Some(("ORT_DYLIB_PATH", PathBuf::from("/other.so")));
    let here = places(None, None, variable);
    assert_eq!(
        here.library(Some(named)),
        Library::Named(named.to_owned(), "the configuration")
    );
    assert_eq!(
        here.library(None),
        Library::Named("/other.so".into(), "ORT_DYLIB_PATH")
    );
}

#[test]
fn libraries_are_found_in_the_documented_order() {
    let root = tempfile::tempdir().unwrap();
    let (bin, work) = (root.path().join("a/target/debug"), root.path().join("b/src"));
    fs::create_dir_all(&work).unwrap();
    let name = library_name();
    let in_order = [
        bin.join(&name),
        bin.join("lib").join(&name),
        root.path().join("a/.runtime/onnxruntime").join(&name),
        root.path().join("a/.runtime/onnxruntime/capi").join(&name),
        root.path().join("b/.runtime").join(&name),
    ];
    for path in &in_order {
        put(path);
    }
    put(&bin.join("lockgate"));
    put(&bin.join("libonnxruntime_providers_shared.so"));
    let Library::Found(found) = places(Some(&bin.join("lockgate")), Some(&work), None).library(None) else {
        panic!("nobody named it")
    };
    assert_eq!(found[..in_order.len()], in_order);
    assert!(
        found[in_order.len()..]
            .iter()
            .all(|path| path.components().count() == 1),
        "{found:?}"
    );
}

#[test]
fn names_of_libraries() {
    for suffix in ["", ".1", ".1.31.1"] {
        if cfg!(target_os = "linux") {
            assert!(is_library_name(&format!("libonnxruntime.so{suffix}")));
        }
    }
    for name in [
        "libonnxruntime_providers_shared.so",
        "libonnxruntime.so.tmp",
        "libonnxruntime.a",
        "onnxruntime",
    ] {
        assert!(!is_library_name(name), "{name}");
    }
}
