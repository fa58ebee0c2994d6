//! From the members of a JSON object to a problem.

use std::time::Duration;

use serde_json::{Map, Value};

use super::Reported;
use crate::retry;

type Object = Map<String, Value>;

/// What a problem may say, by the names that Lockgate and RFC 9457 give it.
const KNOWN: [&str; 15] = [
    "type",
    "title",
    "status",
    "detail",
    "instance",
    "code",
    "category",
    "retryable",
    "retry_after",
    "owner_action_required",
    "what_to_do",
    "request_id",
    "timestamp",
    "host",
    "source",
];

/// What a provider's SDK reads beside the problem.
const ENVELOPE: [&str; 2] = ["error", "message"];

/// Most entries of a list of details that are looked at.
const MOST_DETAILS: usize = 16;

/// Finds the object with the members of a problem: this one, or one that an envelope carries.
pub(super) fn find(object: &Object) -> Option<&Object> {
    let beside = object.get("problem").into_iter().flat_map(objects);
    std::iter::once(object)
        .chain(beside)
        .find(|candidate| is_problem(candidate))
        .or_else(|| find_in_error(object))
}

/// The problem of a JSON-RPC error, which comes with a status of success.
pub(super) fn find_in_rpc(object: &Object) -> Option<&Object> {
    object.get("jsonrpc")?.as_str()?;
    find_in_error(object)
}

fn find_in_error(object: &Object) -> Option<&Object> {
    let error = object.get("error")?.as_object()?;
    let inside = ["data", "details"].into_iter().filter_map(|name| error.get(name));
    std::iter::once(error)
        .chain(inside.flat_map(objects))
        .find(|candidate| is_problem(candidate))
}

/// Reads what is there, and leaves out what is of the wrong type.
pub(super) fn read(object: &Object, status: Option<u16>) -> Reported {
    let text = |name| member(object, name).and_then(Value::as_str).map(str::to_owned);
    let truth = |name| member(object, name).and_then(Value::as_bool);
    Reported {
        uri: text("type").unwrap_or_else(|| "about:blank".to_owned()),
        title: text("title"),
        status: stated_status(object).or(status),
        detail: text("detail"),
        instance: text("instance"),
        code: text("code"),
        category: text("category"),
        retryable: truth("retryable"),
        retry_after: member(object, "retry_after").and_then(seconds),
        owner_action_required: truth("owner_action_required"),
        what_to_do: text("what_to_do"),
        request_id: text("request_id"),
        timestamp: text("timestamp"),
        host: text("host"),
        source: text("source"),
        extensions: extensions(object),
    }
}

/// A `type` that is a URI reference, with a title or a status; or a status, and a word on retrying.
///
/// `type` alone would not do: to many documents it is a word like `error` or `object`.
fn is_problem(object: &Object) -> bool {
    let kind = member(object, "type").and_then(Value::as_str);
    let named = kind.is_some_and(|kind| kind.contains([':', '/']));
    let titled = member(object, "title").is_some_and(Value::is_string);
    let graded = stated_status(object).is_some();
    named && (titled || graded) || graded && member(object, "retryable").is_some_and(Value::is_boolean)
}

/// A member by its name, or by the name that it has where an upstream used that name already.
fn member<'a>(object: &'a Object, name: &str) -> Option<&'a Value> {
    object
        .get(&format!("problem_{name}"))
        .or_else(|| object.get(name))
}

/// JSON does not tell 503 from 503.0.
fn stated_status(object: &Object) -> Option<u16> {
    let status = member(object, "status")?.as_f64()?;
    let whole = (100.0..=599.0).contains(&status) && status.fract() == 0.0;
    whole.then_some(status as u16)
}

fn seconds(value: &Value) -> Option<Duration> {
    let bounded = value.as_f64()?.clamp(0.0, retry::LONGEST.as_secs_f64());
    Duration::try_from_secs_f64(bounded).ok()
}

fn extensions(object: &Object) -> Object {
    let own = |name: &str| {
        let plain = name.strip_prefix("problem_").unwrap_or(name);
        !KNOWN.contains(&plain) && !ENVELOPE.contains(&name)
    };
    object
        .iter()
        .filter(|(name, _)| own(name))
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect()
}

/// The object, or the objects of the list.
fn objects(value: &Value) -> impl Iterator<Item = &Object> {
    let list = value.as_array().map_or([].as_slice(), Vec::as_slice);
    let entries = list.iter().take(MOST_DETAILS).filter_map(Value::as_object);
    value.as_object().into_iter().chain(entries)
}
