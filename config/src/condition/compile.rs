//! From text to a program, within bounds.

use std::collections::BTreeSet;
use std::thread;

use cel::{ParseErrors, Program};

use super::functions::STANDARD;
use super::{ConditionError, inspect, sample};

/// Longest expression in bytes.
pub(super) const LONGEST: usize = 4096;
/// Stack of the thread that parses: the parser recurses as deep as 4 KiB of text can make it.
const STACK: usize = 64 << 20;

/// Compiles an expression and gathers the variables that it reads.
///
/// The parser recurses, and its own limit does not count every kind of nesting. So it runs on a thread with a stack
/// that 4 KiB of source cannot exhaust, and what comes out too deep for ordinary threads is refused and dropped there.
/// A panic in the parser ends that thread only.
pub(super) fn compile(source: &str) -> Result<(Program, BTreeSet<String>), ConditionError> {
    if source.len() > LONGEST {
        return Err(ConditionError::new(
            format!("a condition has at most {LONGEST} bytes"),
            None,
        ));
    }
    if source.trim().is_empty() {
        return Err(ConditionError::new(
            "a condition is not empty; leave `when` out to apply the rule always",
            None,
        ));
    }
    if let Some(position) = too_nested(source) {
        return Err(ConditionError::new(
            format!("nested deeper than {}", inspect::DEEPEST),
            Some(position),
        ));
    }
    let parser = thread::Builder::new()
        .name("condition".to_owned())
        .stack_size(STACK);
    let failed = || ConditionError::new("the CEL parser failed on this expression", None);
    thread::scope(|scope| match parser.spawn_scoped(scope, || bounded(source)) {
        Ok(running) => running.join().unwrap_or_else(|_| Err(failed())),
        Err(_) => Err(ConditionError::new(
            "no thread could be started to parse this expression",
            None,
        )),
    })
}

fn bounded(source: &str) -> Result<(Program, BTreeSet<String>), ConditionError> {
    let program = STANDARD.compile(source).map_err(|errors| from_parser(&errors))?;
    let references = inspect::inspect(&program)?;
    sample::check(&program)?;
    Ok((program, references))
}

/// The first mistake that the parser saw.
fn from_parser(errors: &ParseErrors) -> ConditionError {
    let Some(first) = errors.errors.first() else {
        return ConditionError::new("not a CEL expression", None);
    };
    if first.msg.contains("Recursion limit") {
        return ConditionError::new(format!("nested deeper than {}", inspect::DEEPEST), None);
    }
    // The parser lists every token that could follow: more than anybody reads.
    let message = first.msg.lines().next().unwrap_or_default();
    let message = message.trim_start_matches("Syntax error: ");
    let message = match message.split_once(" expecting ") {
        Some((found, expected)) if expected.len() > 60 => found,
        _ => message,
    };
    let place = (
        usize::try_from(first.pos.0).ok(),
        usize::try_from(first.pos.1).ok(),
    );
    let position = match place {
        (Some(line @ 1..), Some(column @ 1..)) => Some((line, column)),
        _ => None,
    };
    ConditionError::new(
        format!(
            "not a CEL expression: {}",
            message
                .replace("mismatched input '<EOF>'", "it ends too early")
                .replace("'<EOF>'", "its end")
        ),
        position,
    )
}

/// Where brackets are nested too deep, seen without parsing.
fn too_nested(source: &str) -> Option<(usize, usize)> {
    let (mut depth, mut line, mut column) = (0_usize, 1, 0);
    for c in source.chars() {
        column += 1;
        match c {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            '\n' => (line, column) = (line + 1, 0),
            _ => {}
        }
        if depth > inspect::DEEPEST {
            return Some((line, column));
        }
    }
    None
}
