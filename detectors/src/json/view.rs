//! A value in its document.

use std::borrow::Cow;
use std::ops::Range;

use super::{Doc, Kind, Node};

/// A value in its document: cheap to copy.
#[derive(Debug, Clone, Copy)]
pub(crate) struct View<'d> {
    doc: &'d Doc<'d>,
    id: usize,
    node: &'d Node,
}

/// A pointer's token keeps this much of a key; without a bound one long key above thousands of strings
/// would cost its length thousands of times.
const TOKEN: usize = 64;

impl<'d> View<'d> {
    pub(super) fn new(doc: &'d Doc<'d>, id: usize, node: &'d Node) -> Self {
        Self { doc, id, node }
    }

    pub(crate) fn id(self) -> usize {
        self.id
    }

    #[cfg(test)]
    pub(crate) fn kind(self) -> Kind {
        self.node.kind
    }

    pub(crate) fn is(self, kind: Kind) -> bool {
        self.node.kind == kind
    }

    /// The literal's bytes.
    pub(crate) fn raw(self) -> Range<usize> {
        self.node.raw.clone()
    }

    /// The value as it is written.
    pub(crate) fn raw_text(self) -> &'d str {
        self.doc.text.get(self.node.raw.clone()).unwrap_or_default()
    }

    /// The bytes of the key's literal; empty where there is none.
    pub(crate) fn key_raw(self) -> Range<usize> {
        self.node.key.clone()
    }

    /// The decoded key.
    pub(crate) fn key(self) -> Option<Cow<'d, str>> {
        (!self.node.key.is_empty()).then(|| self.doc.decode(&self.node.key))
    }

    /// The decoded text of a string.
    pub(crate) fn text(self) -> Option<Cow<'d, str>> {
        self.is(Kind::String).then(|| self.doc.decode(&self.node.raw))
    }

    /// The values inside an array or object, duplicates of a key included.
    pub(crate) fn children(self) -> impl Iterator<Item = View<'d>> {
        let mut next = self.id + 1;
        std::iter::from_fn(move || {
            let child = if next < self.node.end {
                self.doc.view(next)
            } else {
                None
            }?;
            next = child.node.end;
            Some(child)
        })
    }

    /// The items of an array.
    pub(crate) fn items(self) -> impl Iterator<Item = View<'d>> {
        self.is(Kind::Array)
            .then(|| self.children())
            .into_iter()
            .flatten()
    }

    /// Every value under this key of an object.
    pub(crate) fn all(self, key: &'static str) -> impl Iterator<Item = View<'d>> {
        let object = self.is(Kind::Object).then(|| self.children());
        object
            .into_iter()
            .flatten()
            .filter(move |child| child.is_under(key))
    }

    /// Every value under any of these keys of an object.
    pub(crate) fn any(self, keys: &'static [&'static str]) -> impl Iterator<Item = View<'d>> {
        keys.iter().flat_map(move |key| self.all(key))
    }

    /// The last value under this key: the one that most parsers take.
    pub(crate) fn last(self, key: &'static str) -> Option<View<'d>> {
        self.all(key).last()
    }

    pub(crate) fn has(self, key: &'static str) -> bool {
        self.all(key).next().is_some()
    }

    pub(crate) fn has_any(self, keys: &'static [&'static str]) -> bool {
        self.any(keys).next().is_some()
    }

    /// The value itself and everything inside it.
    pub(crate) fn within(self) -> impl Iterator<Item = View<'d>> {
        (self.id..self.node.end).filter_map(move |id| self.doc.view(id))
    }

    /// JSON pointer (RFC 6901).
    pub(crate) fn pointer(self) -> String {
        let mut tokens = Vec::new();
        let mut at = self;
        while at.id != 0 {
            tokens.push(match at.key() {
                Some(key) => shorten(&key),
                None => at.node.index.to_string(),
            });
            match self.doc.view(at.node.parent) {
                Some(parent) => at = parent,
                None => break,
            }
        }
        tokens.iter().rev().flat_map(|token| ["/", token]).collect()
    }

    fn is_under(self, key: &str) -> bool {
        let literal = self.doc.text.get(self.node.key.clone()).unwrap_or_default();
        let plain = literal.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
        plain == Some(key) || (literal.contains('\\') && self.doc.decode(&self.node.key) == key)
    }
}

fn shorten(key: &str) -> String {
    let kept = key.get(..key.floor_char_boundary(TOKEN)).unwrap_or_default();
    let mut token = kept.replace('~', "~0").replace('/', "~1");
    if kept.len() < key.len() {
        token.push('…');
    }
    token
}
