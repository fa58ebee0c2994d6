//! Whatever comes is read without a panic, and what was written is read as it was meant.

use http::{HeaderMap, HeaderValue, StatusCode};
use proptest::prelude::*;

use super::*;
use crate::{Document, Envelope, Form, catalogue, render};

const ENVELOPES: [Envelope; 7] = [
    Envelope::None,
    Envelope::OpenAi,
    Envelope::Anthropic,
    Envelope::Gemini,
    Envelope::Cohere,
    Envelope::Ollama,
    Envelope::JsonRpc,
];

fn read(document: &Document) -> Option<Reported> {
    let mut fields = HeaderMap::new();
    fields.insert("content-type", HeaderValue::from_static(document.content_type));
    let status = StatusCode::from_u16(document.status).expect("a status");
    parse(status, &fields, document.body.as_bytes())
}

#[test]
fn every_problem_of_the_catalogue_is_read_from_every_form() {
    for kind in catalogue::ALL {
        let problem = Problem::new(kind);
        for envelope in ENVELOPES {
            for form in [Form::Json, Form::ProblemJson, Form::Markdown] {
                let found = read(&render(&problem, form, envelope)).expect(kind.code);
                assert_eq!(on_the_wire(&found), as_meant(&problem), "{form:?}, {envelope:?}");
                assert_eq!(found.kind(), Some(*kind));
            }
        }
    }
}

#[test]
fn a_body_that_is_too_long_is_not_read() {
    let fields = HeaderMap::new();
    let mut body = br#"{"type":"a:b","title":"T"}"#.to_vec();
    body.resize(LONGEST_BODY, b' ');
    assert!(parse(StatusCode::FORBIDDEN, &fields, &body).is_some());
    body.push(b' ');
    assert!(parse(StatusCode::FORBIDDEN, &fields, &body).is_none());
    assert!(parse_event(&String::from_utf8_lossy(&body)).is_none());
}

#[test]
fn a_byte_order_mark_and_broken_utf_8_do_no_harm() {
    let fields = HeaderMap::new();
    let body = b"\xEF\xBB\xBF {\"type\":\"a:b\",\"title\":\"\xFF\"}";
    let problem = parse(StatusCode::FORBIDDEN, &fields, body).expect("a problem");
    assert_eq!(problem.title.as_deref(), Some("\u{FFFD}"));
}

proptest! {
    #[test]
    fn hostile_text_is_read_as_it_was_meant(
        detail in any::<String>(),
        id in any::<String>(),
        note in proptest::collection::vec(any::<String>(), 0..3),
        form in prop::sample::select(&[Form::Json, Form::ProblemJson, Form::Markdown][..]),
        envelope in prop::sample::select(&ENVELOPES[..]),
    ) {
        let problem = Problem::new(&catalogue::RULE_BLOCKED)
            .detail(detail)
            .instance(id.clone())
            .request_id(id)
            .with("note", note);
        let found = read(&render(&problem, form, envelope));
        prop_assert_eq!(found.as_ref().map(on_the_wire), Some(as_meant(&problem)));
    }

    #[test]
    fn no_answer_is_too_strange(
        status in 100_u16..=999,
        media_type in prop::sample::select(&["application/problem+json", "application/json", "text/markdown", ""][..]),
        body in prop_oneof![
            proptest::collection::vec(any::<u8>(), 0..200),
            "(---|\\{)[\\{\\}\":,0-9a-z\\[\\] \n#-]{0,200}".prop_map(String::into_bytes),
        ],
        waits in any::<(f64, f64)>(),
    ) {
        let mut fields = HeaderMap::new();
        fields.insert("content-type", HeaderValue::from_static(media_type));
        fields.insert("retry-after", HeaderValue::from_str(&waits.0.to_string()).expect("a value"));
        let status = StatusCode::from_u16(status).expect("a status");
        let problem = parse(status, &fields, &body);
        let _event = parse_event(&String::from_utf8_lossy(&body));
        let tries = Tries { chance: waits.1, ..Tries::new(1, std::time::Duration::ZERO, true) };
        let answer = Answer::new(status, &fields, problem.as_ref());
        if let Decision::Retry(wait) = Policy::default().decide(&tries, &answer) {
            prop_assert!(wait <= Policy::default().budget);
        }
    }
}
