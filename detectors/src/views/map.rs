//! The way back from a view to the text that it was made from.

use std::ops::Range;

use super::Disguise;

/// Where every byte of a view came from, run-length coded.
///
/// A piece is a row of equal units: of Base64, three bytes of the view for every four of the source. A unit is
/// not divided: whatever touches one of its bytes came from all of its source.
#[derive(Debug, Clone, Default)]
pub(crate) struct Map {
    pieces: Vec<Piece>,
    /// Bytes of the view.
    len: usize,
}

/// The shape of a unit: its bytes in the view, its bytes in the source, and whether units follow each other
/// backwards in the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Unit {
    pub(crate) here: usize,
    pub(crate) there: usize,
    pub(crate) turned: bool,
}

/// Where a span of a view came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Traced {
    /// Bytes of the source.
    pub(crate) span: Range<usize>,
    /// The disguise that covered some of it.
    pub(crate) disguise: Option<Disguise>,
}

#[derive(Debug, Clone, Copy)]
struct Piece {
    here: usize,
    /// Where the first unit begins in the source; where it ends, if the piece is turned.
    there: usize,
    unit: Unit,
    disguise: Option<Disguise>,
}

impl Unit {
    pub(crate) const BYTE: Self = Self::of(1, 1);

    pub(crate) const fn of(here: usize, there: usize) -> Self {
        Self {
            here,
            there,
            turned: false,
        }
    }
}

impl Map {
    /// Adds a row of units that stands for `len` bytes of the view; `there` is where its first unit begins, or
    /// ends if the row is turned.
    pub(crate) fn row(&mut self, len: usize, there: usize, unit: Unit, disguise: Option<Disguise>) {
        if len == 0 || unit.here == 0 {
            return;
        }
        let goes_on = self.pieces.last().is_some_and(|last| {
            last.unit == unit && last.disguise == disguise && last.boundary(self.len) == Some(there)
        });
        if !goes_on {
            self.pieces.push(Piece {
                here: self.len,
                there,
                unit,
                disguise,
            });
        }
        self.len += len;
    }

    /// Adds one unit: `len` bytes of the view that came from `there`.
    pub(crate) fn unit(&mut self, len: usize, there: &Range<usize>, disguise: Option<Disguise>) {
        self.row(len, there.start, Unit::of(len, there.len()), disguise);
    }

    /// Adds the map of bytes that come next, made from the source from `start` on.
    pub(crate) fn append(&mut self, next: &Self, start: usize) {
        let ends = next.pieces.iter().skip(1).map(|piece| piece.here);
        for (piece, end) in next.pieces.iter().zip(ends.chain([next.len])) {
            self.row(end - piece.here, start + piece.there, piece.unit, piece.disguise);
        }
    }

    /// Where a span of the view came from; an empty span came from nowhere.
    pub(crate) fn trace(&self, span: &Range<usize>) -> Option<Traced> {
        let mut traced: Option<Traced> = None;
        for (piece, inside) in self.within(span) {
            let there = piece.source(&inside);
            let so_far = traced.get_or_insert(Traced {
                span: there.clone(),
                disguise: None,
            });
            so_far.span = so_far.span.start.min(there.start)..so_far.span.end.max(there.end);
            so_far.disguise = so_far.disguise.or(piece.disguise);
        }
        traced
    }

    /// The pieces that a span touches, each with the part of the span that lies in it.
    fn within(&self, span: &Range<usize>) -> impl Iterator<Item = (&Piece, Range<usize>)> {
        let span = span.start..span.end.min(self.len);
        let next = self.pieces.partition_point(|piece| piece.here <= span.start);
        let pieces = self.pieces.get(next.saturating_sub(1)..).unwrap_or_default();
        let ends = pieces.iter().skip(1).map(|piece| piece.here);
        pieces
            .iter()
            .zip(ends.chain([self.len]))
            .map(move |(piece, end)| (piece, piece.here.max(span.start)..end.min(span.end)))
            .take_while(|(_, inside)| !inside.is_empty())
    }
}

impl Piece {
    /// Where the unit that begins at `at` of the view begins in the source (ends, if the piece is turned);
    /// nothing where no unit begins.
    fn boundary(&self, at: usize) -> Option<usize> {
        let count = at.checked_sub(self.here)?;
        let units = count / self.unit.here;
        let bytes = units * self.unit.there;
        let place = if self.unit.turned {
            self.there.checked_sub(bytes)
        } else {
            Some(self.there + bytes)
        };
        place.filter(|_| count.is_multiple_of(self.unit.here))
    }

    /// The source of a span (not empty) that lies inside the piece.
    fn source(&self, span: &Range<usize>) -> Range<usize> {
        let first = (span.start - self.here) / self.unit.here * self.unit.there;
        let last = ((span.end - 1 - self.here) / self.unit.here + 1) * self.unit.there;
        if self.unit.turned {
            self.there.saturating_sub(last)..self.there.saturating_sub(first)
        } else {
            self.there + first..self.there + last
        }
    }
}
