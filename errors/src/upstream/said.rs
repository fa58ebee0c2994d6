//! What a JSON error body says, whoever wrote it.

use std::{borrow::Cow, fmt};

use serde::Deserializer as _;
use serde::de::{MapAccess, Visitor};
use serde_json::Value;
use serde_json::value::RawValue;

use super::google;

/// The error of an upstream, in the terms that all providers share.
#[derive(Debug, Default)]
pub(super) struct Said {
    /// For people.
    pub(super) message: Option<String>,
    /// For programs: codes, reasons, types and statuses, the most telling first.
    pub(super) words: Vec<String>,
    /// Seconds to wait before a retry.
    pub(super) wait: Option<f64>,
    /// Whether the quota of a whole day is used up.
    pub(super) day_is_spent: bool,
    /// Whether a problem document of the upstream says if a retry makes sense.
    pub(super) retryable: Option<bool>,
}

/// Members of an error object whose value is a word for programs, the most telling first.
const WORDS: [&str; 8] = [
    "code",
    "reason",
    "__type",
    "Code",
    "error_type",
    "errorType",
    "status",
    "type",
];

/// Members whose value is text for people, the most common first.
const TEXTS: [&str; 10] = [
    "message",
    "detail",
    "error_description",
    "error_message",
    "errorMessage",
    "Message",
    "msg",
    "description",
    "title",
    "error",
];

impl Said {
    /// Reads a JSON object, known to be one.
    pub(super) fn of(object: &str) -> Self {
        let mut said = Self::default();
        let members = Members::of(object);
        let wrapped = members.wrapped();
        let top = |name: &str| match &wrapped {
            Some(value) => value.get(name).cloned(),
            None => members.get(name),
        };
        match top("error") {
            Some(Value::Object(error)) => said.read(|name| error.get(name).cloned()),
            _ => said.read(top),
        }
        said.message = said
            .message
            .or_else(|| text_of(&top("message")?))
            .or_else(|| first_of_list(&top("errors")?))
            .or_else(|| text_of(wrapped.as_ref()?));
        said
    }

    /// Reads a problem document, whose members say what other bodies leave to guessing.
    pub(super) fn of_problem(document: &str) -> Self {
        let members = Members::of(document);
        let text = |name: &str| text_of(&members.get(name)?);
        Self {
            message: text("detail").or_else(|| text("title")),
            wait: members.get("retry_after").as_ref().and_then(Value::as_f64),
            retryable: members.get("retryable").as_ref().and_then(Value::as_bool),
            ..Self::default()
        }
    }

    /// Reads the members of the error itself.
    fn read(&mut self, member: impl Fn(&str) -> Option<Value>) {
        self.message = TEXTS.iter().find_map(|name| text_of(&member(name)?));
        // Azure has the true reason inside.
        let inner = member("innererror").and_then(|inner| inner.get("code").cloned());
        let details = member("details");
        let reasons = google::reasons(details.as_ref());
        let words = WORDS.iter().filter_map(|name| member(name));
        self.words = inner
            .into_iter()
            .chain(reasons)
            .chain(words)
            .filter_map(|word| word_of(&word))
            .collect();
        self.wait = google::retry_delay(details.as_ref());
        self.day_is_spent = google::day_is_spent(details.as_ref());
    }
}

fn text_of(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text,
        // FastAPI and Mistral list what is wrong with each field.
        Value::Array(_) => return first_of_list(value),
        Value::Object(object) => {
            return ["message", "detail"]
                .iter()
                .find_map(|name| text_of(object.get(*name)?));
        }
        _ => return None,
    };
    Some(text.to_owned()).filter(|text| !text.trim().is_empty())
}

fn first_of_list(list: &Value) -> Option<String> {
    match list.as_array()?.first()? {
        Value::String(text) => Some(text.clone()),
        Value::Object(object) => ["message", "msg", "detail", "title"]
            .iter()
            .find_map(|name| object.get(*name)?.as_str().map(str::to_owned)),
        _ => None,
    }
}

/// A word is short and has no spaces; what AWS puts before a `#` and behind a `:` is left out.
fn word_of(value: &Value) -> Option<String> {
    let word = value.as_str()?;
    let word = word.rsplit('#').next().unwrap_or(word);
    let word = word.split(':').next().unwrap_or(word);
    Some(word.to_owned()).filter(|word| !word.is_empty() && word.len() <= 64 && !word.contains(' '))
}

/// The members of an object, each parsed only when it is asked for: one that cannot be represented, such as a
/// number beyond all bounds, leaves the others readable.
struct Members<'a>(Vec<(Cow<'a, str>, &'a RawValue)>);

impl<'a> Members<'a> {
    fn of(object: &'a str) -> Self {
        let mut json = serde_json::Deserializer::from_str(object);
        json.deserialize_map(Raw).unwrap_or(Self(Vec::new()))
    }

    /// The value that was no object and was wrapped into one when it was kept. Gemini wraps its error into an
    /// array of one where a stream of arrays was asked for.
    fn wrapped(&self) -> Option<Value> {
        if self.0.len() != 1 {
            return None;
        }
        match self.get("upstream_error")? {
            Value::Array(mut items) if items.len() == 1 => Some(items.swap_remove(0)),
            other => Some(other),
        }
    }

    /// The last of this name, as most readers have it.
    fn get(&self, name: &str) -> Option<Value> {
        let (_, raw) = self.0.iter().rev().find(|(known, _)| known == name)?;
        serde_json::from_str(raw.get()).ok()
    }
}

struct Raw;

impl<'de> Visitor<'de> for Raw {
    type Value = Members<'de>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = map.next_entry()? {
            members.push(member);
        }
        Ok(Members(members))
    }
}
