//! Where things lie: the repository, what set-up brought, the binary under test.

use std::path::{Path, PathBuf};

/// The root of the repository.
pub fn root() -> &'static Path {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    tests.parent().unwrap_or(tests)
}

/// Something that `setup/setup.py` brought; panics with the command to run where it is missing.
pub fn runtime(path: &str) -> PathBuf {
    let found = root().join(".runtime").join(path);
    assert!(
        found.exists(),
        "{} is missing: run `make test`, or `python3 setup/setup.py test`",
        found.display()
    );
    found
}

/// The binary under test: `LOCKGATE_BIN`, or `lockgate` in the target folder of this very test.
pub fn binary(name: &str) -> PathBuf {
    if let Some(path) = std::env::var_os("LOCKGATE_BIN").filter(|_| name == "lockgate") {
        return PathBuf::from(path);
    }
    let here = std::env::current_exe().expect("the path of this test");
    let folders = here.ancestors().skip(1).take(3);
    folders
        .map(|folder| folder.join(name))
        .find(|path| path.is_file())
        .unwrap_or_else(|| {
            panic!(
                "no `{name}` near {}: run `make test`, or `cargo build -p lockgate` first",
                here.display()
            )
        })
}

/// The Python interpreter that set-up was run with.
pub fn python() -> PathBuf {
    std::env::var_os("PYTHON").map_or_else(|| PathBuf::from("python3"), PathBuf::from)
}
