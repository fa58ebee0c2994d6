//! JSON: the document of RFC 9457, with the envelope of a provider.

use serde::Serialize;

use super::envelope::{Beside, Envelope, Gemini, JsonRpc};
use crate::{negotiate::Form, problem::Problem};

pub(super) fn body(problem: &Problem, form: Form, envelope: Envelope) -> String {
    match (envelope, form) {
        (Envelope::JsonRpc, _) => line(&JsonRpc::from(problem)),
        (Envelope::Gemini, Form::Json) => line(&Gemini::from(problem)),
        _ => line(&Beside(problem, envelope)),
    }
}

/// One line, ended, so that a terminal shows it well.
fn line(document: &impl Serialize) -> String {
    // Only maps with string keys are written, so this cannot fail; an empty object is still JSON.
    let mut body = serde_json::to_string(document).unwrap_or_else(|_| "{}".to_owned());
    body.push('\n');
    body
}
