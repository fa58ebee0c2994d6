//! Decoded bytes on their way into patches: kept where they make a text, block by block.

use std::ops::Range;

use super::super::Disguise;
use super::super::readable::is_readable;
use super::super::weave::Patch;

/// Bytes in a block: long enough to tell text from noise, short enough to find the text in the noise, and a
/// whole number of the groups of every encoding.
const BLOCK: usize = 30;

/// A decoded byte and what it was decoded from.
type Placed = (u8, Range<usize>);

/// Gathers decoded bytes with their places, and turns readable blocks into patches.
///
/// An encoded picture is no text, and what is hidden in the middle of one still is; so every block is judged
/// by itself.
#[derive(Debug)]
pub(super) struct Blocks<'p> {
    disguise: Disguise,
    /// The fewest bytes that make a patch.
    least: usize,
    waiting: Vec<Placed>,
    /// The printable end of a block that was no text: the text of the next one may begin there.
    lead: Vec<Placed>,
    patch: Option<Patch>,
    out: &'p mut Vec<Patch>,
}

impl<'p> Blocks<'p> {
    pub(super) fn new(disguise: Disguise, least: usize, out: &'p mut Vec<Patch>) -> Self {
        Self {
            disguise,
            least,
            waiting: Vec::new(),
            lead: Vec::new(),
            patch: None,
            out,
        }
    }

    /// Adds a byte that was decoded from `there`.
    pub(super) fn push(&mut self, byte: u8, there: Range<usize>) {
        self.waiting.push((byte, there));
        if self.waiting.len() == 2 * BLOCK {
            self.judge(BLOCK);
        }
    }

    /// Ends a block: at the end of a line, after which something else may begin.
    pub(super) fn end_block(&mut self) {
        self.judge(self.waiting.len());
    }

    /// Ends a run of encoded bytes; `end` is where its padding ends. Says whether any of it could be read.
    pub(super) fn end_run(&mut self, end: usize) -> bool {
        self.end_block();
        self.lead.clear();
        if let Some(patch) = &mut self.patch {
            patch.there.end = patch.there.end.max(end);
        }
        self.close()
    }

    fn judge(&mut self, count: usize) {
        let block: Vec<Placed> = self.waiting.drain(..count).collect();
        if block.is_empty() {
            return;
        }
        let bytes: Vec<u8> = block.iter().map(|(byte, _)| *byte).collect();
        let zeros = bytes.iter().filter(|byte| **byte == 0).count();
        // Text in UTF-16 has a zero beside every letter of Latin.
        let is_wide = zeros * 3 > bytes.len();
        if is_wide {
            let letters: Vec<u8> = bytes.into_iter().filter(|byte| *byte != 0).collect();
            if is_readable(&letters) {
                self.keep(block.iter().filter(|(byte, _)| *byte != 0));
                return;
            }
        } else if is_readable(&bytes) {
            let lead = std::mem::take(&mut self.lead);
            self.keep(lead.iter().chain(&block));
            return;
        }
        let is_text = |(byte, _): &&Placed| matches!(byte, b' '..=b'~' | b'\n');
        if self.patch.is_some() {
            self.keep(block.iter().take_while(is_text));
        }
        self.close();
        self.lead = block.iter().rev().take_while(is_text).cloned().collect();
        self.lead.reverse();
    }

    fn keep<'b>(&mut self, bytes: impl Iterator<Item = &'b Placed>) {
        let bytes: Vec<&Placed> = bytes.collect();
        let (disguise, start) = (self.disguise, bytes.first().map_or(0, |(_, there)| there.start));
        let patch = self.patch.get_or_insert_with(|| Patch::new(disguise, start));
        // Bytes of one group came from the same characters and stay together.
        for group in bytes.chunk_by(|one, next| one.1 == next.1) {
            let said: Vec<u8> = group.iter().map(|(byte, _)| *byte).collect();
            if let Some((_, there)) = group.first() {
                patch.push(&said, there.clone());
            }
        }
    }

    fn close(&mut self) -> bool {
        let least = self.least;
        let patch = self.patch.take().filter(|patch| patch.bytes().len() >= least);
        let found = patch.is_some();
        self.out.extend(patch);
        found
    }
}
