use std::sync::LazyLock;

use jsonschema::Validator;
use proptest::prelude::*;

use super::*;
use crate::catalogue::ALL;
use crate::problem::{Kept, Problem};
use crate::render::{Envelope, render};

/// The schema, or the part of it at this pointer.
fn validator(part: &str) -> Validator {
    let mut schema = document();
    if !part.is_empty() {
        schema = json!({ "$schema": schema["$schema"], "$defs": schema["$defs"], "$ref": part });
    }
    jsonschema::options()
        .should_validate_formats(true)
        .build(&schema)
        .expect("a valid schema")
}

static SHAPES: LazyLock<Shapes> = LazyLock::new(Shapes::new);

/// The validators of the three shapes of a body.
struct Shapes {
    problem: Validator,
    json_rpc: Validator,
    gemini: Validator,
}

impl Shapes {
    fn new() -> Self {
        Self {
            problem: validator(""),
            json_rpc: validator("#/$defs/json_rpc"),
            gemini: validator("#/$defs/gemini"),
        }
    }

    /// The first error of each JSON document of a problem.
    fn errors(&self, problem: &Problem) -> String {
        let mut errors = String::new();
        for form in [Form::Json, Form::ProblemJson] {
            for envelope in ENVELOPES {
                let body = render(problem, form, envelope).body;
                let document: Value = serde_json::from_str(&body).expect("JSON");
                let validator = match (envelope, form) {
                    (Envelope::JsonRpc, _) => &self.json_rpc,
                    (Envelope::Gemini, Form::Json) => &self.gemini,
                    _ => &self.problem,
                };
                if let Err(error) = validator.validate(&document) {
                    errors += &format!("{envelope:?} {}: {error} in {body}", error.instance_path());
                }
            }
        }
        errors
    }
}

const ENVELOPES: [Envelope; 8] = [
    Envelope::None,
    Envelope::OpenAi,
    Envelope::OpenAiResponses,
    Envelope::Anthropic,
    Envelope::Gemini,
    Envelope::Cohere,
    Envelope::Ollama,
    Envelope::JsonRpc,
];

#[test]
fn it_is_a_schema() {
    jsonschema::meta::validate(&document()).expect("valid under its own meta-schema");
    let page = schema();
    assert_eq!((page.status, page.content_type), (200, "application/schema+json"));
    assert_eq!(
        serde_json::from_str::<Value>(&page.body).expect("JSON"),
        document()
    );
}

#[test]
fn every_problem_in_every_envelope_is_valid() {
    for kind in ALL {
        let bare = Problem::new(kind);
        let full = bare
            .clone()
            .exchange("179500000012345612345678")
            .host("api.example.com:8443")
            .base("https://gate.example")
            .retryable(true)
            .retry_after(7)
            .with("score", 0.97)
            .with("param", "messages[1]");
        for problem in [bare, full] {
            assert_eq!(SHAPES.errors(&problem), "", "{}", kind.code);
        }
    }
}

#[test]
fn every_member_is_described_and_in_its_place() {
    let problem = Problem::new(&catalogue::RATE_LIMITED).exchange("1").host("a");
    let body = render(&problem, Form::ProblemJson, Envelope::None).body;
    let mut rest = body.as_str();
    for member in MEMBERS {
        let name = format!("\"{}\":", member.name);
        let (_, after) = rest.split_once(&name).expect(member.name);
        rest = after;
    }
    let document: Value = serde_json::from_str(&body).expect("JSON");
    assert_eq!(document.as_object().map(Map::len), Some(MEMBERS.len()));
    assert!(MEMBERS.iter().all(|member| member.description.ends_with('.')));
}

#[test]
fn what_is_not_a_problem_is_not_valid() {
    let body = render(&Problem::new(&catalogue::OVERLOADED), Form::Json, Envelope::None).body;
    let document: Value = serde_json::from_str(&body).expect("JSON");
    assert!(SHAPES.problem.is_valid(&document));
    for member in MEMBERS.iter().filter(|member| member.always) {
        for wrong in [None, Some(json!([])), Some(Value::Null)] {
            let mut broken = document.clone();
            let members = broken.as_object_mut().expect("an object");
            match wrong {
                None => members.remove(member.name),
                Some(wrong) => members.insert(member.name.to_owned(), wrong),
            };
            assert!(!SHAPES.problem.is_valid(&broken), "{broken}");
        }
    }
    for other in [json!({}), json!([]), json!("x"), json!({ "error": {} })] {
        assert!(
            !SHAPES.problem.is_valid(&other)
                && !SHAPES.json_rpc.is_valid(&other)
                && !SHAPES.gemini.is_valid(&other)
        );
    }
}

/// What an upstream may have said itself: names of ours among others, with values of any type.
fn kept() -> impl Strategy<Value = Kept> {
    let names: Vec<_> = MEMBERS
        .iter()
        .map(|member| member.name)
        .chain(["error", "message", "problem", "id"])
        .collect();
    let name = prop_oneof![
        prop::sample::select(names).prop_map(str::to_owned),
        "[a-oq-z]{1,8}"
    ];
    let value = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i32>().prop_map(Value::from),
        ".{0,20}".prop_map(Value::from),
        Just(json!({ "message": "no", "code": 7, "details": ["x"] })),
        Just(json!([{ "loc": ["body"], "msg": "field required" }])),
        prop::sample::select(vec!["about:blank", "gate", "/a/1", "2026-11-22T01:02:03Z"])
            .prop_map(Value::from),
        (400_u16..600).prop_map(Value::from),
    ];
    (prop::collection::vec((name, value), 0..8), any::<bool>()).prop_map(|(members, fills)| {
        let object: Map<_, _> = members.into_iter().collect();
        let kept = Kept::object(Value::Object(object).to_string().as_bytes()).expect("an object");
        if fills { kept.filling() } else { kept }
    })
}

proptest! {
    #[test]
    fn problems_with_any_text_are_valid(
        detail in any::<String>(),
        id in any::<String>(),
        host in any::<String>(),
        base in any::<String>(),
        status in any::<u16>(),
        seconds in any::<u32>(),
        extra in any::<String>(),
    ) {
        let problem = Problem::new(&catalogue::UPSTREAM_FAILED)
            .detail(detail).exchange(&id).host(host).base(base).status(status).retry_after(seconds).with("extra", extra);
        prop_assert_eq!(SHAPES.errors(&problem), "");
    }

    #[test]
    fn any_text_becomes_a_uri_reference(raw in "[-a-z0-9:/?#@%.\\[\\]é ]{0,20}") {
        let problem = Problem::new(&catalogue::NOT_FOUND).base(&*raw).instance(raw);
        prop_assert_eq!(SHAPES.errors(&problem), "");
    }

    #[test]
    fn problems_beside_what_an_upstream_says_are_valid(kept in kept()) {
        let problem = Problem::new(&catalogue::UPSTREAM_REJECTED).exchange("1").kept(kept);
        prop_assert_eq!(SHAPES.errors(&problem), "");
    }
}
