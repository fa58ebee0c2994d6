//! From the tree to the typed structs, filling `${NAME}` in on the way.

use std::cell::RefCell;
use std::collections::BTreeMap;

use serde::de::value::StrDeserializer;
use serde::de::{
    self, DeserializeSeed, Deserializer, Error, Expected, IntoDeserializer, MapAccess, SeqAccess, Unexpected,
    Visitor,
};
use serde::forward_to_deserialize_any;

use super::{Fault, Key, Node, Path, Position, Value, position_of};
use crate::Condition;
use crate::expand::{expand, mentions};

/// The newtype name by which a type asks for its text as written, nothing filled in.
pub(crate) const VERBATIM: &str = "lockgate::verbatim";
/// The newtype name by which a type asks that its text is in no message.
pub(crate) const SECRET: &str = "lockgate::secret";

/// What reading a tree needs and gathers.
pub(crate) struct Reader<'a> {
    text: &'a str,
    env: &'a dyn Fn(&str) -> Option<String>,
    templates: RefCell<BTreeMap<Path, String>>,
}

/// A value of the tree as serde sees it.
struct NodeReader<'a> {
    reader: &'a Reader<'a>,
    node: &'a Node,
    path: Path,
    mode: Mode,
}

/// How a text is treated.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    Plain,
    Verbatim,
    Secret,
}

/// A text, and how it may be shown.
struct Filled {
    text: String,
    /// What stands for it in messages, where it may not be shown itself.
    shown: Option<String>,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(text: &'a str, env: &'a dyn Fn(&str) -> Option<String>) -> Self {
        Self {
            text,
            env,
            templates: RefCell::default(),
        }
    }

    /// Reads a typed value.
    pub(crate) fn read<T: de::DeserializeOwned>(&'a self, root: &'a Node) -> Result<T, Fault> {
        T::deserialize(NodeReader {
            reader: self,
            node: root,
            path: Path::default(),
            mode: Mode::Plain,
        })
    }

    /// Which values came from the environment, and what was written in their place.
    pub(crate) fn into_templates(self) -> BTreeMap<Path, String> {
        self.templates.into_inner()
    }

    /// The position of a piece of a scalar's text, or of the scalar where it cannot be told.
    fn inside(&self, node: &Node, piece: &str, skip: usize) -> Position {
        let rest = self.text.get(node.offset..).unwrap_or_default();
        match rest.find(piece) {
            Some(start) if !piece.is_empty() => {
                let mut at = position_of(self.text, node.offset + start);
                at.column += skip as u64;
                at
            }
            _ => node.at,
        }
    }
}

impl<'a> NodeReader<'a> {
    fn fill(&self, text: &str) -> Result<Filled, Fault> {
        match self.mode {
            Mode::Verbatim if mentions(text) => Err(self.fault(
                self.reader.inside(self.node, "${", 0),
                "a condition is not filled in from the environment: `${` has no meaning here",
            )),
            Mode::Verbatim => Ok(Filled {
                text: text.to_owned(),
                shown: None,
            }),
            Mode::Plain | Mode::Secret => {
                let filled = expand(text, self.reader.env).map_err(|error| {
                    self.fault(self.reader.inside(self.node, &error.piece, 0), error.to_string())
                })?;
                let shown = if mentions(text) {
                    self.reader
                        .templates
                        .borrow_mut()
                        .insert(self.path.clone(), text.to_owned());
                    Some(format!("`{text}`"))
                } else if self.mode == Mode::Secret {
                    Some("a secret".to_owned())
                } else {
                    None
                };
                Ok(Filled { text: filled, shown })
            }
        }
    }

    fn fault(&self, at: Position, message: impl Into<String>) -> Fault {
        Fault::new(at, self.path.clone(), message)
    }

    /// Runs a visitor on a text and makes sure that what may not be shown is not in the fault.
    fn with_text<V>(self, run: impl FnOnce(&Filled) -> Result<V, Fault>) -> Result<V, Fault> {
        let Value::Text(text) = &self.node.value else {
            return Err(self.fault(self.node.at, "expected a text"));
        };
        let filled = self.fill(text)?;
        run(&filled).map_err(|fault| {
            let at = self.place_in_condition(text).unwrap_or(self.node.at);
            let fault = match &filled.shown {
                Some(shown) => fault.hide(&filled.text, shown),
                None => fault,
            };
            fault.or_at(at, &self.path)
        })
    }

    /// Where in a condition its mistake is.
    fn place_in_condition(&self, text: &str) -> Option<Position> {
        if self.mode != Mode::Verbatim {
            return None;
        }
        let (line, column) = Condition::parse(text).err()?.position()?;
        let written = text.lines().nth(line.checked_sub(1)?)?;
        let indent = written.len() - written.trim_start().len();
        Some(
            self.reader
                .inside(self.node, written.trim(), column.checked_sub(indent + 1)?),
        )
    }

    fn wrong(&self, expected: &dyn Expected) -> Fault {
        let found = match &self.node.value {
            Value::Null => Unexpected::Unit,
            Value::Bool(value) => Unexpected::Bool(*value),
            Value::Int(_) => Unexpected::Other("a number"),
            Value::Float(value) => Unexpected::Float(*value),
            Value::Text(text) => Unexpected::Str(text),
            Value::List(_) => Unexpected::Seq,
            Value::Map(_) => Unexpected::Map,
        };
        let fault = Fault::invalid_type(found, expected);
        let fault = if self.mode == Mode::Secret {
            fault.hide("", "a value that is not text")
        } else {
            fault
        };
        fault.or_at(self.node.at, &self.path)
    }

    fn visit<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        let (at, path) = (self.node.at, self.path.clone());
        let result = match &self.node.value {
            Value::Text(_) => return self.with_text(|filled| visitor.visit_str(&filled.text)),
            Value::List(items) => visitor.visit_seq(Items {
                reader: self.reader,
                items: items.iter(),
                path: &self.path,
                next: 0,
            }),
            Value::Map(entries) => visitor.visit_map(Entries {
                reader: self.reader,
                entries: entries.iter(),
                path: &self.path,
                value: None,
            }),
            _ if self.mode == Mode::Secret => return Err(self.wrong(&visitor)),
            Value::Null => visitor.visit_unit(),
            Value::Bool(value) => visitor.visit_bool(*value),
            Value::Float(value) => visitor.visit_f64(*value),
            Value::Int(value) => match (u64::try_from(*value), i64::try_from(*value)) {
                (Ok(value), _) => visitor.visit_u64(value),
                (_, Ok(value)) => visitor.visit_i64(value),
                _ => Err(Fault::custom("a number out of range")),
            },
        };
        result.map_err(|fault| fault.or_at(at, &path))
    }

    /// A scalar of a type other than text: what the environment gave is read as that type.
    fn visit_parsed<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match &self.node.value {
            Value::Text(text) if mentions(text) => self.with_text(|filled| {
                let text = filled.text.trim();
                if let Ok(number) = text.parse::<u64>() {
                    visitor.visit_u64(number)
                } else if let Ok(truth) = text.parse::<bool>() {
                    visitor.visit_bool(truth)
                } else {
                    visitor.visit_str(text)
                }
            }),
            _ => self.visit(visitor),
        }
    }
}

impl<'de> Deserializer<'de> for NodeReader<'_> {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.visit(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.node.value {
            Value::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        mut self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        match name {
            VERBATIM => self.mode = Mode::Verbatim,
            SECRET => self.mode = Mode::Secret,
            _ => {}
        }
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        match &self.node.value {
            Value::Text(_) => self.with_text(|filled| {
                let text: StrDeserializer<'_, Fault> = filled.text.as_str().into_deserializer();
                visitor.visit_enum(text)
            }),
            _ => Err(self.wrong(&"one of its known values")),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        match self.node.value {
            Value::Map(_) => self.visit(visitor),
            _ => Err(self.wrong(&"a mapping of keys to values")),
        }
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.deserialize_struct("", &[], visitor)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.node.value {
            Value::List(_) => self.visit(visitor),
            _ => Err(self.wrong(&"a list")),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.visit_parsed(visitor)
    }

    fn deserialize_u64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.visit_parsed(visitor)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.node.value {
            Value::Text(_) => self.visit(visitor),
            Value::Bool(_) | Value::Int(_) | Value::Float(_) => {
                Err(self.wrong(&format!("{} (put it in quotes)", &visitor as &dyn Expected).as_str()))
            }
            _ => Err(self.wrong(&visitor)),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.deserialize_str(visitor)
    }

    forward_to_deserialize_any! {
        i8 i16 i32 i64 i128 u8 u16 u32 u128 f32 f64 char bytes byte_buf unit unit_struct
        tuple tuple_struct identifier ignored_any
    }
}

/// The items of a list.
struct Items<'a> {
    reader: &'a Reader<'a>,
    items: std::slice::Iter<'a, Node>,
    path: &'a Path,
    next: usize,
}

impl<'de> SeqAccess<'de> for Items<'_> {
    type Error = Fault;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Fault> {
        let Some(node) = self.items.next() else {
            return Ok(None);
        };
        let path = self.path.then(self.next);
        self.next += 1;
        let reader = NodeReader {
            reader: self.reader,
            node,
            path: path.clone(),
            mode: Mode::Plain,
        };
        seed.deserialize(reader)
            .map(Some)
            .map_err(|fault| fault.or_at(node.at, &path))
    }
}

/// The entries of a mapping.
struct Entries<'a> {
    reader: &'a Reader<'a>,
    entries: std::slice::Iter<'a, (Key, Node)>,
    path: &'a Path,
    value: Option<&'a (Key, Node)>,
}

impl<'de> MapAccess<'de> for Entries<'_> {
    type Error = Fault;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Fault> {
        let Some(entry) = self.entries.next() else {
            return Ok(None);
        };
        self.value = Some(entry);
        let key: StrDeserializer<'_, Fault> = entry.0.text.as_str().into_deserializer();
        seed.deserialize(key)
            .map(Some)
            .map_err(|fault| fault.or_at(entry.0.at, self.path))
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Fault> {
        let Some((key, node)) = self.value.take() else {
            return Err(Fault::custom("a value without its key"));
        };
        let path = self.path.then(&key.text);
        let at = match node.value {
            Value::List(_) | Value::Map(_) | Value::Null => key.at,
            _ => node.at,
        };
        let reader = NodeReader {
            reader: self.reader,
            node,
            path: path.clone(),
            mode: Mode::Plain,
        };
        seed.deserialize(reader).map_err(|fault| fault.or_at(at, &path))
    }
}
