//! What is wrong with a configuration, and where.

use std::fmt;

use crate::yaml::Fault;

/// Why a configuration was refused: one or more mistakes, each on a line of its own with its position.
#[derive(Clone, PartialEq, Eq)]
pub struct ConfigError {
    mistakes: Vec<Mistake>,
}

/// One mistake, shown as `file:line:column: what is wrong`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Mistake {
    /// The file as it was named to the loader.
    pub file: String,
    /// Line and column from 1; absent when the file could not be read at all.
    pub position: Option<(u64, u64)>,
    /// The path of the key, such as `routes[0].upstream`; empty for the file as a whole.
    pub path: String,
    /// What is wrong, and what would be right.
    pub message: String,
}

impl ConfigError {
    /// The mistakes, in the order of the file.
    pub fn mistakes(&self) -> &[Mistake] {
        &self.mistakes
    }

    pub(crate) fn unreadable(file: &str, message: impl Into<String>) -> Self {
        let mistake = Mistake {
            file: file.to_owned(),
            position: None,
            path: String::new(),
            message: message.into(),
        };
        Self {
            mistakes: vec![mistake],
        }
    }

    pub(crate) fn new(file: &str, mut faults: Vec<Fault>) -> Self {
        faults.sort_by_key(|fault| fault.at);
        let mistake = |fault: Fault| Mistake {
            file: file.to_owned(),
            position: fault.at.map(|at| (at.line, at.column)),
            path: fault.path.to_string(),
            message: fault.to_string(),
        };
        Self {
            mistakes: faults.into_iter().map(mistake).collect(),
        }
    }
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.position {
            Some((line, column)) => write!(f, "{}:{line}:{column}: {}", self.file, self.message),
            None => write!(f, "{}: {}", self.file, self.message),
        }
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (n, mistake) in self.mistakes.iter().enumerate() {
            write!(f, "{}{mistake}", if n == 0 { "" } else { "\n" })?;
        }
        Ok(())
    }
}

impl fmt::Debug for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for ConfigError {}
