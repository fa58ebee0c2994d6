//! YAML with positions: a tree in which every key and value knows where it was written.
//!
//! The typed structs stay plain: they are deserialised from the tree, and whoever has to point at a key later
//! (a check, a warning) asks the tree for the position of its path.

mod build;
mod de;
mod fault;
mod path;

pub(crate) use build::parse;
pub(crate) use de::{Reader, SECRET, VERBATIM};
pub(crate) use fault::Fault;
pub(crate) use path::{Path, Step, at};

/// A line and a column, both from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Position {
    pub(crate) line: u64,
    pub(crate) column: u64,
}

/// A value and where it was written. No `Debug`: it may hold a secret.
pub(crate) struct Node {
    pub(crate) value: Value,
    pub(crate) at: Position,
    /// Where its text begins in the file, in bytes.
    pub(crate) offset: usize,
}

/// A YAML value.
pub(crate) enum Value {
    Null,
    Bool(bool),
    Int(i128),
    Float(f64),
    Text(String),
    List(Vec<Node>),
    Map(Vec<(Key, Node)>),
}

/// A key of a mapping and where it was written.
pub(crate) struct Key {
    pub(crate) text: String,
    pub(crate) at: Position,
}

impl Node {
    /// Whether there is nothing.
    pub(crate) fn is_null(&self) -> bool {
        matches!(self.value, Value::Null)
    }

    /// Where a path was written: its key, its list item, or the nearest of its parents that is in the file.
    pub(crate) fn position(&self, path: &Path) -> Position {
        let mut node = self;
        let mut at = self.at;
        for step in path.steps() {
            let found = match (step, &node.value) {
                (Step::Key(name), Value::Map(entries)) => entries
                    .iter()
                    .find(|(key, _)| key.text == *name)
                    .map(|(key, value)| (value, key.at)),
                (Step::Index(index), Value::List(items)) => items.get(*index).map(|item| (item, item.at)),
                _ => None,
            };
            match found {
                Some((next, position)) => (node, at) = (next, position),
                None => return at,
            }
        }
        match node.value {
            // Scalars are pointed at themselves, collections at the key that introduces them.
            Value::List(_) | Value::Map(_) | Value::Null => at,
            _ => node.at,
        }
    }
}

/// The position of a byte of a text.
pub(crate) fn position_of(text: &str, offset: usize) -> Position {
    let before = text.get(..offset).unwrap_or(text);
    let line = before.matches('\n').count() as u64 + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() as u64 + 1;
    Position { line, column }
}
