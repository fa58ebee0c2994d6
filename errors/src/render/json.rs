//! JSON: the document of RFC 9457, with the envelope of a provider, behind what an upstream said itself.

use serde::Serialize;

use super::envelope::{Beside, Envelope, Gemini, JsonRpc};
use crate::{negotiate::Form, problem::Kept, problem::Problem};

/// The document, ended like a line, so that a terminal shows it well.
///
/// What the upstream said stands in front, byte for byte; only JSON-RPC, whose bodies have no room for it, has it
/// inside of its `data`.
pub(super) fn body(problem: &Problem, form: Form, envelope: Envelope) -> String {
    let mut body = match (problem.kept_object(), envelope) {
        (None, _) => alone(problem, form, envelope),
        (kept, Envelope::JsonRpc) => text(&JsonRpc::new(problem, kept)),
        (Some(kept), _) => behind(kept, &ours(problem, form, envelope, Some(kept))),
    };
    body.push('\n');
    body
}

/// The document on one line, without anything of the upstream's.
pub(super) fn alone(problem: &Problem, form: Form, envelope: Envelope) -> String {
    ours(problem, form, envelope, None)
}

fn ours(problem: &Problem, form: Form, envelope: Envelope, kept: Option<&Kept>) -> String {
    match (envelope, form) {
        (Envelope::JsonRpc, _) => text(&JsonRpc::new(problem, kept)),
        (Envelope::Gemini, Form::Json) => text(&Gemini { problem, kept }),
        _ => text(&Beside {
            problem,
            envelope,
            kept,
            word: (envelope == Envelope::Anthropic && form == Form::Json).then_some("error"),
        }),
    }
}

pub(super) fn text(document: &impl Serialize) -> String {
    // Only maps with string keys are written, so this cannot fail; an empty object is still JSON.
    serde_json::to_string(document).unwrap_or_else(|_| "{}".to_owned())
}

/// The members of the upstream as it wrote them, then those of `object`, whose names are not among them.
fn behind(kept: &Kept, object: &str) -> String {
    let theirs = kept.text().strip_suffix('}').unwrap_or(kept.text());
    let ours = object.strip_prefix('{').unwrap_or(object);
    let comma = if kept.is_empty() || ours == "}" { "" } else { "," };
    format!("{theirs}{comma}{ours}")
}
