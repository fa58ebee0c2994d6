//! The little language of phrases: `(ignore|forget) ... your (old |)rules`.

/// What a phrase is made of, in the order in which it must appear, with a few words between one part and the
/// next.
pub(super) type Parts = Vec<Vec<Item>>;

/// One of several pieces of text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Item {
    pub(super) choices: Vec<Piece>,
    /// It may be left out.
    pub(super) optional: bool,
}

/// A piece of text without its white space.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) text: String,
    /// Places in the text at which white space stands.
    pub(super) spaces: Vec<usize>,
    /// White space stands before it, after it.
    pub(super) space_before: bool,
    pub(super) space_after: bool,
}

/// Reads a phrase: ` ... ` parts it, `(a|b)` stands for either, and so does `(a|)` for `a` or nothing.
pub(super) fn parse(phrase: &str) -> Parts {
    phrase.split(" ... ").map(part).collect()
}

/// A phrase that stands for itself, brackets and bars too.
pub(super) fn literal(text: &str) -> Parts {
    vec![Item::new([text]).into_iter().collect()]
}

fn part(written: &str) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    let mut rest = written;
    while !rest.is_empty() {
        let (before, choices, after) = choice(rest).unwrap_or((rest, "", ""));
        items.extend(Item::new([before]));
        // White space alone belongs to the item before it.
        if let Some(last) = items.last_mut().filter(|_| before.ends_with(char::is_whitespace)) {
            last.choices.iter_mut().for_each(|piece| piece.space_after = true);
        }
        items.extend(Item::new(choices.split('|')));
        rest = after;
    }
    items
}

fn choice(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once('(')?;
    let (choices, after) = rest.split_once(')')?;
    Some((before, choices, after))
}

impl Item {
    /// Nothing, if all choices are empty.
    fn new<'t>(choices: impl IntoIterator<Item = &'t str>) -> Option<Self> {
        let mut item = Self::default();
        for choice in choices {
            if choice.trim().is_empty() {
                item.optional = true;
            } else {
                item.choices.push(Piece::new(choice));
            }
        }
        (!item.choices.is_empty()).then_some(item)
    }
}

impl Piece {
    fn new(written: &str) -> Self {
        let folded = crate::views::folded(written);
        let words: Vec<_> = folded.split_whitespace().collect();
        let mut text = String::new();
        let mut spaces = Vec::new();
        for word in words {
            if !text.is_empty() {
                spaces.push(text.len());
            }
            text.push_str(&word.to_ascii_lowercase());
        }
        Self {
            text,
            spaces,
            space_before: folded.starts_with(char::is_whitespace),
            space_after: folded.ends_with(char::is_whitespace),
        }
    }

    /// The words of the piece.
    pub(super) fn words(&self) -> impl Iterator<Item = &str> {
        let starts = std::iter::once(0).chain(self.spaces.iter().copied());
        let ends = self.spaces.iter().copied().chain([self.text.len()]);
        starts
            .zip(ends)
            .filter_map(|(start, end)| self.text.get(start..end))
    }
}
