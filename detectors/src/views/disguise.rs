//! The disguises that views take off.

use std::fmt;

/// A way to write a text so that a search does not find it and a reader, or a model, still does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Disguise {
    /// Characters that leave no trace on the screen, inside a word.
    Invisible,
    /// Letters of another script that look the same (Unicode UTS 39).
    Homoglyph,
    /// Full-width, mathematical, circled and other styled forms of letters and digits (NFKC).
    Styled,
    /// Heaps of combining marks on letters.
    Marks,
    /// Digits and signs in the place of letters.
    Leet,
    /// Characters set apart from each other.
    Spaced,
    /// Words with signs or markup inside them.
    Hyphenated,
    /// Percent-encoding (RFC 3986).
    Url,
    /// Character references of HTML.
    Html,
    /// `\u0069`, `\x69` and the like.
    Escaped,
    /// Bytes in hexadecimal.
    Hex,
    /// Bytes in ones and zeros.
    Binary,
    /// Base64 (RFC 4648), also its alphabet for URLs.
    Base64,
    /// Base32 (RFC 4648).
    Base32,
    /// Letters moved by thirteen places.
    Rot13,
    /// The alphabet turned around.
    Atbash,
    /// Morse code (ITU-R M.1677).
    Morse,
    /// Written backwards.
    Reversed,
    /// Braille letters.
    Braille,
    /// The letters that flags are made of.
    Regional,
    /// Tag characters, which no screen shows (U+E0020 to U+E007E).
    Tags,
    /// Bytes in variation selectors, which no screen shows.
    Selectors,
    /// Bits in zero-width characters.
    ZeroWidthBits,
}

impl Disguise {
    /// All of them.
    pub const ALL: [Self; 23] = [
        Self::Invisible,
        Self::Homoglyph,
        Self::Styled,
        Self::Marks,
        Self::Leet,
        Self::Spaced,
        Self::Hyphenated,
        Self::Url,
        Self::Html,
        Self::Escaped,
        Self::Hex,
        Self::Binary,
        Self::Base64,
        Self::Base32,
        Self::Rot13,
        Self::Atbash,
        Self::Morse,
        Self::Reversed,
        Self::Braille,
        Self::Regional,
        Self::Tags,
        Self::Selectors,
        Self::ZeroWidthBits,
    ];

    /// The name that findings carry.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Invisible => "invisible",
            Self::Homoglyph => "homoglyph",
            Self::Styled => "styled",
            Self::Marks => "marks",
            Self::Leet => "leet",
            Self::Spaced => "spaced",
            Self::Hyphenated => "hyphenated",
            Self::Url => "url",
            Self::Html => "html",
            Self::Escaped => "escaped",
            Self::Hex => "hex",
            Self::Binary => "binary",
            Self::Base64 => "base64",
            Self::Base32 => "base32",
            Self::Rot13 => "rot13",
            Self::Atbash => "atbash",
            Self::Morse => "morse",
            Self::Reversed => "reversed",
            Self::Braille => "braille",
            Self::Regional => "regional",
            Self::Tags => "tags",
            Self::Selectors => "selectors",
            Self::ZeroWidthBits => "zero-width-bits",
        }
    }
}

/// How sure it makes us of an attack that a telling phrase wears this disguise, 0 to 1. Half where nobody does
/// it without a reason; more where the reader is not meant to see it; nothing where machines do it all day.
pub(crate) fn suspicion(disguise: Disguise) -> f64 {
    match disguise {
        Disguise::Tags | Disguise::Selectors | Disguise::ZeroWidthBits => 0.8,
        Disguise::Url | Disguise::Html | Disguise::Escaped => 0.0,
        Disguise::Hyphenated => 0.2,
        Disguise::Styled | Disguise::Leet => 0.4,
        _ => 0.5,
    }
}

impl fmt::Display for Disguise {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
