//! The upstream's own JSON object, with our members behind it.

use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::*;
use crate::Kept;

const ALL: [Envelope; 8] = [
    Envelope::None,
    Envelope::OpenAi,
    Envelope::OpenAiResponses,
    Envelope::Anthropic,
    Envelope::Gemini,
    Envelope::Cohere,
    Envelope::Ollama,
    Envelope::JsonRpc,
];

fn spliced(body: &str, form: Form, envelope: Envelope) -> String {
    let kept = Kept::value(body.as_bytes()).expect("JSON");
    let mut body = render(&overload().kept(kept), form, envelope).body;
    assert_eq!(body.pop(), Some('\n'));
    body
}

/// The members of the document in their order.
fn names(document: &str) -> Vec<String> {
    let value: Value = serde_json::from_str(document).expect("JSON");
    let mut names: Vec<_> = value.as_object().expect("an object").keys().cloned().collect();
    names.sort_by_key(|name| document.find(&format!("\"{name}\":")));
    names
}

#[test]
fn openai_behind_openais_own() {
    let body = "{\n  \"error\": {\n    \"message\": \"Slow down.\",\n    \"code\": null\n  }\n}\n";
    insta::assert_snapshot!(spliced(body, Form::Json, Envelope::OpenAi), @r#"
    {
      "error": {
        "message": "Slow down.",
        "code": null
      }
    ,"type":"/.well-known/lockgate/problems/overloaded","title":"Gate is overloaded","status":503,"detail":"The gate has as many requests in work as it can take.","code":"overloaded","category":"overload","retryable":true,"retry_after":2,"owner_action_required":false,"what_to_do":"Wait 2 seconds, then send the same request again, with fewer requests at a time.","timestamp":"2026-11-18T11:06:40Z","source":"gate"}
    "#);
}

#[test]
fn a_word_of_a_load_balancer_gains_the_envelope_of_the_route() {
    let body = r#"{"message": "no"}"#;
    insta::assert_snapshot!(spliced(body, Form::Json, Envelope::OpenAi).replace(",\"", ",\n\""), @r#"
    {"message": "no",
    "type":"/.well-known/lockgate/problems/overloaded",
    "title":"Gate is overloaded",
    "status":503,
    "detail":"The gate has as many requests in work as it can take.",
    "code":"overloaded",
    "category":"overload",
    "retryable":true,
    "retry_after":2,
    "owner_action_required":false,
    "what_to_do":"Wait 2 seconds, then send the same request again, with fewer requests at a time.",
    "timestamp":"2026-11-18T11:06:40Z",
    "source":"gate",
    "error":{"message":"The gate has as many requests in work as it can take.",
    "type":"server_error",
    "code":"overloaded",
    "param":null}}
    "#);
    for (envelope, added) in [
        (Envelope::Anthropic, vec!["type", "problem_type", "error"]),
        (Envelope::Gemini, vec!["error"]),
        (Envelope::Ollama, vec!["type", "error"]),
        (Envelope::Cohere, vec!["type"]),
    ] {
        let names = names(&spliced(body, Form::Json, envelope));
        for name in added {
            assert!(
                names.iter().any(|known| known == name),
                "{envelope:?} lacks {name}: {names:?}"
            );
        }
        assert_eq!(names.iter().filter(|name| *name == "message").count(), 1);
    }
}

#[test]
fn taken_names_are_ours_with_a_prefix() {
    let body = r#"{"type":"error","status":"UNAVAILABLE","detail":7,"problem_status":1,"code":[]}"#;
    let document: Value = serde_json::from_str(&spliced(body, Form::Json, Envelope::None)).expect("JSON");
    assert_eq!(document["type"], "error");
    assert_eq!(
        document["problem_type"],
        "/.well-known/lockgate/problems/overloaded"
    );
    assert_eq!(document["status"], "UNAVAILABLE");
    assert_eq!(document["problem_status"], 1);
    assert_eq!(document["problem_problem_status"], 503);
    assert_eq!(document["problem_code"], "overloaded");
    assert_eq!(document["category"], "overload");
}

#[test]
fn anthropics_own_stays_anthropics() {
    let body =
        r#"{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"},"request_id":"req_1"}"#;
    let text = spliced(body, Form::Json, Envelope::Anthropic);
    assert!(text.starts_with(body.trim_end_matches('}')));
    let document: Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(document["type"], "error");
    assert_eq!(document["error"]["message"], "Overloaded");
    assert_eq!(
        document["problem_type"],
        "/.well-known/lockgate/problems/overloaded"
    );
    // anthropic-npm shows this one.
    assert_eq!(document["message"], overload().detail_text());
}

#[test]
fn googles_sdks_see_nothing_but_googles_error() {
    let body = r#"{"error":{"code":429,"message":"Exhausted.","status":"RESOURCE_EXHAUSTED"}}"#;
    let text = spliced(body, Form::Json, Envelope::Gemini);
    assert_eq!(names(&text), ["error", "problem"]);
    assert!(text.starts_with(body.trim_end_matches('}')));
    let document: Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(document["problem"]["code"], "overloaded");
}

#[test]
fn json_rpc_has_it_in_its_data() {
    let text = spliced("{\"error\":\n\"no\"}", Form::Json, Envelope::JsonRpc);
    let document: Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(
        document["error"]["data"]["upstream_error"],
        json!({"error": "no"})
    );
    assert_eq!(document["error"]["data"]["code"], "overloaded");
    let text = spliced("[1, 2]", Form::Json, Envelope::JsonRpc);
    assert!(text.ends_with(r#""upstream_error":[1, 2]}}}"#), "{text}");
}

#[test]
fn whatever_stands_around_the_object_is_left_out() {
    for body in ["{}", " {} \r\n", "\u{FEFF}{}\t", "{ }"] {
        let text = spliced(body, Form::Json, Envelope::None);
        assert!(
            text.starts_with("{\"type\":") || text.starts_with("{ \"type\":"),
            "{text}"
        );
    }
    assert!(spliced("{\"a\":1 }", Form::Json, Envelope::None).starts_with("{\"a\":1 ,\"type\":"));
}

#[test]
fn what_is_no_object_is_wrapped() {
    for body in ["[1, {\"a\": 2}]", "\"no\"", "17", "null", "[]"] {
        let text = spliced(body, Form::Json, Envelope::None);
        assert!(
            text.starts_with(&format!("{{\"upstream_error\":{body},\"type\":")),
            "{text}"
        );
    }
    assert_eq!(Kept::object(b"[]"), None);
}

#[test]
fn numbers_duplicates_and_odd_names_stay_as_they_are() {
    let body = r#"{"big":123456789012345678901234567890.5e1000,"a":1,"a":2,"\u0074itle":"x","":0,"\ud83d\ude00":"\ud800"}"#;
    let text = spliced(body, Form::Json, Envelope::None);
    assert!(text.starts_with(body.trim_end_matches('}')));
    // An escaped name is the same name.
    assert!(text.contains("\"problem_title\":\"Gate is overloaded\""));
}

#[test]
fn what_is_not_sound_json_is_not_kept() {
    for body in [
        "",
        "{",
        "{}{}",
        "{} x",
        "{\"a\":}",
        "{\"a\":1,}",
        "{'a':1}",
        "{\"a\":NaN}",
        "{\"a\":01}",
        "{\"a\":\"\n\"}",
        "\u{FEFF}\u{FEFF}{}",
        "\u{a0}{}",
    ] {
        assert_eq!(Kept::value(body.as_bytes()), None, "{body:?}");
    }
    assert_eq!(Kept::value(b"{\"a\":\"\xff\"}"), None);
    let nested = |depth: usize| format!("{}{}", "{\"a\":".repeat(depth) + "0", "}".repeat(depth));
    assert!(Kept::object(nested(100).as_bytes()).is_some());
    assert!(Kept::object(nested(101).as_bytes()).is_none());
    assert!(Kept::value("[".repeat(1 << 20).as_bytes()).is_none());
    // Brackets in strings nest nothing.
    assert!(Kept::object(format!("{{\"a\":\"{}\\\"[\"}}", "[{".repeat(500)).as_bytes()).is_some());
}

#[test]
fn a_problem_document_is_filled() {
    let body = r#"{"type":"about:blank","status":418,"detail":"I am a teapot."}"#;
    let kept = Kept::object(body.as_bytes()).expect("an object").filling();
    for envelope in [Envelope::None, Envelope::Anthropic] {
        let text = render(&overload().kept(kept.clone()), Form::Json, envelope).body;
        assert!(text.starts_with(body.trim_end_matches('}')), "{text}");
        assert!(!text.contains("problem_"), "{text}");
        let document: Value = serde_json::from_str(&text).expect("JSON");
        assert_eq!(document["title"], "Gate is overloaded");
        assert_eq!(document["status"], 418);
    }
    let whole = serde_json::to_string(&overload()).expect("JSON");
    let kept = Kept::object(whole.as_bytes()).expect("an object").filling();
    let text = render(&overload().kept(kept), Form::ProblemJson, Envelope::None).body;
    assert_eq!(text.trim_end(), whole, "nothing was missing");
}

#[test]
fn it_is_said_once_and_quoted_where_the_form_is_for_reading() {
    let kept = Kept::object(b"{\"error\":\n\"no\\n---\\n# Do this\"}").expect("an object");
    let document = render(&overload().kept(kept), Form::Markdown, Envelope::OpenAi).body;
    let yaml = front_matter(&document);
    assert_eq!(yaml["upstream_error"], r#"{"error": "no\n---\n# Do this"}"#);
    assert_eq!(yaml["retryable"], true);
}

#[test]
fn another_document_than_a_problem_is_not_called_one() {
    let with = |kept: Kept| render(&overload().kept(kept), Form::ProblemJson, Envelope::None).content_type;
    let kept = Kept::object(b"{\"type\":\"error\"}").expect("an object");
    assert_eq!(with(kept.clone()), "application/json");
    assert_eq!(with(kept.filling()), "application/problem+json");
}

/// JSON objects with names like ours among their members.
fn object() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    let value = leaf.prop_recursive(3, 16, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(any::<String>(), inner, 0..4)
                .prop_map(|members| Value::Object(Map::from_iter(members))),
        ]
    });
    let name = prop_oneof![
        any::<String>(),
        prop::sample::select(
            &[
                "type",
                "title",
                "status",
                "detail",
                "code",
                "error",
                "message",
                "problem",
                "problem_type",
                "problem_problem_type",
                "retryable",
                "timestamp",
                "upstream_error",
            ][..]
        )
        .prop_map(str::to_owned),
    ];
    prop::collection::btree_map(name, value, 0..8).prop_map(|members| Value::Object(Map::from_iter(members)))
}

proptest! {
    #[test]
    fn nothing_of_theirs_changes_and_nothing_of_ours_is_lost(
        object in object(),
        pretty in any::<bool>(),
        envelope in prop::sample::select(&ALL[..]),
        form in prop::sample::select(&[Form::Json, Form::ProblemJson][..]),
    ) {
        let theirs = if pretty { format!("{object:#}") } else { object.to_string() };
        // Numbers as everybody reads them who reads the document.
        let object: Value = serde_json::from_str(&theirs).expect("JSON");
        let text = spliced(&theirs, form, envelope);
        let document: Value = serde_json::from_str(&text).expect("JSON");
        if envelope == Envelope::JsonRpc {
            prop_assert!(text.contains(&theirs));
            prop_assert_eq!(&document["error"]["data"]["upstream_error"], &object);
            return Ok(());
        }
        let front = theirs.trim_end_matches('}').len().min(theirs.len() - 1);
        prop_assert_eq!(&text[..front], &theirs[..front]);
        for (name, value) in object.as_object().expect("an object") {
            prop_assert_eq!(document.get(name), Some(value), "{}", name);
        }
        let ours = serde_json::to_value(overload()).expect("JSON");
        if envelope == Envelope::Gemini && form == Form::Json {
            let within = document.pointer("/error/details/0").or(document.get("problem"));
            let within = within.filter(|within| within.get("code").is_some()).or(document.get("problem_problem"));
            prop_assert_eq!(within, Some(&ours));
            return Ok(());
        }
        for (name, value) in ours.as_object().expect("an object") {
            let mut name = name.clone();
            let word = envelope == Envelope::Anthropic && form == Form::Json && name == "type";
            while object.get(&name).is_some() || (word && name == "type") {
                name.insert_str(0, "problem_");
            }
            prop_assert_eq!(document.get(&name), Some(value), "{}", name);
        }
    }

    #[test]
    fn any_bytes_are_kept_whole_or_not_at_all(body in prop::collection::vec(any::<u8>(), 0..40)) {
        if let Some(kept) = Kept::value(&body) {
            prop_assert!(serde_json::from_str::<Value>(kept.text()).is_ok() || kept.text().contains(['e', 'E', '\\']));
        }
    }
}
