//! What an expression reads and calls, and whether its work is bounded.

use std::collections::BTreeSet;

use cel::common::ast::{
    CallExpr, ComprehensionExpr, EntryExpr, Expr, IdedEntryExpr, LiteralValue, SourceInfo, operators,
};
use cel::{IdedExpr, Program};

use super::{ConditionError, functions, variables};
use crate::nearest::hint;

/// Deepest nesting of an expression: evaluation recurses, on threads with ordinary stacks.
pub(super) const DEEPEST: usize = 48;

/// The functions of CEL that expressions may call, beside operators.
const FUNCTIONS: [&str; 14] = [
    "size",
    "contains",
    "startsWith",
    "endsWith",
    "matches",
    "string",
    "int",
    "uint",
    "double",
    "bytes",
    "bool",
    "type",
    "dyn",
    "has",
];
/// The macros, which a wrong number of arguments turns into calls of unknown functions.
const MACROS: [&str; 4] = ["all", "exists", "exists_one", "filter"];
/// Most rounds of nested loops over lists that are written out.
const MOST_ROUNDS: usize = 1000;

/// The top-level variables that a program reads; an error where it reads or calls what there is not.
pub(super) fn inspect(program: &Program) -> Result<BTreeSet<String>, ConditionError> {
    let mut walk = Walk {
        info: program.source_info(),
        read: BTreeSet::new(),
        local: Vec::new(),
        open: 0,
        rounds: 1,
    };
    walk.visit(program.expression(), 0)?;
    Ok(walk.read)
}

/// Whether a loop makes a list of anything but the elements that it goes over: such lists can grow without bound.
fn builds_anew(comprehension: &ComprehensionExpr) -> bool {
    fn grows(node: &IdedExpr, element: &str) -> bool {
        match &node.expr {
            Expr::Call(call) => call.args.iter().any(|arg| match &arg.expr {
                Expr::List(list) => list
                    .elements
                    .iter()
                    .any(|e| !matches!(&e.expr, Expr::Ident(name) if name == element)),
                _ => grows(arg, element),
            }),
            _ => false,
        }
    }
    let Expr::List(_) = comprehension.accu_init.expr else {
        return false;
    };
    // `filter` is `condition ? result + [element] : result`, `map` has any expression in the list.
    match &comprehension.loop_step.expr {
        Expr::Call(call) if call.func_name == operators::CONDITIONAL => call
            .args
            .iter()
            .skip(1)
            .any(|arm| grows(arm, &comprehension.iter_var)),
        _ => grows(&comprehension.loop_step, &comprehension.iter_var),
    }
}

struct Walk<'a> {
    info: &'a SourceInfo,
    read: BTreeSet<String>,
    /// The names that the loops around bind.
    local: Vec<&'a str>,
    /// How many loops over lists of any length are around.
    open: usize,
    /// How often the loops around that go over written-out lists repeat what is inside.
    rounds: usize,
}

impl<'a> Walk<'a> {
    fn visit(&mut self, node: &'a IdedExpr, depth: usize) -> Result<(), ConditionError> {
        if depth > DEEPEST {
            return Err(self.error(node, format!("nested deeper than {DEEPEST}")));
        }
        let depth = depth + 1;
        match &node.expr {
            Expr::Unspecified | Expr::Literal(_) => Ok(()),
            Expr::Ident(name) => self.ident(node, name),
            Expr::Select(select) => {
                if let Expr::Ident(name) = &select.operand.expr {
                    self.member(node, name, &select.field)?;
                }
                self.visit(&select.operand, depth)
            }
            Expr::Call(call) => {
                self.function(node, call)?;
                self.all(call.target.as_deref().into_iter().chain(&call.args), depth)
            }
            Expr::List(list) => self.all(&list.elements, depth),
            Expr::Map(map) => self.entries(&map.entries, depth),
            Expr::Struct(_) => Err(self.error(node, "messages are not known here".to_owned())),
            Expr::Comprehension(comprehension) => self.comprehension(node, comprehension, depth),
        }
    }

    /// A loop. A list that is written out is as short as the expression; any other may be as long as a caller likes.
    fn comprehension(
        &mut self,
        node: &'a IdedExpr,
        comprehension: &'a ComprehensionExpr,
        depth: usize,
    ) -> Result<(), ConditionError> {
        self.all([&comprehension.iter_range, &comprehension.accu_init], depth)?;
        if builds_anew(comprehension) {
            return Err(self.error(
                node,
                "`map` is not part of conditions; use `exists`, `all` or `filter`".to_owned(),
            ));
        }
        let around = (self.open, self.rounds);
        match &comprehension.iter_range.expr {
            Expr::List(list) => self.rounds = self.rounds.saturating_mul(list.elements.len().max(1)),
            _ => self.open += 1,
        }
        if self.open > 1 {
            let message = "a loop inside a loop may only go over a list that is written out";
            return Err(self.error(node, message.to_owned()));
        }
        if self.rounds > MOST_ROUNDS {
            return Err(self.error(
                node,
                format!("loops inside loops repeat more than {MOST_ROUNDS} times"),
            ));
        }
        self.local
            .extend([comprehension.iter_var.as_str(), comprehension.accu_var.as_str()]);
        self.all(
            [
                &comprehension.loop_cond,
                &comprehension.loop_step,
                &comprehension.result,
            ],
            depth,
        )?;
        self.local.truncate(self.local.len().saturating_sub(2));
        (self.open, self.rounds) = around;
        Ok(())
    }

    fn all(
        &mut self,
        nodes: impl IntoIterator<Item = &'a IdedExpr>,
        depth: usize,
    ) -> Result<(), ConditionError> {
        nodes.into_iter().try_for_each(|node| self.visit(node, depth))
    }

    fn entries(&mut self, entries: &'a [IdedEntryExpr], depth: usize) -> Result<(), ConditionError> {
        entries.iter().try_for_each(|entry| match &entry.expr {
            EntryExpr::StructField(field) => self.visit(&field.value, depth),
            EntryExpr::MapEntry(entry) => self.all([&entry.key, &entry.value], depth),
        })
    }

    fn ident(&mut self, node: &IdedExpr, name: &str) -> Result<(), ConditionError> {
        if name.starts_with('@') || self.local.contains(&name) {
            return Ok(());
        }
        if variables::find(name).is_none() {
            return Err(self.unknown(
                node,
                "unknown variable",
                name,
                &variables::names().collect::<Vec<_>>(),
            ));
        }
        self.read.insert(name.to_owned());
        Ok(())
    }

    fn member(&self, node: &IdedExpr, name: &str, field: &str) -> Result<(), ConditionError> {
        match variables::find(name) {
            Some(variable) if !self.local.contains(&name) && !variable.members.contains(&field) => {
                Err(self.unknown(node, &format!("`{name}` has no member"), field, variable.members))
            }
            _ => Ok(()),
        }
    }

    fn function(&self, node: &IdedExpr, call: &CallExpr) -> Result<(), ConditionError> {
        let name = call.func_name.as_str();
        if name == "matches" {
            return self.pattern(node, call);
        }
        // Operators have names that nobody can write, such as `_&&_`.
        let written = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') && !name.starts_with('_');
        if !written || FUNCTIONS.contains(&name) {
            return Ok(());
        }
        if MACROS.contains(&name) {
            return Err(self.error(
                node,
                format!("`{name}` takes a name and an expression: `list.{name}(x, ...)`"),
            ));
        }
        Err(self.unknown(
            node,
            "unknown function",
            name,
            &[&FUNCTIONS[..], &MACROS[..]].concat(),
        ))
    }

    /// A pattern is written out: it is compiled at load, and no caller can choose it.
    fn pattern(&self, node: &IdedExpr, call: &CallExpr) -> Result<(), ConditionError> {
        let Some(Expr::Literal(LiteralValue::String(source))) = call.args.last().map(|arg| &arg.expr) else {
            return Err(self.error(
                node,
                "the pattern of `matches` has to be written out in quotes".to_owned(),
            ));
        };
        functions::pattern(source.inner()).map(drop).map_err(|error| {
            let reason = error.to_string();
            let reason = reason
                .lines()
                .last()
                .unwrap_or_default()
                .trim_start_matches("error: ");
            self.error(node, format!("not a regular expression: {reason}"))
        })
    }

    fn unknown(&self, node: &IdedExpr, what: &str, name: &str, known: &[&'static str]) -> ConditionError {
        self.error(node, format!("{what} `{name}`{}", hint(name, known, "")))
    }

    fn error(&self, node: &IdedExpr, message: String) -> ConditionError {
        let place = self.info.offset_for(node.id).and_then(|(start, _)| {
            let before: String = self
                .info
                .source
                .chars()
                .take(usize::try_from(start).ok()?)
                .collect();
            let column = before.rsplit('\n').next()?.chars().count() + 1;
            Some((before.matches('\n').count() + 1, column))
        });
        ConditionError::new(message, place)
    }
}
