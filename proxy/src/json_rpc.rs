//! JSON-RPC 2.0, as MCP and A2A speak it: whose calls a body holds, and how each of them is told of a problem.

use lockgate_errors::{Document, Envelope, Form, Framing, Problem, Source, frame, render};
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::Value;

/// Most calls of a batch that are answered one by one; a larger batch gets one error for all.
const MOST_ANSWERS: usize = 32;
/// Statuses of an upstream that mean something to MCP's clients: authorisation is needed, the session has ended,
/// there is no event stream.
const TELLING: [u16; 6] = [401, 403, 404, 405, 406, 409];

/// Who waits for an answer.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Calls {
    /// One call, with its id.
    One(Value),
    /// A batch, with the ids of its calls.
    Batch(Vec<Value>),
    /// Nobody: notifications, or answers of the client.
    Nobody,
}

// === impl Calls ===

impl Calls {
    /// A body that was not read, or cannot be.
    pub(crate) fn unknown() -> Self {
        Self::One(Value::Null)
    }

    /// The one id that stands for all of them in a stream.
    pub(crate) fn id(self) -> Value {
        match self {
            Self::One(id) => id,
            Self::Batch(mut ids) if ids.len() == 1 => ids.remove(0),
            Self::Batch(_) | Self::Nobody => Value::Null,
        }
    }
}

/// The calls in the body of a request.
pub(crate) fn calls(body: &[u8]) -> Calls {
    match serde_json::from_slice::<Message>(body) {
        Ok(Message::One(call)) => call.awaited().map_or(Calls::Nobody, Calls::One),
        Ok(Message::Batch(calls)) => {
            let ids: Vec<Value> = calls.into_iter().filter_map(Call::awaited).collect();
            match ids.len() {
                0 => Calls::Nobody,
                1..=MOST_ANSWERS => Calls::Batch(ids),
                _ => Calls::unknown(),
            }
        }
        Err(_) => Calls::unknown(),
    }
}

/// Whether a body is the error of a JSON-RPC server, which its clients read better than anything else.
pub(crate) fn is_error(body: &[u8]) -> bool {
    #[derive(Deserialize)]
    struct Answer {
        #[serde(rename = "jsonrpc")]
        _version: IgnoredAny,
        #[serde(rename = "error")]
        _error: IgnoredAny,
    }
    serde_json::from_slice::<Answer>(body).is_ok() || serde_json::from_slice::<Vec<Answer>>(body).is_ok()
}

/// The problem as an answer to these calls.
///
/// The status is 200, because clients drop the session and the text on any other.  It is the problem's own where
/// nobody waits for an answer (MCP wants an HTTP error there), and where an upstream's status means something.
/// With `events` the answer is one server-sent event.
pub(crate) fn document(problem: &Problem, calls: Calls, events: bool) -> Document {
    let nobody = calls == Calls::Nobody;
    let mut document = match calls {
        Calls::Batch(ids) => batch(problem, ids, events),
        Calls::One(id) => one(&problem.clone().rpc_id(id), events),
        Calls::Nobody => one(problem, false),
    };
    let telling = problem.source() == Source::Upstream && TELLING.contains(&problem.status_code());
    if nobody || telling {
        document.status = problem.status_code();
    }
    if events && !nobody {
        document.content_type = "text/event-stream";
    }
    document
}

/// Whether the client reads event streams and no JSON.
pub(crate) fn wants_events(accept: Option<&str>) -> bool {
    let ranges = || {
        let ranges = accept.unwrap_or_default().split(',');
        ranges.filter_map(|range| range.split(';').next()).map(str::trim)
    };
    let takes =
        |media: &[&str]| ranges().any(|range| media.iter().any(|known| known.eq_ignore_ascii_case(range)));
    takes(&["text/event-stream"]) && !takes(&["application/json", "application/*", "*/*"])
}

fn one(problem: &Problem, events: bool) -> Document {
    let mut document = render(problem, Form::Json, Envelope::JsonRpc);
    if events {
        document.body = frame(problem, Envelope::JsonRpc, Framing::Sse);
    }
    document
}

fn batch(problem: &Problem, ids: Vec<Value>, events: bool) -> Document {
    let answers: Vec<String> = ids
        .into_iter()
        .map(|id| one(&problem.clone().rpc_id(id), events).body)
        .collect();
    let mut document = one(problem, false);
    document.body = if events {
        answers.concat()
    } else {
        let list: Vec<&str> = answers.iter().map(|answer| answer.trim_end()).collect();
        format!("[{}]\n", list.join(","))
    };
    document
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Message {
    One(Call),
    Batch(Vec<Call>),
}

#[derive(Deserialize)]
struct Call {
    id: Option<Value>,
    method: Option<IgnoredAny>,
}

impl Call {
    /// The id of a call that is to be answered.
    fn awaited(self) -> Option<Value> {
        self.method.and(self.id)
    }
}

#[cfg(test)]
mod tests {
    use lockgate_errors::catalogue;
    use serde_json::json;

    use super::*;

    #[test]
    fn who_waits_for_an_answer() {
        for (body, expected) in [
            (
                r#"{"jsonrpc":"2.0","id":7,"method":"tools/call"}"#,
                Calls::One(json!(7)),
            ),
            (
                r#"{"jsonrpc":"2.0","id":"a","method":"message/send"}"#,
                Calls::One(json!("a")),
            ),
            (
                r#"{"jsonrpc":"2.0","method":"notifications/initialized"}"#,
                Calls::Nobody,
            ),
            (r#"{"jsonrpc":"2.0","id":7,"result":{}}"#, Calls::Nobody),
            (
                r#"[{"jsonrpc":"2.0","id":1,"method":"a"},{"jsonrpc":"2.0","method":"b"},{"jsonrpc":"2.0","id":2,"method":"c"}]"#,
                Calls::Batch(vec![json!(1), json!(2)]),
            ),
            ("[]", Calls::Nobody),
            ("{", Calls::unknown()),
            (r#"{"id":1,"id":2,"method":"a"}"#, Calls::unknown()),
        ] {
            assert_eq!(calls(body.as_bytes()), expected, "{body}");
        }
        let large = format!("[{}]", vec![r#"{"id":1,"method":"a"}"#; 33].join(","));
        assert_eq!(calls(large.as_bytes()), Calls::unknown());
    }

    #[test]
    fn each_call_of_a_batch_is_answered() {
        let problem = Problem::new(&catalogue::RULE_BLOCKED);
        let ids = vec![json!(1), json!("b")];
        let answer = document(&problem, Calls::Batch(ids.clone()), false);
        assert_eq!((answer.status, answer.content_type), (200, "application/json"));
        let list: Value = serde_json::from_str(&answer.body).unwrap();
        let answered: Vec<&Value> = list.as_array().unwrap().iter().map(|one| &one["id"]).collect();
        assert_eq!(answered, ids.iter().collect::<Vec<_>>());
        let events = document(&problem, Calls::Batch(ids), true);
        assert_eq!(events.content_type, "text/event-stream");
        assert_eq!(events.body.matches("\n\n").count(), 2, "{}", events.body);
    }

    #[test]
    fn the_status_is_200_unless_it_means_something() {
        let status = |problem: Problem, calls| document(&problem, calls, false).status;
        let blocked = || Problem::new(&catalogue::RULE_BLOCKED);
        assert_eq!(status(blocked(), Calls::unknown()), 200);
        assert_eq!(status(blocked(), Calls::Nobody), blocked().status_code());
        let unauthorized = Problem::new(&catalogue::UPSTREAM_UNAUTHORIZED);
        assert_eq!(status(unauthorized, Calls::unknown()), 401);
        let failed = Problem::new(&catalogue::UPSTREAM_FAILED).status(502);
        assert_eq!(status(failed, Calls::unknown()), 200);
    }

    #[test]
    fn events_are_for_those_who_read_nothing_else() {
        for (accept, expected) in [
            (Some("text/event-stream"), true),
            (Some("Text/Event-Stream;q=0.5, text/html"), true),
            (Some("application/json, text/event-stream"), false),
            (Some("text/event-stream, */*;q=0.1"), false),
            (Some("*/*"), false),
            (None, false),
        ] {
            assert_eq!(wants_events(accept), expected, "{accept:?}");
        }
    }

    #[test]
    fn errors_of_json_rpc_servers_are_known() {
        assert!(is_error(
            br#"{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"no"}}"#
        ));
        assert!(is_error(br#"[{"jsonrpc":"2.0","id":1,"error":{}}]"#));
        assert!(!is_error(br#"{"error":"no"}"#));
        assert!(!is_error(b"<html>"));
    }
}
