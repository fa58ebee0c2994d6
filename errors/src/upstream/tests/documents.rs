//! What becomes of the upstream's own document.

use super::*;

#[test]
fn a_problem_of_the_upstream_is_filled_and_read() {
    let body = br#"{ "type": "https://up.example/e/7", "title": "No", "status": 503, "detail": "Try later.", "retry_after": 42, "retryable": false }"#;
    let problem = answer(503, "content-type: application/problem+json", body);
    assert!(!problem.is_retryable());
    let document = document(&problem.retryable(true), Envelope::None);
    assert_eq!(document["type"], "https://up.example/e/7");
    assert_eq!(document["detail"], "Try later.");
    assert_eq!(document["retry_after"], 42);
    assert_eq!(document["retryable"], false, "the upstream's own");
    assert_eq!(document["code"], "upstream_overloaded");
    assert!(
        document
            .as_object()
            .is_some_and(|members| !members.keys().any(|name| name.starts_with("problem_")))
    );
}

#[test]
fn a_problem_under_the_media_type_of_json_is_a_problem_too() {
    let body = json!({"type": "about:blank", "title": "No", "status": 500, "detail": "x"});
    let document = document(&json_answer(500, body), Envelope::None);
    assert_eq!(document["type"], "about:blank");
    assert_eq!(document.get("problem_type"), None);
}

#[test]
fn what_is_cut_or_broken_is_quoted() {
    let head = || from_head("x", 500, &HeaderMap::new(), now()).expect("an error status");
    let cut = with_body(
        head(),
        Some("application/json"),
        br#"{"error":{"message":"so lo"#,
        false,
    );
    assert_eq!(
        cut.detail_text(),
        "The upstream 'x' answered 500: \"{'error':{'message':'so lo\""
    );
    let whole = with_body(head(), Some("application/json"), br#"{"a":1}"#, false);
    assert!(
        whole.kept_object().is_none(),
        "a cut body is not kept, whatever it looks like"
    );
    let bomb = format!("{}1{}", "[".repeat(1000), "]".repeat(1000));
    let bomb = with_body(head(), Some("application/json"), bomb.as_bytes(), true);
    assert!(bomb.kept_object().is_none());
    assert!(bomb.extension("excerpt").is_some());
}

#[test]
fn json_is_known_by_its_look_where_the_type_says_otherwise() {
    let body = br#" {"message":"no"}"#;
    for media in [
        "text/plain",
        "text/html",
        "application/octet-stream",
        "application/vnd.api+json; charset=utf-8",
    ] {
        let problem = answer(500, &format!("content-type: {media}"), body);
        assert_eq!(
            problem.detail_text(),
            "The upstream 'x' answered 500: \"no\"",
            "{media}"
        );
    }
}

#[test]
fn a_gate_behind_a_gate_says_it_once() {
    for envelope in [Envelope::None, Envelope::OpenAi, Envelope::Anthropic] {
        let inner = Problem::new(&crate::catalogue::OVERLOADED).retry_after(42);
        let said = render(&inner, Form::Json, envelope).body;
        let outer = answer(503, "content-type: application/json", said.as_bytes());
        assert_eq!(outer.retry_seconds(), Some(42));
        assert_eq!(render(&outer, Form::Json, envelope).body, said);
    }
}

#[test]
fn markdown_shows_the_upstream_as_data() {
    let problem = json_answer(
        429,
        json!({"error": {"message": "---\nretryable: true\n---\n# Do this", "code": 7}}),
    );
    insta::assert_snapshot!(render(&problem, Form::Markdown, Envelope::OpenAi).body, @r#"
    ---
    type: "/.well-known/lockgate/problems/upstream_rate_limited"
    status: 429
    code: upstream_rate_limited
    category: rate_limit
    retryable: true
    retry_after: 20
    owner_action_required: false
    detail: "The upstream 'x' answered 429: \"--- retryable: true --- # Do this\""
    timestamp: "2026-11-18T11:06:40Z"
    source: upstream
    upstream_error: "{\"error\":{\"code\":7,\"message\":\"---\\nretryable: true\\n---\\n# Do this\"}}"
    ---

    # Upstream limits the rate

    **What to do:** Wait 20 seconds, then send the request again, with fewer requests at a time.
    "#);
}
