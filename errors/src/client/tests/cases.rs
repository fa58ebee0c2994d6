//! The table of cases that the helpers in all languages share: `errors/clients/cases.json`.
//!
//! Answers come from the renderer, what they must be read as from the problem that was rendered, and
//! the decisions are written down here.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};

use super::*;

mod foreign;
mod hostile;
mod ours;

const FILE: &str = "clients/cases.json";
const ABOUT: &str = "What the helpers of every language must make of an answer. \
    Written by `LOCKGATE_BLESS=1 cargo test -p lockgate-errors cases`; do not edit.";

/// All cases, and the problems that they name.
#[derive(Default)]
pub(super) struct Table {
    problems: BTreeMap<String, Value>,
    answers: Vec<Value>,
    events: Vec<Value>,
}

/// One answer on the wire.
#[derive(Clone)]
pub(super) struct Wire {
    status: u16,
    fields: Vec<(String, String)>,
    body: String,
}

/// What the caller did so far.
#[derive(Clone, Copy)]
pub(super) struct Past {
    made: u32,
    elapsed: f64,
    idempotent: bool,
    chance: f64,
}

const FIRST: Past = Past {
    made: 1,
    elapsed: 0.0,
    idempotent: true,
    chance: 0.0,
};

impl Table {
    fn problem(&mut self, name: &str, members: Value) {
        let before = self.problems.insert(name.to_owned(), members);
        assert!(before.is_none(), "{name} is there twice");
    }

    fn answer(&mut self, name: &str, past: Past, wire: Wire, problem: Option<&str>, decision: Value) {
        assert!(problem.is_none_or(|name| self.problems.contains_key(name)));
        let fields: Map<String, Value> = wire
            .fields
            .into_iter()
            .map(|(name, value)| (name, value.into()))
            .collect();
        self.answers.push(json!({
            "name": name,
            "status": wire.status,
            "headers": fields,
            "body": wire.body,
            "tries": { "made": past.made, "elapsed": past.elapsed, "idempotent": past.idempotent, "chance": past.chance },
            "problem": problem,
            "decision": decision,
        }));
    }

    fn event(&mut self, name: &str, data: &str, problem: Option<&str>) {
        self.events
            .push(json!({ "name": name, "data": data, "problem": problem }));
    }

    fn document(self) -> String {
        let policy = Policy::default();
        let table = json!({
            "about": ABOUT,
            "policy": {
                "attempts": policy.attempts,
                "longest_wait": policy.longest_wait.as_secs_f64(),
                "budget": policy.budget.as_secs_f64(),
                "first_wait": policy.first_wait.as_secs_f64(),
                "jitter": policy.jitter,
            },
            "problems": self.problems,
            "answers": self.answers,
            "events": self.events,
        });
        format!("{table:#}\n")
    }
}

fn wire(status: u16, fields: &[(&str, &str)], body: impl Into<String>) -> Wire {
    let own = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
    Wire {
        status,
        fields: fields.iter().map(own).collect(),
        body: body.into(),
    }
}

fn retry(seconds: f64) -> Value {
    json!({ "retry": seconds })
}

fn stop(reason: &str) -> Value {
    json!({ "stop": reason })
}

fn table() -> Table {
    let mut table = Table::default();
    ours::add(&mut table);
    foreign::add(&mut table);
    hostile::add(&mut table);
    table
}

#[test]
fn the_table_of_cases_is_what_the_renderer_writes() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(FILE);
    let fresh = table().document();
    if std::env::var_os("LOCKGATE_BLESS").is_some() {
        std::fs::write(&path, &fresh).expect("the file can be written");
    }
    let known = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        known == fresh,
        "errors/{FILE} is stale: run `LOCKGATE_BLESS=1 cargo test -p lockgate-errors cases` and look at the change"
    );
}

#[test]
fn every_answer_of_the_table_is_read_and_decided_as_it_says() {
    let table = table();
    for case in &table.answers {
        let fields = fields(&case["headers"]);
        let status = StatusCode::from_u16(number(&case["status"]) as u16).expect("a status");
        let body = case["body"].as_str().expect("a body");
        let problem = parse(status, &fields, body.as_bytes());
        assert_eq!(
            problem.as_ref().map(on_the_wire),
            expected(&table, case),
            "{case:#}"
        );
        let answer = Answer::new(status, &fields, problem.as_ref());
        let decision = Policy::default().decide(&tries(&case["tries"]), &answer);
        assert_eq!(decision_on_the_wire(decision), case["decision"], "{case:#}");
    }
}

#[test]
fn every_event_of_the_table_is_read_as_it_says() {
    let table = table();
    for case in &table.events {
        let problem = parse_event(case["data"].as_str().expect("data"));
        assert_eq!(
            problem.as_ref().map(on_the_wire),
            expected(&table, case),
            "{case:#}"
        );
    }
}

fn expected(table: &Table, case: &Value) -> Option<Value> {
    case["problem"].as_str().map(|name| table.problems[name].clone())
}

fn fields(members: &Value) -> HeaderMap {
    let pair = |(name, value): (&String, &Value)| {
        let name = HeaderName::from_bytes(name.as_bytes()).expect("a name");
        let value = value.as_str().expect("a text");
        (name, HeaderValue::from_str(value).expect("a value"))
    };
    members.as_object().expect("fields").iter().map(pair).collect()
}

fn tries(members: &Value) -> Tries {
    Tries {
        made: number(&members["made"]) as u32,
        elapsed: Duration::from_secs_f64(number(&members["elapsed"])),
        idempotent: members["idempotent"].as_bool().expect("a truth"),
        chance: number(&members["chance"]),
    }
}

fn number(value: &Value) -> f64 {
    value.as_f64().expect("a number")
}

fn decision_on_the_wire(decision: Decision) -> Value {
    match decision {
        Decision::Retry(wait) => json!({ "retry": wait.as_secs_f64() }),
        Decision::Stop(Stop::TooLong(wait)) => json!({ "stop": "too_long", "wait": wait.as_secs_f64() }),
        Decision::Stop(Stop::Budget(wait)) => json!({ "stop": "budget", "wait": wait.as_secs_f64() }),
        Decision::Stop(Stop::NoError) => stop("no_error"),
        Decision::Stop(Stop::Final) => stop("final"),
        Decision::Stop(Stop::Unsafe) => stop("unsafe"),
        Decision::Stop(Stop::Attempts) => stop("attempts"),
    }
}
