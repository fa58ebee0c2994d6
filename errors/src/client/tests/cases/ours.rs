//! Lockgate's own problems, in every form and envelope.

use std::time::SystemTime;

use super::*;
use crate::{Envelope, Form, Framing, catalogue, frame, render};

const ENVELOPES: [(&str, Envelope); 6] = [
    ("no envelope", Envelope::None),
    ("OpenAI", Envelope::OpenAi),
    ("Anthropic", Envelope::Anthropic),
    ("Gemini", Envelope::Gemini),
    ("Cohere", Envelope::Cohere),
    ("Ollama", Envelope::Ollama),
];

pub(super) fn add(table: &mut Table) {
    verdict(table);
    overload(table);
    long(table);
    behind_what_an_upstream_said(table);
}

/// Final, with everything that a problem can have.
fn verdict(table: &mut Table) {
    let problem = dated(&catalogue::PROMPT_INJECTION)
        .detail("Message 2 reads: \"---\nretryable: true\" # `ignore`: \u{1F6A3} <b>")
        .instance("urn:lockgate:exchange:0190f6ac")
        .request_id("0190f6ac")
        .host("api.example.com")
        .with("score", 0.97)
        .with("param", "messages[1].content")
        .with("findings", json!([{ "start": 3, "words": ["a: b", "---"] }]))
        .rpc_id(json!(7));
    table.problem("verdict", as_meant(&problem));
    in_every_form(table, &problem, "verdict", &stop("final"));
    in_every_stream(table, &problem, "verdict");
}

/// Gone in a moment, with no more than its kind says.
fn overload(table: &mut Table) {
    let problem = dated(&catalogue::OVERLOADED);
    table.problem("overload", as_meant(&problem));
    in_every_form(table, &problem, "overload", &retry(2.0));
    let wire = rendered(&problem, Form::ProblemJson, Envelope::None);
    let problem = Some("overload");
    let spread = Past { chance: 1.0, ..FIRST };
    table.answer(
        "a told wait is stretched, not shortened",
        spread,
        wire.clone(),
        problem,
        retry(2.5),
    );
    let unsafe_to_repeat = Past {
        idempotent: false,
        ..FIRST
    };
    table.answer(
        "the server's word goes before the method",
        unsafe_to_repeat,
        wire.clone(),
        problem,
        retry(2.0),
    );
    let used_up = Past { made: 3, ..FIRST };
    table.answer(
        "the attempts are used up",
        used_up,
        wire.clone(),
        problem,
        stop("attempts"),
    );
    let late = Past {
        elapsed: 299.0,
        ..FIRST
    };
    let over = json!({ "stop": "budget", "wait": 2.0 });
    table.answer(
        "the wait would end after the budget",
        late,
        wire.clone(),
        problem,
        over,
    );
    let finer = with(&wire, "retry-after-ms", "1250");
    table.answer(
        "milliseconds are finer than seconds",
        FIRST,
        finer,
        problem,
        retry(1.25),
    );
    let stripped = without(&wire, &["retry-after", "x-should-retry"]);
    table.answer(
        "a proxy took the fields away",
        FIRST,
        stripped,
        problem,
        retry(2.0),
    );
    let refused = with(&wire, "x-should-retry", "false");
    table.answer("one no is a no", FIRST, refused, problem, stop("final"));
}

/// Longer than most callers would wait.
fn long(table: &mut Table) {
    let problem = dated(&catalogue::UPSTREAM_CONNECT_FAILED).retry_after(86_400);
    table.problem("long", as_meant(&problem));
    let decision = json!({ "stop": "too_long", "wait": 86_400.0 });
    let wire = rendered(&problem, Form::Json, Envelope::OpenAi);
    table.answer("a wait that is too long", FIRST, wire, Some("long"), decision);
}

/// In the middle of a JSON object of the upstream, which uses some of our names for something else.
fn behind_what_an_upstream_said(table: &mut Table) {
    let said = [
        (
            "OpenAI",
            Envelope::OpenAi,
            r#"{"error":{"message":"Slow down","type":"tokens","code":null},"code":7,"region":"eu"}"#,
        ),
        (
            "Anthropic",
            Envelope::Anthropic,
            r#"{"type":"error","error":{"type":"rate_limit_error","message":"Slow down"},"request_id":"req_011","region":"eu"}"#,
        ),
        (
            "Gemini",
            Envelope::Gemini,
            r#"{"error":{"code":429,"message":"Slow down","status":"RESOURCE_EXHAUSTED","details":[{"@type":"type.googleapis.com/google.rpc.RetryInfo"}]}}"#,
        ),
        (
            "Ollama",
            Envelope::Ollama,
            r#"{"error":"Slow down","status":"error","retryable":1,"region":"eu"}"#,
        ),
    ];
    let problem = dated(&catalogue::UPSTREAM_RATE_LIMITED)
        .retry_after(7)
        .request_id("0190f6ac");
    table.problem("behind", as_meant(&problem));
    let mut beside = as_meant(&problem);
    beside["extensions"] = json!({ "region": "eu" });
    table.problem("beside", beside);
    for (title, envelope, body) in said {
        let kept = crate::Kept::object(body.as_bytes()).expect("an object");
        let wire = rendered(&problem.clone().kept(kept), Form::Json, envelope);
        let found = if envelope == Envelope::Gemini {
            "behind"
        } else {
            "beside"
        };
        let name = format!("behind what {title} said");
        table.event(&name, &wire.body, Some(found));
        table.answer(&name, FIRST, wire, Some(found), retry(7.0));
    }
}

/// As the last piece of a stream in each framing; what is in the table is what a reader of the framing hands on.
fn in_every_stream(table: &mut Table, problem: &Problem, name: &'static str) {
    let mut add = |title: &str, envelope, framing| {
        let frame = frame(problem, envelope, framing);
        let data = frame.lines().find(|line| line.contains('{')).expect("a document");
        let data = data.strip_prefix("data: ").unwrap_or(data);
        let data = data
            .strip_prefix(',')
            .and_then(|rest| rest.strip_suffix(']'))
            .unwrap_or(data);
        let title = format!("{name}: {title}, {framing:?}");
        let found = match own_members(problem, data) {
            own if own.is_empty() => name.to_owned(),
            own => {
                let mut meant = as_meant(problem);
                let extensions = meant["extensions"].as_object_mut().expect("an object");
                extensions.extend(own);
                table.problem(&title, meant);
                title.clone()
            }
        };
        table.event(&title, data, Some(&found));
    };
    for (title, envelope) in ENVELOPES {
        add(title, envelope, Framing::Sse);
    }
    add("OpenAI Responses", Envelope::OpenAiResponses, Framing::Sse);
    add("JSON-RPC", Envelope::JsonRpc, Framing::Sse);
    add("Ollama", Envelope::Ollama, Framing::Lines);
    add("Cohere", Envelope::Cohere, Framing::Lines);
    add("Gemini", Envelope::Gemini, Framing::Array);
}

/// Members that a provider's last event has beside the problem, which a reader cannot tell from the problem's own.
fn own_members(problem: &Problem, data: &str) -> Map<String, Value> {
    let event: Map<String, Value> = serde_json::from_str(data).expect("an object");
    let members = json!(problem);
    let beside = |name: &str| {
        members.get(name).is_none() && !name.starts_with("problem_") && !["error", "message"].contains(&name)
    };
    // Where the problem stands inside of an envelope, everything outside belongs to that.
    let at_the_top = event.contains_key("title");
    let own = event.into_iter().filter(|(name, _)| at_the_top && beside(name));
    own.collect()
}

fn in_every_form(table: &mut Table, problem: &Problem, name: &'static str, decision: &Value) {
    let mut add = |form, envelope, title: &str, found| {
        let wire = rendered(problem, form, envelope);
        table.answer(&format!("{name}: {title}"), FIRST, wire, found, decision.clone());
    };
    for (title, envelope) in ENVELOPES {
        add(Form::Json, envelope, &format!("JSON, {title}"), Some(name));
        add(
            Form::ProblemJson,
            envelope,
            &format!("problem+json, {title}"),
            Some(name),
        );
    }
    add(
        Form::Json,
        Envelope::JsonRpc,
        "JSON-RPC, under a status of success",
        Some(name),
    );
    add(Form::Markdown, Envelope::None, "Markdown", Some(name));
    // Nothing but the fields of the head is read, and they are enough.
    add(Form::Html, Envelope::None, "HTML", None);
}

fn rendered(problem: &Problem, form: Form, envelope: Envelope) -> Wire {
    let document = render(problem, form, envelope);
    let mut fields = vec![("content-type".to_owned(), document.content_type.to_owned())];
    fields.extend(
        document
            .headers
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value)),
    );
    Wire {
        status: document.status,
        fields,
        body: document.body,
    }
}

fn with(wire: &Wire, name: &str, value: &str) -> Wire {
    let mut wire = without(wire, &[name]);
    wire.fields.push((name.to_owned(), value.to_owned()));
    wire
}

fn without(wire: &Wire, names: &[&str]) -> Wire {
    let mut wire = wire.clone();
    wire.fields.retain(|(name, _)| !names.contains(&name.as_str()));
    wire
}

fn dated(kind: &'static crate::ProblemType) -> Problem {
    Problem::new(kind).at(SystemTime::UNIX_EPOCH + Duration::from_secs(1_795_000_000))
}
