//! Where the model folder and the ONNX Runtime library may lie.

use crate::{ModelError, manifest::MANIFEST_FILE};
use std::{
    env::consts::{DLL_PREFIX, DLL_SUFFIX},
    ffi::OsString,
    path::{Path, PathBuf},
};

/// How far up a folder that holds the model or the library is looked for.
const LEVELS: usize = 8;
/// How deep and how wide `.runtime/onnxruntime` is searched.
const DEPTH: usize = 4;
const ENTRIES: usize = 4096;

/// The surroundings of the process; a value, so that tests can make up their own.
pub(crate) struct Places {
    pub(crate) executable: Option<PathBuf>,
    pub(crate) current: Option<PathBuf>,
    pub(crate) variable: Variable,
}

/// Reads an environment variable.
pub(crate) type Variable = Box<dyn Fn(&str) -> Option<OsString>>;

/// Where the ONNX Runtime library may be.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Library {
    /// Somebody named it, so no other is tried.
    Named(PathBuf, &'static str),
    /// Found by searching, in order of preference; last the names that the system's loader may know.
    Found(Vec<PathBuf>),
}

impl Places {
    /// The surroundings of this process.
    pub(crate) fn of_process() -> Self {
        let executable = std::env::current_exe()
            .ok()
            .map(|path| path.canonicalize().unwrap_or(path));
        Self {
            executable,
            current: std::env::current_dir().ok(),
            variable: Box::new(|name| std::env::var_os(name)),
        }
    }

    /// The folder of the model.
    pub(crate) fn model(&self, named: Option<&Path>) -> Result<PathBuf, ModelError> {
        let is_model = |dir: &Path| dir.join(MANIFEST_FILE).is_file();
        let named = named.map(Path::to_owned).map(|dir| (dir, "the configuration"));
        if let Some((dir, by)) = named.or_else(|| {
            self.variable_path("LOCKGATE_MODEL_DIR")
                .map(|dir| (dir, "LOCKGATE_MODEL_DIR"))
        }) {
            return if is_model(&dir) {
                Ok(dir)
            } else {
                let what = format!(
                    "{} (the model folder is named by {by})",
                    dir.join(MANIFEST_FILE).display()
                );
                Err(ModelError::Missing {
                    what,
                    what_to_do: "correct the name, or take it out".to_owned(),
                })
            };
        }
        let beside = self.executable_dir().into_iter().flat_map(|dir| {
            [
                Some(dir.join("models/guard")),
                dir.parent().map(|above| above.join("share/lockgate/guard")),
            ]
        });
        let above = self.above().into_iter().map(|dir| dir.join("models/guard"));
        beside
            .flatten()
            .chain(above)
            .find(|dir| is_model(dir))
            .ok_or_else(|| ModelError::Missing {
                what: "the guard model (models/guard/manifest.json)".to_owned(),
                what_to_do:
                    "start in the source tree, put the folder beside the executable as models/guard, \
                         or name it with LOCKGATE_MODEL_DIR or scanner.model.directory"
                        .to_owned(),
            })
    }

    /// The ONNX Runtime library.
    #[cfg_attr(
        not(feature = "onnxruntime"),
        expect(dead_code, reason = "only that engine needs it")
    )]
    pub(crate) fn library(&self, named: Option<&Path>) -> Library {
        if let Some(path) = named {
            return Library::Named(path.to_owned(), "the configuration");
        }
        if let Some(path) = self.variable_path("ORT_DYLIB_PATH") {
            return Library::Named(path, "ORT_DYLIB_PATH");
        }
        let mut found = Vec::new();
        if let Some(dir) = self.executable_dir() {
            for dir in [dir.to_owned(), dir.join("lib")] {
                search(&dir, 0, &mut found);
            }
        }
        for dir in ancestors(self.executable_dir()) {
            search_runtime(dir, &mut found);
        }
        for dir in ancestors(self.current.as_deref()) {
            let mut here = Vec::new();
            search_runtime(dir, &mut here);
            found.extend(here.into_iter().filter(|path| self.is_ours(path)));
        }
        let mut unique: Vec<PathBuf> = Vec::new();
        for path in found {
            if !unique.contains(&path) {
                unique.push(path);
            }
        }
        unique.push(PathBuf::from(format!("{DLL_PREFIX}onnxruntime{DLL_SUFFIX}")));
        if cfg!(target_os = "linux") {
            unique.push(PathBuf::from("libonnxruntime.so.1"));
        }
        Library::Found(unique)
    }

    fn variable_path(&self, name: &str) -> Option<PathBuf> {
        (self.variable)(name)
            .filter(|value| !value.is_empty())
            .map(PathBuf::from)
    }

    fn executable_dir(&self) -> Option<&Path> {
        self.executable.as_deref().and_then(Path::parent)
    }

    fn above(&self) -> Vec<PathBuf> {
        let all = ancestors(self.executable_dir()).chain(ancestors(self.current.as_deref()));
        all.map(Path::to_owned).collect()
    }

    /// Whether a library may be loaded although only the current directory led to it: loading runs its code,
    /// so it must belong to root or to whoever owns the executable.
    #[cfg(unix)]
    fn is_ours(&self, path: &Path) -> bool {
        use std::os::unix::fs::MetadataExt;
        let owner = |path: &Path| path.metadata().ok().map(|data| data.uid());
        let executable = self.executable.as_deref().and_then(owner);
        owner(path).is_some_and(|uid| uid == 0 || Some(uid) == executable)
    }

    #[cfg(not(unix))]
    fn is_ours(&self, _path: &Path) -> bool {
        true
    }
}

fn ancestors(dir: Option<&Path>) -> impl Iterator<Item = &Path> {
    dir.into_iter().flat_map(Path::ancestors).take(LEVELS)
}

fn search_runtime(dir: &Path, found: &mut Vec<PathBuf>) {
    let runtime = dir.join(".runtime");
    search(&runtime.join("onnxruntime"), DEPTH, found);
    search(&runtime, 0, found);
}

/// Libraries in a folder, the plain name first, then those in its folders.
fn search(dir: &Path, depth: usize, found: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(dir) else {
        return;
    };
    let mut paths: Vec<PathBuf> = entries
        .take(ENTRIES)
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect();
    paths.sort();
    let is_library = |path: &&PathBuf| {
        path.file_name()
            .and_then(|n| n.to_str())
            .is_some_and(is_library_name)
    };
    found.extend(
        paths
            .iter()
            .filter(is_library)
            .filter(|path| path.is_file())
            .cloned(),
    );
    if depth > 0 {
        // A link to a folder is not followed, so that a loop of them ends.
        for dir in paths.iter().filter(|path| path.is_dir() && !path.is_symlink()) {
            search(dir, depth - 1, found);
        }
    }
}

/// `libonnxruntime.so`, `libonnxruntime.so.1.31.1`, `libonnxruntime.1.dylib`; not its provider plug-ins.
fn is_library_name(name: &str) -> bool {
    name.strip_prefix(DLL_PREFIX)
        .and_then(|rest| rest.strip_prefix("onnxruntime"))
        .and_then(|rest| rest.split_once(DLL_SUFFIX))
        .is_some_and(|(before, after)| {
            [before, after]
                .iter()
                .all(|part| part.chars().all(|c| c == '.' || c.is_ascii_digit()))
        })
}

#[cfg(test)]
mod tests;
