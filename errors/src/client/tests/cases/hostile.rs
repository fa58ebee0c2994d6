//! What a server might send to confuse a caller.

use super::foreign::{JSON, MARKDOWN, PROBLEM};
use super::*;

pub(super) fn add(table: &mut Table) {
    let body = json!({
        "type": ["https://example.com/x"],
        "title": { "a": 1 },
        "status": 503.5,
        "detail": null,
        "retryable": "true",
        "retry_after": "soon",
        "code": true,
        "problem_title": "Real",
    });
    table.problem(
        "mistyped",
        json!({ "type": "about:blank", "title": "Real", "status": 503, "extensions": {} }),
    );
    let answer = wire(503, &[PROBLEM], body.to_string());
    table.answer(
        "members of wrong types",
        FIRST,
        answer,
        Some("mistyped"),
        retry(0.5),
    );

    for (name, stated, wait, decision) in [
        ("wait-negative", json!(-30), 0.0, retry(0.5)),
        (
            "wait-absurd",
            json!(1e300),
            604_800.0,
            json!({ "stop": "too_long", "wait": 604_800.0 }),
        ),
    ] {
        let body = json!({ "type": "a:b", "status": 99_999, "retryable": true, "retry_after": stated });
        table.problem(
            name,
            json!({ "type": "a:b", "status": 503, "retryable": true, "retry_after": wait, "extensions": {} }),
        );
        table.answer(
            name,
            FIRST,
            wire(503, &[PROBLEM], body.to_string()),
            Some(name),
            decision,
        );
    }

    let polluting =
        r#"{"type":"a:b","title":"T","__proto__":{"retryable":true},"constructor":1,"x":{"y":[]}}"#;
    let extensions = json!({ "__proto__": { "retryable": true }, "constructor": 1, "x": { "y": [] } });
    table.problem(
        "polluting",
        json!({ "type": "a:b", "title": "T", "status": 400, "extensions": extensions }),
    );
    table.answer(
        "names that JavaScript knows",
        FIRST,
        wire(400, &[JSON], polluting),
        Some("polluting"),
        stop("final"),
    );

    let page = "---\nstatus: 503\n__proto__: {\"retryable\": false}\n---\n";
    table.answer(
        "a name that JavaScript knows, in front matter",
        FIRST,
        wire(503, &[MARKDOWN], page),
        None,
        retry(0.5),
    );

    let page = "---\ntype: \"a:b\"\ntitle: \"First\"\n---\n\n# Second\n\n**What to do:** One\n**What to do:** Two\n# Third\n";
    table.problem(
        "first",
        json!({ "type": "a:b", "title": "First", "status": 403, "what_to_do": "One", "extensions": {} }),
    );
    table.answer(
        "what comes first counts",
        FIRST,
        wire(403, &[MARKDOWN], page),
        Some("first"),
        stop("final"),
    );

    let broken = [
        ("JSON that breaks off", r#"{"type":"a:b","title":"T""#.to_owned()),
        (
            "JSON with more behind it",
            r#"{"type":"a:b","title":"T"} {}"#.to_owned(),
        ),
        (
            "no JSON number",
            r#"{"type":"a:b","title":"T","x":NaN}"#.to_owned(),
        ),
        ("nothing but depth", "[".repeat(5000)),
        (
            "front matter without an end",
            "---\ntype: \"a:b\"\nstatus: 503\nretryable: true\n".to_owned(),
        ),
        (
            "front matter that is no end",
            "---\nstatus: 503\nretryable: true\n----\n".to_owned(),
        ),
        (
            "endless front matter",
            format!("---\n{}status: 503\nretryable: true\n---\n", "a: b\n".repeat(300)),
        ),
        (
            "nested front matter",
            "---\nproblem:\n  status: 503\n  retryable: true\n---\n".to_owned(),
        ),
    ];
    for (name, body) in broken {
        table.answer(
            &format!("broken: {name}"),
            FIRST,
            wire(403, &[], body),
            None,
            stop("final"),
        );
    }
}
