//! What a person would see of an HTML page: its title and its visible text.
//!
//! The tokens are those of the WHATWG standard; instead of a tree there is a short stack of open elements, which
//! is enough to know what stands inside of something hidden. Work and memory are linear in the size of the page.

use html5gum::Tokenizer;
use html5gum::emitters::callback::{Callback, CallbackEmitter, CallbackEvent};
use html5gum::{Span, State};

use self::open::Open;

mod open;

/// Text that is gathered before it is cleaned and cut, in bytes.
const ENOUGH: usize = 4096;

/// The title and the visible text of a page, uncleaned; white space separates what stands in different blocks.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Page {
    pub(super) title: String,
    pub(super) text: String,
}

impl Page {
    /// Reads a page, or as much of one as there is.
    pub(super) fn read(html: &str) -> Self {
        let mut emitter = CallbackEmitter::new(Reader::default());
        emitter.naively_switch_states(true);
        let mut tokenizer = Tokenizer::new_with_emitter(html, emitter);
        tokenizer.set_state(State::Data);
        let mut page = Self::default();
        for Ok(piece) in tokenizer {
            match piece {
                Piece::Title(title) if page.title.is_empty() => page.title = title,
                Piece::Title(_) => {}
                Piece::Text(text) => page.add(&text),
                Piece::Break => page.add(" "),
            }
            if page.text.len() >= ENOUGH {
                break;
            }
        }
        page
    }

    /// Adds text until there is enough of it; white space that is not seen does not count.
    fn add(&mut self, text: &str) {
        for char in text.chars().take(ENOUGH) {
            if !char.is_whitespace() {
                self.text.push(char);
            } else if !self.text.ends_with(' ') {
                self.text.push(' ');
            }
        }
    }

    /// Title and text as one: most error pages repeat the one at the start of the other.
    pub(super) fn summary(&self) -> String {
        let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let (title, text) = (words(&self.title), words(&self.text));
        match () {
            () if title.is_empty() || text.starts_with(&title) => text,
            () if text.is_empty() => title,
            () => format!("{title} - {text}"),
        }
    }
}

/// What the page is put together from.
#[derive(Debug)]
enum Piece {
    Title(String),
    Text(String),
    /// The end of a block or a line.
    Break,
}

/// Goes through the tokens and hands on what can be seen.
#[derive(Debug, Default)]
struct Reader {
    open: Open,
    /// The start tag that is being read.
    name: Vec<u8>,
    attribute: Vec<u8>,
    hidden: bool,
}

impl Callback<Piece, ()> for Reader {
    fn handle_event(&mut self, event: CallbackEvent<'_>, _: Span<()>) -> Option<Piece> {
        match event {
            CallbackEvent::OpenStartTag { name } => {
                self.name = name.to_vec();
                self.hidden = false;
                None
            }
            CallbackEvent::AttributeName { name } => {
                self.attribute = name.to_vec();
                self.hidden |= name == b"hidden";
                None
            }
            CallbackEvent::AttributeValue { value } => {
                self.hidden |= hides(&self.attribute, value);
                None
            }
            CallbackEvent::CloseStartTag { self_closing } => {
                self.open.start(&self.name, self.hidden, self_closing);
                breaks(&self.name).then_some(Piece::Break)
            }
            CallbackEvent::EndTag { name } => {
                self.open.end(name);
                breaks(name).then_some(Piece::Break)
            }
            CallbackEvent::String { value } => {
                let text = || String::from_utf8_lossy(value).into_owned();
                match () {
                    () if self.open.is_title() => Some(Piece::Title(text())),
                    () if self.open.is_visible() => Some(Piece::Text(text())),
                    () => None,
                }
            }
            CallbackEvent::Comment { .. } | CallbackEvent::Doctype { .. } | CallbackEvent::Error(_) => None,
        }
    }
}

/// Whether an attribute keeps its element from being seen.
fn hides(name: &[u8], value: &[u8]) -> bool {
    match name {
        b"aria-hidden" => value.eq_ignore_ascii_case(b"true"),
        b"style" => {
            let style = String::from_utf8_lossy(value).to_ascii_lowercase();
            let style: String = style.split_whitespace().collect();
            style.split(';').any(|rule| {
                let rule = rule.trim_end_matches("!important");
                matches!(
                    rule,
                    "display:none" | "visibility:hidden" | "opacity:0" | "font-size:0" | "font-size:0px"
                )
            })
        }
        _ => false,
    }
}

/// Whether text before and after the tag stands apart: all elements but those that style words in a line. Spans
/// count as apart, because pages lay them out as blocks more often than they cut a word with them.
fn breaks(name: &[u8]) -> bool {
    !matches!(
        name,
        b"a" | b"abbr"
            | b"b"
            | b"bdi"
            | b"bdo"
            | b"big"
            | b"cite"
            | b"code"
            | b"del"
            | b"dfn"
            | b"em"
            | b"font"
            | b"i"
            | b"ins"
            | b"kbd"
            | b"mark"
            | b"q"
            | b"s"
            | b"samp"
            | b"small"
            | b"strike"
            | b"strong"
            | b"sub"
            | b"sup"
            | b"tt"
            | b"u"
            | b"var"
            | b"wbr"
    )
}
