//! What each character folds to, computed once per block of 256 and kept.

use std::sync::OnceLock;

use unicode_normalization::char::{compose as canonical, decompose_compatible};
use unicode_security::confusable_detection::skeleton;

/// What a character folds to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Folded {
    Same,
    To(char),
    Nothing,
    Many(Vec<char>),
}

/// What is known of a character.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) folded: Folded,
    /// The letter or digit of ASCII that it looks like.
    pub(super) lookalike: Option<char>,
}

/// What is known of a character, in 32 bits: 21 of a character, 2 of a kind, 7 of a look-alike.
type Packed = u32;

const KIND: u32 = 21;
const LOOKALIKE: u32 = 23;
const SAME: u32 = 0;
const TO: u32 = 1;
const NOTHING: u32 = 2;
const MANY: u32 = 3;

/// Everything up to the last block of pictographs.
static BLOCKS: [OnceLock<Box<[Packed; 256]>>; 0x200] = [const { OnceLock::new() }; 0x200];

pub(super) fn fold(c: char) -> Entry {
    let code = c as u32;
    // The ideographs and syllables of East Asia stand for themselves.
    if matches!(code, 0x3400..=0x9fff | 0xac00..=0xd7a3) {
        return Entry::SAME;
    }
    let Some(block) = BLOCKS.get((code >> 8) as usize) else {
        return compute(c);
    };
    let block = block.get_or_init(|| {
        let mut block = Box::new([0; 256]);
        for (low, packed) in (0..).zip(block.iter_mut()) {
            *packed = char::from_u32(code & !0xff | low).map_or(0, |c| pack(&compute(c)));
        }
        block
    });
    match block.get((code & 0xff) as usize) {
        Some(packed) => unpack(*packed, c),
        None => Entry::SAME,
    }
}

impl Entry {
    const SAME: Self = Self {
        folded: Folded::Same,
        lookalike: None,
    };
}

fn pack(entry: &Entry) -> Packed {
    let folded = match &entry.folded {
        Folded::Same => SAME << KIND,
        Folded::To(to) => TO << KIND | *to as u32,
        Folded::Nothing => NOTHING << KIND,
        Folded::Many(_) => MANY << KIND,
    };
    folded | entry.lookalike.map_or(0, |letter| (letter as u32) << LOOKALIKE)
}

fn unpack(packed: Packed, c: char) -> Entry {
    let folded = match packed >> KIND & 3 {
        SAME => Folded::Same,
        TO => char::from_u32(packed & ((1 << KIND) - 1)).map_or(Folded::Same, Folded::To),
        NOTHING => Folded::Nothing,
        _ => compute(c).folded,
    };
    Entry {
        folded,
        lookalike: char::from_u32(packed >> LOOKALIKE).filter(|letter| *letter != '\0'),
    }
}

fn compute(c: char) -> Entry {
    let folded = compute_folded(c);
    let lookalike = match folded {
        Folded::Same => lookalike(c),
        // A capital letter may look like Latin where the small one does not.
        Folded::To(to) if !to.is_ascii() => lookalike(c),
        _ => None,
    };
    Entry { folded, lookalike }
}

fn compute_folded(c: char) -> Folded {
    if c.is_ascii() || is_marked_off(c) {
        return Folded::Same;
    }
    if is_invisible(c) || is_mark(c) {
        return Folded::Nothing;
    }
    if let Some(plain) = plain(c) {
        return Folded::To(plain);
    }
    let mut chars = Vec::new();
    let mut decomposed = Vec::new();
    decompose_compatible(c, |part| decomposed.push(part));
    for part in decomposed {
        if is_mark(part) || is_invisible(part) {
            continue;
        }
        let part = plain(part).unwrap_or(part);
        // What is part of a letter in its own script goes back to it: the dots of a kana.
        if let Some(whole) = chars.last().and_then(|last| canonical(*last, part)) {
            chars.pop();
            chars.push(whole);
        } else if part.is_ascii() {
            chars.push(part);
        } else {
            chars.extend(part.to_lowercase().filter(|lower| !is_mark(*lower)));
        }
    }
    let bytes: usize = chars.iter().map(|c| c.len_utf8()).sum();
    match chars.as_slice() {
        [] => Folded::Nothing,
        [only] if *only == c => Folded::Same,
        [only] => Folded::To(*only),
        // Signs that stand for whole words would let a view outgrow its source.
        _ if bytes > 2 * c.len_utf8() => Folded::Same,
        _ => Folded::Many(chars),
    }
}

/// Blocks in which decomposition would take a script apart, or which have a meaning of their own here: Hangul
/// letters (see [`compose`]), tags, and the letters of flags.
fn is_marked_off(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{11ff}' | '\u{1f1e6}'..='\u{1f1ff}')
}

/// Signs and digits with one plain form that decomposition does not know.
fn plain(c: char) -> Option<char> {
    let plain = match c {
        '\u{2018}' | '\u{2019}' | '\u{201b}' | '\u{2bc}' | '\u{2032}' => '\'',
        '\u{201c}' | '\u{201d}' | '\u{201f}' | '\u{2033}' => '"',
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' => '-',
        '\u{85}' | '\u{2028}' | '\u{2029}' => '\n',
        'ς' => 'σ',
        'ı' => 'i',
        'ø' => 'o',
        'Ø' => 'O',
        'đ' => 'd',
        'Đ' => 'D',
        'ł' => 'l',
        'Ł' => 'L',
        'ħ' => 'h',
        'ŧ' => 't',
        // Letters in squares and circles that have no decomposition.
        '\u{1f150}'..='\u{1f169}' => letter(c, 0x1f150)?,
        '\u{1f170}'..='\u{1f189}' => letter(c, 0x1f170)?,
        c if c.is_whitespace() => ' ',
        c => return digit(c).or_else(|| small_capital(c)),
    };
    Some(plain)
}

fn letter(c: char, first: u32) -> Option<char> {
    let place = (c as u32).checked_sub(first)?;
    char::from_u32('A' as u32 + place)
}

/// Decimal digits (general category Nd) lie in rows of ten; these are the zeros of those that people write
/// numbers in today. The rows that are styled forms of ASCII have decompositions.
const ZEROS: [u32; 37] = [
    0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6, 0xe50, 0xed0,
    0xf20, 0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90, 0x1b50, 0x1bb0, 0x1c40, 0x1c50,
    0xa620, 0xa8d0, 0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0, 0x104a0, 0x11066,
];

fn digit(c: char) -> Option<char> {
    let code = c as u32;
    let row = ZEROS.partition_point(|zero| *zero <= code).checked_sub(1)?;
    let value = code - ZEROS.get(row)?;
    char::from_digit(value, 10)
}

/// The phonetic small capitals, which no table of Unicode calls confusable.
fn small_capital(c: char) -> Option<char> {
    const SMALL: [(char, char); 26] = [
        ('ᴀ', 'a'),
        ('ʙ', 'b'),
        ('ᴄ', 'c'),
        ('ᴅ', 'd'),
        ('ᴇ', 'e'),
        ('ꜰ', 'f'),
        ('ɢ', 'g'),
        ('ʜ', 'h'),
        ('ɪ', 'i'),
        ('ᴊ', 'j'),
        ('ᴋ', 'k'),
        ('ʟ', 'l'),
        ('ᴍ', 'm'),
        ('ɴ', 'n'),
        ('ᴏ', 'o'),
        ('ᴘ', 'p'),
        ('ǫ', 'q'),
        ('ꞯ', 'q'),
        ('ʀ', 'r'),
        ('ꜱ', 's'),
        ('ᴛ', 't'),
        ('ᴜ', 'u'),
        ('ᴠ', 'v'),
        ('ᴡ', 'w'),
        ('ʏ', 'y'),
        ('ᴢ', 'z'),
    ];
    SMALL
        .iter()
        .find(|(small, _)| *small == c)
        .map(|(_, plain)| *plain)
}

/// The letter of ASCII that Unicode says a character is confused with.
fn lookalike(c: char) -> Option<char> {
    let own = prototype(c);
    // The prototype of a capital I is a small L; what the small letter looks like says which is meant.
    let mut lower = c.to_lowercase();
    match (own, lower.next(), lower.next()) {
        (Some('l') | None, Some(small), None) if small != c => prototype(small).or(own),
        _ => own,
    }
}

fn prototype(c: char) -> Option<char> {
    let mut buffer = [0; 4];
    let mut found = skeleton(c.encode_utf8(&mut buffer)).filter(|part| !is_mark(*part));
    let first = found.next().filter(char::is_ascii_alphabetic)?;
    found.next().is_none().then_some(first)
}

/// Scripts whose letters are borrowed for their looks, so that a whole word may be made of them.
pub(super) fn is_lookalike_script(c: char) -> bool {
    matches!(c as u32,
        0x80..=0x58f | 0x10a0..=0x10ff | 0x13a0..=0x167f | 0x1c80..=0x1cbf | 0x1d00..=0x1fff | 0x2c60..=0x2cff
        | 0xa4d0..=0xa4ff | 0xa640..=0xa69f | 0xa720..=0xa7ff | 0xab30..=0xabbf | 0x10280..=0x104ff | 0x118a0..=0x118ff
        | 0x1d400..=0x1d7ff)
}

/// Marks that are written above, below or through letters of any script, and those that Arabic and Hebrew may
/// leave out. The vowel signs of India and South-East Asia are letters, and stay.
pub(super) fn is_mark(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5bd}' | '\u{5bf}' | '\u{5c1}'..='\u{5c2}'
        | '\u{5c4}'..='\u{5c5}' | '\u{610}'..='\u{61a}' | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}'
        | '\u{6d6}'..='\u{6ed}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}'
        | '\u{fe20}'..='\u{fe2f}')
}

/// Characters that leave no trace on the screen (Unicode: Default_Ignorable_Code_Point, and the marks that set
/// the direction of writing).
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}' | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e0fff}')
}

/// A character together with those that follow and are part of it: the letters of a Hangul syllable, the dots
/// of a kana. Gives back where what it took ends.
pub(super) fn compose(text: &str, c: char, end: usize) -> (char, usize) {
    let (mut whole, mut end) = (c, end);
    for next in text.get(end..).unwrap_or_default().chars() {
        let mark = match next {
            '\u{1161}'..='\u{1175}' | '\u{11a8}'..='\u{11c2}' | '\u{3099}'..='\u{309a}' => next,
            // The narrow forms.
            '\u{ff9e}' => '\u{3099}',
            '\u{ff9f}' => '\u{309a}',
            _ => break,
        };
        let Some(longer) = canonical(whole, mark) else {
            break;
        };
        (whole, end) = (longer, end + next.len_utf8());
    }
    (whole, end)
}
