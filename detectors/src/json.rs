//! JSON with positions: one pass over the text into a flat tree that keeps every duplicate key.
//!
//! Why not a ready-made parser: what the gate needs is what parsers drop. Where each string literal stands
//! in the bytes (to redact it and nothing else), every occurrence of a key (servers differ in which one wins),
//! and strings with lone surrogates (Python writes them, `serde_json` and `jiter` refuse them).

use std::borrow::Cow;
use std::ops::Range;

pub(crate) mod literal;
mod parse;
mod view;

pub(crate) use parse::{Fault, Limits};
pub(crate) use view::View;

/// What a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Object,
    Array,
    String,
    Number,
    True,
    False,
    Null,
}

/// One value. Nodes lie in the order of the text, so what is inside a node are the nodes from the one after
/// it up to `end`, and a child's next sibling is the node at the child's `end`.
#[derive(Debug, Clone)]
struct Node {
    kind: Kind,
    parent: usize,
    end: usize,
    /// Position among its siblings.
    index: usize,
    /// The literal, quotes included; for containers from bracket to bracket.
    raw: Range<usize>,
    /// The key's literal, quotes included; empty where there is none.
    key: Range<usize>,
}

/// A parsed text. All positions count from the start of `text`.
#[derive(Debug)]
pub(crate) struct Doc<'t> {
    text: &'t str,
    nodes: Vec<Node>,
}

impl<'t> Doc<'t> {
    /// Parses one JSON value.
    pub(crate) fn parse(text: &'t str, limits: Limits) -> Result<Self, Fault> {
        parse::run(text, limits, false).map_err(|(_, fault)| fault)
    }

    /// Parses values one after the other (NDJSON) into one array.
    pub(crate) fn parse_lines(text: &'t str, limits: Limits) -> Result<Self, Fault> {
        parse::run(text, limits, true).map_err(|(_, fault)| fault)
    }

    /// Parses as much as there is: the start of an answer that was cut somewhere.
    pub(crate) fn parse_start(text: &'t str, limits: Limits) -> Self {
        parse::run(text, limits, false).unwrap_or_else(|(doc, _)| doc)
    }

    /// The outermost value, unless nothing could be read.
    pub(crate) fn root(&self) -> Option<View<'_>> {
        self.view(0)
    }

    /// How many values there are.
    pub(crate) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// The value with this number.
    pub(crate) fn view(&self, id: usize) -> Option<View<'_>> {
        self.nodes.get(id).map(|node| View::new(self, id, node))
    }

    fn decode(&self, raw: &Range<usize>) -> Cow<'_, str> {
        literal::decode(self.text.get(raw.clone()).unwrap_or_default())
    }
}

#[cfg(test)]
pub(crate) mod tests;
