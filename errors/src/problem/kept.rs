//! The upstream's own members, kept byte for byte.

use std::{borrow::Cow, fmt};

use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};
use serde::ser::{Serialize, SerializeMap};

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
}

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
        })
    }

    /// Takes any JSON value: what is no object becomes the member `upstream_error` of one.
    pub fn value(body: &[u8]) -> Option<Self> {
        if let Some(object) = Self::object(body) {
            return Some(object);
        }
        let text = json(body)?;
        serde_json::from_str::<IgnoredAny>(text).ok()?;
        Self::object(format!("{{\"upstream_error\":{text}}}").as_bytes())
    }

    /// Treats the object as a problem document: only members that it lacks are added to it.
    #[must_use]
    pub fn filling(mut self) -> Self {
        self.fills = true;
        self
    }

    /// The object as the upstream wrote it, from `{` to `}`.
    pub fn text(&self) -> &str {
        &self.text
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.names.binary_search_by(|known| (**known).cmp(name)).is_ok()
    }

    pub(crate) fn is_filled(&self) -> bool {
        self.fills
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.names.is_empty()
    }
}

/// Our members as they are written, none under a name that the upstream uses.
pub(crate) struct Entries<'a, M> {
    map: M,
    kept: Option<&'a Kept>,
}

impl<'a, M: SerializeMap> Entries<'a, M> {
    pub(crate) fn new(map: M, kept: Option<&'a Kept>) -> Self {
        Self { map, kept }
    }

    /// Writes a member: as `problem_<name>` where the name is taken.
    pub(crate) fn add<V: ?Sized + Serialize>(&mut self, name: &str, value: &V) -> Result<(), M::Error> {
        let Some(kept) = self.kept.filter(|kept| kept.has(name)) else {
            return self.map.serialize_entry(name, value);
        };
        if kept.fills {
            return Ok(());
        }
        let mut free = format!("problem_{name}");
        while kept.has(&free) {
            free.insert_str(0, "problem_");
        }
        self.map.serialize_entry(&free, value)
    }

    /// Writes a member that is the provider's, unless the upstream has it already.
    pub(crate) fn provide<V: ?Sized + Serialize>(&mut self, name: &str, value: &V) -> Result<(), M::Error> {
        if self.kept.is_some_and(|kept| kept.has(name)) {
            return Ok(());
        }
        self.map.serialize_entry(name, value)
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
