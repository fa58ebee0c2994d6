//! The variables that conditions read.

/// A top-level variable: its name, its type in words, and its members where they are fixed.
pub(super) struct Variable {
    pub(super) name: &'static str,
    type_name: &'static str,
    pub(super) members: &'static [&'static str],
}

const fn variable(name: &'static str, type_name: &'static str, members: &'static [&'static str]) -> Variable {
    Variable {
        name,
        type_name,
        members,
    }
}

/// All there are.
pub(super) const VARIABLES: [Variable; 9] = [
    variable("injection", "double", &[]),
    variable("toxic", "double", &[]),
    variable("pii", "list of category names", &[]),
    variable("signatures", "list of signature ids", &[]),
    variable("request", "", &["method", "host", "path", "headers"]),
    variable("route", "string", &[]),
    variable("endpoint", "", &["label", "pattern"]),
    variable("body", "", &["bytes", "error"]),
    variable(
        "prompt",
        "",
        &["protocol", "model", "stream", "segments", "roles"],
    ),
];

/// The names of all variables.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    VARIABLES.iter().map(|variable| variable.name)
}

/// The variable of this name.
pub(super) fn find(name: &str) -> Option<&'static Variable> {
    static ALL: [Variable; 9] = VARIABLES;
    ALL.iter().find(|variable| variable.name == name)
}

/// All of them in one sentence, for the schema.
pub(super) fn describe() -> String {
    let one = |v: &Variable| {
        if v.members.is_empty() {
            format!("{} ({})", v.name, v.type_name)
        } else {
            format!("{}.{{{}}}", v.name, v.members.join(", "))
        }
    };
    let all: Vec<String> = VARIABLES.iter().map(one).collect();
    format!(
        "A CEL expression that is true or false. Variables: {}.",
        all.join("; ")
    )
}
