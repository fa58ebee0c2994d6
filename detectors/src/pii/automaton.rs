//! Many patterns in one automaton: one walk over the bytes tells all that match.

use regex_automata::dfa::{Automaton as _, StartKind, dense};
use regex_automata::nfa::thompson;
use regex_automata::util::primitives::StateID;
use regex_automata::util::{start, syntax};
use regex_automata::{Anchored, MatchKind};

use crate::LoadError;

/// Bytes that all automata of the detector may take together; the patterns are far below.
const MOST_MEMORY: usize = 32 << 20;

/// Patterns that are tried all at once from one place in a text.
#[derive(Debug)]
pub(super) struct Automaton {
    dfa: dense::DFA<Vec<u32>>,
    start: StateID,
}

/// How the bytes of the text are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    /// As they are.
    Exact,
    /// Small letters as capitals, spaces and hyphens of all widths as the plain ones.
    Folded,
}

impl Automaton {
    /// Compiles patterns; their numbers are their places in the list.
    ///
    /// # Errors
    /// When one does not compile, or together they grow too large.
    pub(super) fn new(name: &str, patterns: &[&str]) -> Result<Self, LoadError> {
        let failed = |reason: String| LoadError::Pattern {
            name: name.to_owned(),
            reason,
        };
        // The digits of ASCII alone: those of all scripts would make the automaton many times as large.
        let patterns: Vec<_> = patterns
            .iter()
            .map(|pattern| pattern.replace(r"\d", "[0-9]"))
            .collect();
        let dfa = dense::Builder::new()
            .configure(
                dense::Config::new()
                    .match_kind(MatchKind::All)
                    .start_kind(StartKind::Anchored)
                    .dfa_size_limit(Some(MOST_MEMORY))
                    .determinize_size_limit(Some(MOST_MEMORY)),
            )
            .syntax(syntax::Config::new().utf8(false))
            .thompson(thompson::Config::new().utf8(false).shrink(false))
            .build_many(&patterns)
            .map_err(|error| failed(error.to_string()))?;
        let start = dfa
            .start_state(&start::Config::new().anchored(Anchored::Yes))
            .map_err(|error| failed(error.to_string()))?;
        Ok(Self { dfa, start })
    }

    /// Walks from `from` on over at most `most` bytes and tells the number of each pattern that matches, and where it
    /// ends, which is never in the middle of a word. A pattern may be told several times, with later and later ends.
    pub(super) fn walk(
        &self,
        bytes: &[u8],
        from: usize,
        most: usize,
        reading: Reading,
        found: &mut Vec<(usize, usize)>,
    ) {
        let (mut state, mut at) = (self.start, from);
        let last = bytes.len().min(from + most);
        while at < last {
            let Some(rest) = bytes.get(at..) else {
                return;
            };
            let (byte, width) = match reading {
                Reading::Exact => (rest.first().copied().unwrap_or_default(), 1),
                Reading::Folded => fold(rest),
            };
            state = self.dfa.next_state(state, byte);
            // A match is known one byte late.
            if self.dfa.is_special_state(state) {
                if self.dfa.is_match_state(state) {
                    // In the middle of a word nothing ends.
                    if !rest.first().is_some_and(u8::is_ascii_alphanumeric) {
                        self.tell(state, at, found);
                    }
                } else if self.dfa.is_dead_state(state) {
                    return;
                }
            }
            at += width;
        }
        let end = self.dfa.next_eoi_state(state);
        if self.dfa.is_match_state(end) && (at == bytes.len() || at < from + most) {
            self.tell(end, at, found);
        }
    }

    fn tell(&self, state: StateID, end: usize, found: &mut Vec<(usize, usize)>) {
        let patterns =
            (0..self.dfa.match_len(state)).map(|nth| self.dfa.match_pattern(state, nth).as_usize());
        found.extend(patterns.map(|pattern| (pattern, end)));
    }
}

/// The next character as the patterns know it, and how many bytes of the text it takes.
fn fold(rest: &[u8]) -> (u8, usize) {
    match rest {
        // No-break space.
        [0xc2, 0xa0, ..] => (b' ', 2),
        // Hyphens and dashes; narrow no-break space, figure space.
        [0xe2, 0x80, 0x90..=0x95, ..] => (b'-', 3),
        [0xe2, 0x80, 0xaf | 0x87, ..] => (b' ', 3),
        // Minus sign.
        [0xe2, 0x88, 0x92, ..] => (b'-', 3),
        [byte, ..] => (byte.to_ascii_uppercase(), 1),
        [] => (0, 1),
    }
}
