//! What the user of an SDK saw, read back.

use serde_json::Value;

/// What came of one [`Job`](super::Job).
#[derive(Debug, Clone)]
pub struct Outcome(pub Value);

/// Attributes by which programs tell errors apart, under the names that SDKs give them, in the order shown.
const ATTRIBUTES: [&[&str]; 4] = [
    &["status_code", "statusCode", "status"],
    &["code"],
    &["type"],
    &["error_code", "errorCode"],
];

impl Outcome {
    /// The text that came before the end, or the error.
    pub fn text(&self) -> &str {
        self.0["text"].as_str().unwrap_or_default()
    }

    /// The class of the exception, if there was one.
    pub fn exception(&self) -> Option<&str> {
        self.0["exception"].as_str()
    }

    /// What the exception says when it is printed.
    pub fn message(&self) -> &str {
        self.0["message"].as_str().unwrap_or_default()
    }

    /// The exception's own attributes that programs look at, without those that are unset.
    pub fn attributes(&self) -> Vec<(&'static str, &Value)> {
        ATTRIBUTES
            .iter()
            .filter_map(|names| {
                let found = names.iter().find(|name| !self.0[**name].is_null())?;
                Some((*found, &self.0[*found]))
            })
            .collect()
    }

    /// Where this text stands: in the message, or else in which attribute. What was said before does not count.
    pub fn place_of(&self, text: &str) -> Option<&str> {
        let members = self.0.as_object()?;
        let holds = |value: &Value| {
            // Within a string that is itself JSON, and in a printed one, quotation marks may be escaped.
            let written = value.to_string().replace('\\', "");
            value.as_str().is_some_and(|string| string.contains(text)) || written.contains(text)
        };
        if members.get("message").is_some_and(holds) {
            return Some("message");
        }
        members
            .iter()
            .find(|(name, value)| !["text", "exception", "then"].contains(&name.as_str()) && holds(value))
            .map(|(name, _)| name.as_str())
    }

    /// What the second call in the same session gave, for agents.
    pub fn then(&self) -> Self {
        Self(self.0["then"].clone())
    }

    /// The exception and its attributes, as cells of a table.
    pub fn cells(&self) -> [String; 2] {
        let exception = self.exception().unwrap_or("none");
        let mut words: Vec<_> = self.attributes().into_iter().map(shown).collect();
        if let Some(last) = self.0.get("last") {
            let [exception, attributes] = Self(last.clone()).cells();
            words.push(format!("of the last {exception}: {attributes}"));
        }
        [format!("`{exception}`"), words.join(", ")]
    }
}

fn shown((name, value): (&str, &Value)) -> String {
    let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    format!("{name} `{value}`")
}
