//! JSON: the document of RFC 9457, with the envelope of a provider, behind what an upstream said itself.

use serde::Serialize;

use super::envelope::{Beside, Envelope, Gemini, GeminiBehind, JsonRpc};
use crate::{negotiate::Form, problem::Kept, problem::Problem};

pub(super) fn body(problem: &Problem, form: Form, envelope: Envelope) -> String {
    match (envelope, form) {
        (Envelope::JsonRpc, _) => line(&JsonRpc::from(problem)),
        (Envelope::Gemini, Form::Json) => match problem.kept_object() {
            Some(kept) => behind(kept, &text(&GeminiBehind(problem))),
            None => line(&Gemini::from(problem)),
        },
        _ => match problem.kept_object() {
            Some(kept) => behind(kept, &text(&Beside(problem, envelope))),
            None => line(&Beside(problem, envelope)),
        },
    }
}

/// One line, ended, so that a terminal shows it well.
fn line(document: &impl Serialize) -> String {
    let mut body = text(document);
    body.push('\n');
    body
}

fn text(document: &impl Serialize) -> String {
    // Only maps with string keys are written, so this cannot fail; an empty object is still JSON.
    serde_json::to_string(document).unwrap_or_else(|_| "{}".to_owned())
}

/// The members of the upstream as it wrote them, then those of `object`, whose names are not among them.
fn behind(kept: &Kept, object: &str) -> String {
    let theirs = kept.text().strip_suffix('}').unwrap_or(kept.text());
    let ours = object.strip_prefix('{').unwrap_or(object);
    let comma = if kept.is_empty() || ours == "}" { "" } else { "," };
    format!("{theirs}{comma}{ours}\n")
}
