//! The open elements of a page, and whether they can be seen.

/// Deepest nesting that is followed; deeper elements count as part of the one at this depth.
const DEEPEST: usize = 256;

/// A stack of open elements.
#[derive(Debug, Default)]
pub(super) struct Open {
    elements: Vec<Element>,
    /// How many of them are hidden.
    hidden: usize,
    /// Whether something hidden was too deep to follow: from there on nothing is known to be visible.
    lost: bool,
}

#[derive(Debug)]
struct Element {
    name: Box<[u8]>,
    hidden: bool,
}

impl Open {
    /// A start tag, with whether its attributes hide the element.
    pub(super) fn start(&mut self, name: &[u8], hidden: bool, self_closing: bool) {
        self.imply_ends(name);
        // A slash ends drawings alone; everywhere else HTML ignores it.
        if is_void(name) || self_closing && is_drawing(name) {
            return;
        }
        let hidden = hidden || is_unseen(name);
        if self.elements.len() == DEEPEST {
            self.lost |= hidden;
            return;
        }
        self.hidden += usize::from(hidden);
        self.elements.push(Element {
            name: name.into(),
            hidden,
        });
    }

    /// An end tag: it ends all that stands inside of its element. One without a start is ignored.
    pub(super) fn end(&mut self, name: &[u8]) {
        if let Some(at) = self.elements.iter().rposition(|element| *element.name == *name) {
            self.cut(at);
        }
    }

    pub(super) fn is_visible(&self) -> bool {
        self.hidden == 0 && !self.lost
    }

    /// Whether this is the title of the page, and not that of an image in it.
    pub(super) fn is_title(&self) -> bool {
        let drawn =
            |element: &Element| matches!(*element.name, [b's', b'v', b'g'] | [b'm', b'a', b't', b'h']);
        self.elements
            .last()
            .is_some_and(|element| *element.name == *b"title")
            && !self.elements.iter().any(drawn)
    }

    /// Ends what the start of this element ends without a tag of its own.
    fn imply_ends(&mut self, name: &[u8]) {
        let ends = match self.elements.last().map(|last| &*last.name) {
            // A head ends at the first element that cannot stand in it, a paragraph at the next block.
            Some(b"head") => !is_of_head(name),
            Some(b"p") => super::breaks(name) && name != b"br",
            _ => false,
        };
        if ends {
            self.cut(self.elements.len() - 1);
        }
    }

    fn cut(&mut self, at: usize) {
        for element in self.elements.drain(at..) {
            self.hidden -= usize::from(element.hidden);
        }
    }
}

/// Elements without content.
fn is_void(name: &[u8]) -> bool {
    matches!(
        name,
        b"area"
            | b"base"
            | b"br"
            | b"col"
            | b"embed"
            | b"hr"
            | b"img"
            | b"input"
            | b"link"
            | b"meta"
            | b"param"
            | b"source"
            | b"track"
            | b"wbr"
    )
}

/// Elements of other languages than HTML.
fn is_drawing(name: &[u8]) -> bool {
    matches!(name, b"svg" | b"math")
}

/// Elements whose content is not for reading.
fn is_unseen(name: &[u8]) -> bool {
    matches!(
        name,
        b"head"
            | b"title"
            | b"script"
            | b"style"
            | b"noscript"
            | b"template"
            | b"svg"
            | b"math"
            | b"iframe"
            | b"object"
            | b"canvas"
            | b"audio"
            | b"video"
            | b"select"
            | b"textarea"
            | b"datalist"
            | b"noembed"
            | b"noframes"
    )
}

fn is_of_head(name: &[u8]) -> bool {
    matches!(
        name,
        b"title" | b"meta" | b"link" | b"base" | b"style" | b"script" | b"noscript" | b"template"
    )
}
