//! Where a configuration came from: positions for warnings, and what may be shown of it.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use serde_json::Value;

use crate::yaml::{Node, Path, Position, Step};

/// The file behind a configuration, where there is one. It is no part of its value: all origins are equal.
#[derive(Clone, Default)]
pub(crate) struct Origin(Option<Arc<Source>>);

struct Source {
    file: String,
    tree: Node,
    templates: BTreeMap<Path, String>,
}

impl Origin {
    pub(crate) fn new(file: &str, tree: Node, templates: BTreeMap<Path, String>) -> Self {
        Self(Some(Arc::new(Source {
            file: file.to_owned(),
            tree,
            templates,
        })))
    }

    /// The file, and the position of a path in it.
    pub(crate) fn place(&self, path: &Path) -> Option<(&str, Position)> {
        self.0
            .as_deref()
            .map(|source| (source.file.as_str(), source.tree.position(path)))
    }

    /// What was written in the file, where a value came from the environment.
    pub(crate) fn template(&self, path: &Path) -> Option<&str> {
        self.0.as_deref()?.templates.get(path).map(String::as_str)
    }

    /// Puts what was written in the file in the place of every value that came from the environment.
    pub(crate) fn hide(&self, shown: &mut Value) {
        let Some(source) = self.0.as_deref() else { return };
        for (path, template) in &source.templates {
            let value = path
                .steps()
                .iter()
                .try_fold(&mut *shown, |value, step| match step {
                    Step::Key(key) => value.get_mut(key),
                    Step::Index(index) => value.get_mut(index),
                });
            if let Some(value) = value {
                *value = Value::String(template.clone());
            }
        }
    }
}

impl PartialEq for Origin {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl fmt::Debug for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Origin")
    }
}
