//! All phrases as one machine that reads pieces of text.
//!
//! Writing every spelling of every phrase out would make a hundred patterns of one line. Instead one automaton
//! finds the pieces, and states say which piece may follow which.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use aho_corasick::AhoCorasick;

use super::phrase::{Item, Parts, Piece};
use super::squeezed::Squeezed;
use crate::LoadError;

/// Part of a phrase: the phrase and the number of the part.
pub(super) type Part = (usize, usize);

#[derive(Debug)]
pub(super) struct Grammar {
    pieces: AhoCorasick,
    /// For each piece the states that it leads to from the start.
    starts: Vec<Vec<Edge>>,
    /// The states that a piece leads to from a state.
    edges: HashMap<(usize, usize), Vec<Edge>>,
    /// For each state the part that is complete there.
    complete: Vec<Option<Part>>,
}

/// One step: the white space that it needs, and where it leads.
#[derive(Debug, Clone)]
struct Edge {
    to: usize,
    space_before: bool,
    spaces: Vec<usize>,
}

/// Gathers phrases.
#[derive(Debug, Default)]
pub(super) struct Builder {
    pieces: BTreeMap<String, usize>,
    starts: Vec<Vec<Edge>>,
    edges: HashMap<(usize, usize), Vec<Edge>>,
    complete: Vec<Option<Part>>,
}

/// States reached at one place of a text, as a list in a vector.
#[derive(Debug, Clone, Copy)]
struct Reached {
    state: usize,
    start: usize,
    next: Option<usize>,
}

// === impl Builder ===

impl Builder {
    pub(super) fn add(&mut self, phrase: usize, parts: &Parts) {
        for (number, items) in parts.iter().enumerate() {
            self.part((phrase, number), items);
        }
    }

    fn part(&mut self, part: Part, items: &[Item]) {
        // A state is how far a part has been read, and whether white space must follow.
        let mut states: BTreeMap<(usize, bool), usize> = BTreeMap::new();
        let mut open: Vec<Option<(usize, bool)>> = vec![None];
        while let Some(from) = open.pop() {
            let next = from.map_or(0, |(index, _)| index + 1);
            for (index, item) in items.iter().enumerate().skip(next) {
                for piece in &item.choices {
                    let target = (index, piece.space_after);
                    let to = *states.entry(target).or_insert_with(|| {
                        open.push(Some(target));
                        let rest = items.iter().skip(index + 1);
                        self.complete
                            .push(rest.clone().all(|item| item.optional).then_some(part));
                        self.complete.len() - 1
                    });
                    let edge = Edge {
                        to,
                        space_before: piece.space_before || from.is_some_and(|(_, space)| space),
                        spaces: piece.spaces.clone(),
                    };
                    let piece = self.piece(piece);
                    let from = from.and_then(|from| states.get(&from));
                    let edges = match from {
                        Some(from) => self.edges.entry((*from, piece)).or_default(),
                        None => match self.starts.get_mut(piece) {
                            Some(starts) => starts,
                            None => continue,
                        },
                    };
                    edges.push(edge);
                }
                if !item.optional {
                    break;
                }
            }
        }
    }

    fn piece(&mut self, piece: &Piece) -> usize {
        let known = self.pieces.len();
        let number = *self.pieces.entry(piece.text.clone()).or_insert(known);
        if number == known {
            self.starts.push(Vec::new());
        }
        number
    }

    pub(super) fn build(self) -> Result<Grammar, LoadError> {
        let mut pieces: Vec<(usize, &str)> = self
            .pieces
            .iter()
            .map(|(text, number)| (*number, text.as_str()))
            .collect();
        pieces.sort_unstable();
        let pieces = AhoCorasick::new(pieces.into_iter().map(|(_, text)| text));
        Ok(Grammar {
            pieces: pieces.map_err(|error| LoadError::Pattern {
                name: "signatures".to_owned(),
                reason: error.to_string(),
            })?,
            starts: self.starts,
            edges: self.edges,
            complete: self.complete,
        })
    }
}

// === impl Grammar ===

impl Grammar {
    /// Tells every part of a phrase that a text has, by the place at which it ends. `is_loose` says of a span
    /// that its white space means nothing.
    pub(super) fn read(
        &self,
        text: &Squeezed,
        is_loose: &dyn Fn(&Range<usize>) -> bool,
        mut found: impl FnMut(Part, Range<usize>),
    ) {
        let mut reached: Vec<Reached> = Vec::new();
        let mut last: Vec<Option<usize>> = vec![None; text.text.len() + 1];
        for hit in self.pieces.find_overlapping_iter(&text.text) {
            let (piece, span) = (hit.pattern().as_usize(), hit.range());
            let starts = self.starts.get(piece).map(Vec::as_slice).unwrap_or_default();
            let mut steps: Vec<(usize, usize)> = Vec::new();
            for edge in starts {
                let fits = text.is_edge(span.start) && text.has_spaces(&span, &edge.spaces);
                if fits || is_loose(&span) {
                    steps.push((edge.to, span.start));
                }
            }
            let mut next = last.get(span.start).copied().flatten();
            while let Some(Reached {
                state,
                start,
                next: earlier,
            }) = next.and_then(|at| reached.get(at)).copied()
            {
                next = earlier;
                for edge in self.edges.get(&(state, piece)).into_iter().flatten() {
                    let fits = text.is_spaced(span.start) == edge.space_before
                        && text.has_spaces(&span, &edge.spaces);
                    if fits || is_loose(&(start..span.end)) {
                        steps.push((edge.to, start));
                    }
                }
            }
            for (state, start) in steps {
                let Some(slot) = last.get_mut(span.end) else {
                    continue;
                };
                if is_reached(&reached, *slot, state) {
                    continue;
                }
                reached.push(Reached {
                    state,
                    start,
                    next: *slot,
                });
                *slot = Some(reached.len() - 1);
                if let Some(part) = self.complete.get(state).copied().flatten()
                    && (text.is_edge(span.end) || is_loose(&(start..span.end)))
                {
                    found(part, start..span.end);
                }
            }
        }
    }
}

fn is_reached(reached: &[Reached], mut next: Option<usize>, state: usize) -> bool {
    while let Some(entry) = next.and_then(|at| reached.get(at)) {
        if entry.state == state {
            return true;
        }
        next = entry.next;
    }
    false
}
