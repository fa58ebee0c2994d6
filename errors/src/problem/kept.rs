//! The upstream's own members, kept byte for byte.

use std::{borrow::Cow, fmt};

use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};
use serde::ser::{Serialize, SerializeMap};

use super::fits;
use crate::bounds;

/// Deepest nesting that is kept: what wraps it must still be readable with the usual limit of 128.
const DEPTH: usize = 100;

/// A JSON object of the upstream, to be written in front of the members of a problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// From `{` to `}`.
    text: Box<str>,
    /// The names of its members, decoded, in order.
    names: Vec<Box<str>>,
    fills: bool,
    /// Of a problem document the names of ours that it gives another meaning.
    misfits: Vec<Box<str>>,
    wraps: bool,
}

/// What stands before a value that is no object.
const WRAP: &str = "{\"upstream_error\":";

impl Kept {
    /// Takes the object as it stands in a body, without a byte order mark and white space around it.
    ///
    /// `None` for what is not one JSON object in UTF-8, and for nesting deeper than 100 levels.
    pub fn object(body: &[u8]) -> Option<Self> {
        let text = json(body)?;
        let mut json = serde_json::Deserializer::from_str(text);
        let names = json.deserialize_map(Names).ok()?;
        json.end().ok()?;
        Some(Self {
            text: text.into(),
            names,
            fills: false,
            misfits: Vec::new(),
            wraps: false,
        })
    }

    /// Takes any JSON value: what is no object becomes the member `upstream_error` of one.
    pub fn value(body: &[u8]) -> Option<Self> {
        if let Some(object) = Self::object(body) {
            return Some(object);
        }
        let text = json(body)?;
        serde_json::from_str::<IgnoredAny>(text).ok()?;
        let wrapped = Self::object(format!("{WRAP}{text}}}").as_bytes())?;
        Some(Self {
            wraps: true,
            ..wrapped
        })
    }

    /// Treats the object as a problem document: only members that it lacks are added to it.
    ///
    /// A member whose value is not what RFC 9457 and we mean by its name counts as missing.
    #[must_use]
    pub fn filling(mut self) -> Self {
        self.fills = true;
        self.misfits = fits::misfits(&self.text);
        self
    }

    /// The object as the upstream wrote it, from `{` to `}`.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The value as the upstream wrote it, without the object around it that only we need.
    pub(crate) fn said(&self) -> &str {
        let inside = self
            .text
            .strip_prefix(WRAP)
            .and_then(|text| text.strip_suffix('}'));
        inside.filter(|_| self.wraps).unwrap_or(&self.text)
    }

    /// What the upstream wrote, on one line, clean and bounded, for the forms that quote it.
    pub(crate) fn excerpt(&self) -> String {
        let line: Vec<_> = self.said().split_whitespace().collect();
        bounds::text(&line.join(" "), bounds::STRING)
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.names.binary_search_by(|known| (**known).cmp(name)).is_ok()
    }

    /// Whether the upstream's document is a problem that says this itself.
    fn says(&self, name: &str) -> bool {
        let misfit = || self.misfits.binary_search_by(|known| (**known).cmp(name)).is_ok();
        self.fills && self.has(name) && !misfit()
    }

    pub(crate) fn is_filled(&self) -> bool {
        self.fills
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.names.is_empty()
    }
}

/// Our members as they are written, none under a name that is taken.
pub(crate) struct Entries<'a, M> {
    map: M,
    /// The upstream's object: its names are taken.
    kept: Option<&'a Kept>,
    /// What the provider has as its `type`: then `type` is taken, too.
    word: Option<&'static str>,
}

impl<'a, M: SerializeMap> Entries<'a, M> {
    pub(crate) fn new(map: M, kept: Option<&'a Kept>, word: Option<&'static str>) -> Self {
        // A problem document of the upstream keeps its type.
        let word = word.filter(|_| kept.is_none_or(|kept| !kept.fills));
        Self { map, kept, word }
    }

    /// Writes a member: as `problem_<name>` where the name is taken, and not at all where the upstream's document
    /// is a problem that has it.
    pub(crate) fn add<V: ?Sized + Serialize>(&mut self, name: &str, value: &V) -> Result<(), M::Error> {
        if let Some(word) = self.word.filter(|_| name == "type") {
            self.provide(name, word)?;
            return self.add_as("problem_type".to_owned(), value);
        }
        match self.kept {
            Some(kept) if kept.says(name) => Ok(()),
            Some(kept) if kept.has(name) => self.add_as(format!("problem_{name}"), value),
            _ => self.map.serialize_entry(name, value),
        }
    }

    /// Writes a member that is the provider's, unless the upstream has it already.
    pub(crate) fn provide<V: ?Sized + Serialize>(&mut self, name: &str, value: &V) -> Result<(), M::Error> {
        if self.kept.is_some_and(|kept| kept.has(name)) {
            return Ok(());
        }
        self.map.serialize_entry(name, value)
    }

    /// Writes a member under another name, or a longer one where that is taken as well.
    fn add_as<V: ?Sized + Serialize>(&mut self, mut name: String, value: &V) -> Result<(), M::Error> {
        while self.kept.is_some_and(|kept| kept.has(&name)) {
            name.insert_str(0, "problem_");
        }
        self.map.serialize_entry(&name, value)
    }

    pub(crate) fn end(self) -> Result<M::Ok, M::Error> {
        self.map.end()
    }
}

/// What JSON counts as white space.
const WHITE: [char; 4] = [' ', '\t', '\n', '\r'];

/// What may be one JSON value that is not too deep.
fn json(body: &[u8]) -> Option<&str> {
    let text = std::str::from_utf8(body).ok()?;
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text).trim_matches(WHITE);
    Some(text).filter(|text| depth(text) <= DEPTH)
}

/// Deepest nesting of what may be JSON.
fn depth(text: &str) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    let (mut quoted, mut escaped) = (false, false);
    for byte in text.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            _ if quoted => {}
            b'{' | b'[' => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}

/// Reads the names of an object and checks the grammar of the rest.
struct Names;

impl<'de> Visitor<'de> for Names {
    type Value = Vec<Box<str>>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut names = Vec::new();
        while let Some(name) = map.next_key::<Cow<'de, str>>()? {
            map.next_value::<IgnoredAny>()?;
            names.push(name.into());
        }
        names.sort_unstable();
        Ok(names)
    }
}
