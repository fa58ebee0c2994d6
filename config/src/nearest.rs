//! The name that was probably meant.

/// The known name nearest to what was written, if it is near enough to be worth a question.
pub(crate) fn nearest<'a>(written: &str, known: &[&'a str]) -> Option<&'a str> {
    let lower = written.to_lowercase();
    known
        .iter()
        .map(|name| (strsim::jaro_winkler(&lower, &name.to_lowercase()), *name))
        .filter(|(likeness, _)| *likeness >= 0.75)
        .max_by(|(a, _), (b, _)| a.total_cmp(b))
        .map(|(_, name)| name)
}

/// What follows `unknown ...`: the nearest known name, and all of them. `what` is `keys`, `values` or nothing.
pub(crate) fn hint(written: &str, known: &[&str], what: &str) -> String {
    if known.is_empty() {
        return "; there are none".to_owned();
    }
    let space = if what.is_empty() { "" } else { " " };
    let all = known.join(", ");
    match nearest(written, known) {
        Some(near) => format!("; did you mean `{near}`? Known{space}{what}: {all}"),
        None => format!("; known{space}{what}: {all}"),
    }
}
