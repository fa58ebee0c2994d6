//! Making a view: what is kept of the source, and what patches put in its place.

use std::ops::Range;

use super::Disguise;
use super::map::{Map, Unit};

/// What one stretch of a text says once its disguise is off.
#[derive(Debug)]
pub(super) struct Patch {
    /// The stretch.
    pub(super) there: Range<usize>,
    pub(super) disguise: Disguise,
    bytes: Vec<u8>,
    map: Map,
}

/// Writes a view from left to right.
#[derive(Debug)]
pub(super) struct Weaver<'s> {
    source: &'s str,
    text: String,
    map: Map,
    /// Bytes of the source that are done with.
    taken: usize,
}

// === impl Patch ===

impl Patch {
    /// An empty patch that begins at `start`.
    pub(super) fn new(disguise: Disguise, start: usize) -> Self {
        Self {
            there: start..start,
            disguise,
            bytes: Vec::new(),
            map: Map::default(),
        }
    }

    /// Adds bytes that came from `there`. No bytes: that stretch says nothing.
    pub(super) fn push(&mut self, bytes: &[u8], there: Range<usize>) {
        self.map.unit(bytes.len(), &there, Some(self.disguise));
        self.bytes.extend_from_slice(bytes);
        self.there.end = self.there.end.max(there.end);
    }

    /// Adds a character that came from `there`.
    pub(super) fn push_char(&mut self, c: char, there: Range<usize>) {
        self.push(c.encode_utf8(&mut [0; 4]).as_bytes(), there);
    }

    /// What it says so far.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The patch as a view by itself.
    pub(super) fn into_view(self) -> (String, Map) {
        (self.text(), self.map)
    }

    /// As text: a byte that is not UTF-8 becomes a question mark, so that all others stay in their place.
    fn text(&self) -> String {
        let mut text = String::with_capacity(self.bytes.len());
        for chunk in self.bytes.utf8_chunks() {
            text.push_str(chunk.valid());
            text.extend(chunk.invalid().iter().map(|_| '?'));
        }
        text
    }
}

// === impl Weaver ===

impl<'s> Weaver<'s> {
    pub(super) fn new(source: &'s str) -> Self {
        Self {
            source,
            text: String::with_capacity(source.len()),
            map: Map::default(),
            taken: 0,
        }
    }

    /// Bytes of the source that are done with.
    pub(super) fn taken(&self) -> usize {
        self.taken
    }

    /// Keeps the source up to `end` as it is.
    pub(super) fn keep(&mut self, end: usize) {
        if let Some(kept) = self.source.get(self.taken..end) {
            self.map.row(kept.len(), self.taken, Unit::BYTE, None);
            self.text.push_str(kept);
            self.taken = end;
        }
    }

    /// Puts a character in the place of the source up to `end`.
    pub(super) fn put(&mut self, c: char, end: usize) {
        self.map.unit(c.len_utf8(), &(self.taken..end), None);
        self.text.push(c);
        self.taken = end;
    }

    /// Puts several characters in the place of the source up to `end`.
    pub(super) fn put_all(&mut self, chars: &[char], end: usize) {
        let length = chars.iter().map(|c| c.len_utf8()).sum();
        self.map.unit(length, &(self.taken..end), None);
        self.text.extend(chars);
        self.taken = end;
    }

    /// Leaves out the source up to `end`.
    pub(super) fn skip(&mut self, end: usize) {
        self.taken = end;
    }

    /// Keeps the source up to a patch and puts the patch in place.
    pub(super) fn patch(&mut self, patch: &Patch) {
        self.keep(patch.there.start);
        self.text.push_str(&patch.text());
        self.map.append(&patch.map, 0);
        self.taken = patch.there.end;
    }

    /// Keeps the rest.
    pub(super) fn finish(mut self) -> (String, Map) {
        self.keep(self.source.len());
        (self.text, self.map)
    }
}
