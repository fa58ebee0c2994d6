//! From text to the tree.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_saphyr::budget::BudgetBreach;
use serde_saphyr::{Location, Options, Spanned, budget, options};

use super::{Fault, Key, Node, Path, Position, Value};

/// Parses one YAML document, within bounds that no honest configuration comes near.
pub(crate) fn parse(text: &str) -> Result<Node, Fault> {
    serde_saphyr::from_str_with_options::<Spanned<Value>>(text, bounds())
        .map(node)
        .map_err(|error| {
            let error = error.without_snippet();
            let at = error.location().map_or(Position { line: 1, column: 1 }, position);
            Fault::new(at, Path::default(), message(error, text))
        })
}

/// How the file is read: everything bounded, nothing guessed.
fn bounds() -> Options {
    options! {
        budget: budget! {
            max_events: 100_000,
            max_nodes: 50_000,
            max_depth: 32,
            flow_nesting_limit: 32,
            max_aliases: 1_000,
            max_anchors: 1_000,
            max_documents: 1,
            max_total_scalar_bytes: 2 << 20,
            max_merge_keys: 1_000,
        },
        alias_limits: serde_saphyr::alias_limits! {
            max_total_replayed_events: 100_000,
            max_replay_stack_depth: 16,
            max_alias_expansions_per_anchor: 1_000,
        },
        strict_booleans: true,
        reject_unsupported_tags: true,
        leading_zero_numbers_as_strings: true,
        underscored_numbers_as_strings: true,
        with_snippet: false,
    }
}

/// What is wrong, without the position, which stands in front.
fn message(error: &serde_saphyr::Error, text: &str) -> String {
    match error {
        serde_saphyr::Error::AliasError { error, .. } => return message(error.without_snippet(), text),
        serde_saphyr::Error::DuplicateMappingKey { key: Some(key), .. } => {
            return format!("the key `{key}` is there twice");
        }
        serde_saphyr::Error::Budget { breach, .. } => {
            let what = match breach {
                BudgetBreach::Documents { .. } => "more than one document: a configuration is one",
                BudgetBreach::Depth { .. } => "nested too deep",
                _ => "more values, anchors or aliases than any configuration needs",
            };
            return what.to_owned();
        }
        _ => {}
    }
    let rendered = error.render();
    let said = rendered
        .lines()
        .next()
        .unwrap_or_default()
        .trim_start_matches("error: ");
    let end = said.find(" at line ").unwrap_or(said.len());
    let mut said = said
        .get(..end)
        .unwrap_or(said)
        .trim_end_matches([',', ':'])
        .to_owned();
    if said == "recursion limit exceeded" {
        "nested too deep".clone_into(&mut said);
    }
    let line = error
        .location()
        .and_then(|at| usize::try_from(at.line()).ok()?.checked_sub(1));
    if line
        .and_then(|n| text.lines().nth(n))
        .is_some_and(|line| line.contains('{') && line.contains("${"))
    {
        said.push_str("; between `{` and `}`, put a text with ${NAME} in quotes");
    }
    said
}

fn node(spanned: Spanned<Value>) -> Node {
    let offset = spanned.defined.span().byte_offset().unwrap_or(0);
    Node {
        value: spanned.value,
        at: position(spanned.referenced),
        offset: usize::try_from(offset).unwrap_or(usize::MAX),
    }
}

fn position(location: Location) -> Position {
    Position {
        line: location.line().max(1),
        column: location.column().max(1),
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ValueVisitor)
    }
}

struct ValueVisitor;

impl<'de> Visitor<'de> for ValueVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a YAML value")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_none<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        Value::deserialize(deserializer)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Int(value.into()))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Int(value.into()))
    }

    fn visit_i128<E: Error>(self, value: i128) -> Result<Value, E> {
        Ok(Value::Int(value))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        Ok(Value::Float(value))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Value, E> {
        Ok(Value::Text(text.to_owned()))
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Value, E> {
        Ok(Value::Text(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element::<Spanned<Value>>()? {
            list.push(node(item));
        }
        Ok(Value::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut map = Vec::new();
        while let Some(key) = entries.next_key::<Spanned<String>>()? {
            let at = position(key.referenced);
            let value = entries.next_value::<Spanned<Value>>()?;
            map.push((Key { text: key.value, at }, node(value)));
        }
        Ok(Value::Map(map))
    }
}
