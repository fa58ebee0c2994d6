//! `${NAME}` in the values of the file.
//!
//! This works on values that were parsed already, so that nothing in the environment can become YAML.

use std::fmt;

/// Why a text could not be filled in; it names the variable, never a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ExpandError {
    /// The piece of the text that is at fault, to find its position.
    pub(crate) piece: String,
    /// The variable, where there is one.
    variable: Option<String>,
}

/// Whether a text has a `${` that is not escaped: what it becomes is then not to be shown.
pub(crate) fn mentions(text: &str) -> bool {
    let mut rest = text;
    while let Some(start) = rest.find('$') {
        let tail = rest.get(start + 1..).unwrap_or_default();
        if tail.starts_with('{') {
            return true;
        }
        rest = tail.strip_prefix('$').unwrap_or(tail);
    }
    false
}

/// Fills `${NAME}` and `${NAME:-default}` in; `$$` is a `$`.
pub(crate) fn expand(text: &str, env: &dyn Fn(&str) -> Option<String>) -> Result<String, ExpandError> {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('$') {
        let (before, dollar) = rest.split_at(start);
        filled.push_str(before);
        if let Some(tail) = dollar.strip_prefix("$$") {
            filled.push('$');
            rest = tail;
        } else if let Some(tail) = dollar.strip_prefix("${") {
            let Some((inner, after)) = tail.split_once('}') else {
                return Err(ExpandError {
                    piece: dollar.to_owned(),
                    variable: None,
                });
            };
            filled.push_str(&value_of(inner, env)?);
            rest = after;
        } else {
            filled.push('$');
            rest = dollar.get(1..).unwrap_or_default();
        }
    }
    filled.push_str(rest);
    Ok(filled)
}

/// The value of what stands between `${` and `}`.
fn value_of(inner: &str, env: &dyn Fn(&str) -> Option<String>) -> Result<String, ExpandError> {
    let (name, default) = match inner.split_once(":-") {
        Some((name, default)) => (name, Some(default)),
        None => (inner, None),
    };
    let head = |c: char| c.is_ascii_alphabetic() || c == '_';
    if !name.starts_with(head) || !name.chars().all(|c| head(c) || c.is_ascii_digit()) {
        return Err(ExpandError {
            piece: format!("${{{inner}}}"),
            variable: None,
        });
    }
    let missing = || ExpandError {
        piece: format!("${{{inner}}}"),
        variable: Some(name.to_owned()),
    };
    match (env(name), default) {
        // As in a shell: `:-` also stands in for a variable that is empty.
        (Some(value), None) => Ok(value),
        (Some(value), Some(_)) if !value.is_empty() => Ok(value),
        (_, Some(default)) => Ok(default.to_owned()),
        (None, None) => Err(missing()),
    }
}

impl fmt::Display for ExpandError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.variable {
            Some(name) => write!(
                f,
                "the environment variable `{name}` is not set; set it, or give a default with ${{{name}:-...}}"
            ),
            None => f.write_str(
                "`${` begins a variable, written ${NAME} or ${NAME:-default}; `$$` is a plain `$`",
            ),
        }
    }
}

impl std::error::Error for ExpandError {}

#[cfg(test)]
mod tests;
