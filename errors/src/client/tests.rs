//! What a caller makes of answers, in all their forms.

use serde_json::{Map, Value, json};

use super::*;
use crate::Problem;

mod cases;
mod hostile;
mod policy;

/// A problem in the words of the wire, without what it lacks: how the table of cases has it.
fn on_the_wire(problem: &Reported) -> Value {
    let mut members = json!({
        "type": problem.uri,
        "title": problem.title,
        "status": problem.status,
        "detail": problem.detail,
        "instance": problem.instance,
        "code": problem.code,
        "category": problem.category,
        "retryable": problem.retryable,
        "retry_after": problem.retry_after.map(|wait| wait.as_secs_f64()),
        "owner_action_required": problem.owner_action_required,
        "what_to_do": problem.what_to_do,
        "request_id": problem.request_id,
        "timestamp": problem.timestamp,
        "host": problem.host,
        "source": problem.source,
        "extensions": problem.extensions,
    });
    if let Some(members) = members.as_object_mut() {
        members.retain(|_, member| !member.is_null());
    }
    members
}

/// The same of a problem that is still on this side, by its getters and not by what was rendered.
fn as_meant(problem: &Problem) -> Value {
    let extensions: Map<String, Value> = problem
        .extensions()
        .map(|(name, value)| (name.to_owned(), value.clone()))
        .collect();
    let mut members = json!({
        "type": problem.uri(),
        "title": problem.kind().title,
        "status": problem.status_code(),
        "detail": problem.detail_text(),
        "instance": problem.instance_uri(),
        "code": problem.code(),
        "category": problem.kind().category,
        "retryable": problem.is_retryable(),
        "retry_after": problem.retry_seconds().map(f64::from),
        "owner_action_required": problem.kind().owner_action_required,
        "what_to_do": problem.advice(),
        "request_id": problem.id(),
        "timestamp": problem.timestamp(),
        "host": problem.host_name(),
        "source": problem.source().as_str(),
        "extensions": extensions,
    });
    if let Some(members) = members.as_object_mut() {
        members.retain(|_, member| !member.is_null());
    }
    members
}
