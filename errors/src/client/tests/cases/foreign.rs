//! Answers of others: problems of other servers, what is no problem, statuses and waits.

use super::*;

pub(super) const JSON: (&str, &str) = ("content-type", "application/json");
pub(super) const PROBLEM: (&str, &str) = ("content-type", "application/problem+json; charset=utf-8");
pub(super) const MARKDOWN: (&str, &str) = ("content-type", "text/markdown; charset=utf-8");
const HTML: (&str, &str) = ("content-type", "text/html");

const UNSAFE: Past = Past {
    idempotent: false,
    ..FIRST
};

pub(super) fn add(table: &mut Table) {
    problems(table);
    shadowed(table);
    no_problems(table);
    by_status(table);
    waits(table);
}

/// Problems of other servers.
fn problems(table: &mut Table) {
    let credit = json!({
        "type": "https://example.com/probs/out-of-credit",
        "title": "You do not have enough credit.",
        "detail": "Your current balance is 30, but that costs 50.",
        "instance": "/account/12345/msgs/abc",
        "balance": 30,
        "accounts": ["/account/12345", "/account/67890"],
    });
    let expected = json!({
        "type": credit["type"],
        "title": credit["title"],
        "status": 403,
        "detail": credit["detail"],
        "instance": credit["instance"],
        "extensions": { "balance": 30, "accounts": credit["accounts"] },
    });
    table.problem("credit", expected);
    let body = credit.to_string();
    table.answer(
        "another server's problem",
        FIRST,
        wire(403, &[PROBLEM], body.clone()),
        Some("credit"),
        stop("final"),
    );
    table.answer(
        "it is known by its members too",
        FIRST,
        wire(403, &[JSON], body),
        Some("credit"),
        stop("final"),
    );

    table.problem(
        "blank",
        json!({ "type": "about:blank", "status": 502, "extensions": {} }),
    );
    let blank = wire(502, &[PROBLEM], "{}");
    table.answer(
        "an empty problem",
        FIRST,
        blank.clone(),
        Some("blank"),
        retry(0.5),
    );
    table.answer(
        "an empty problem, not to be repeated",
        UNSAFE,
        blank,
        Some("blank"),
        stop("unsafe"),
    );

    let page = "---\nerror_code: 1015\nerror_name: rate_limited\nstatus: 429\nray_id: 9d99a4434fz2d168\n\
        cloudflare_error: true\nretryable: true\nretry_after: 30\n\n# a comment\n---\r\n\n# Error 1015\n\n## What Happened\n";
    let expected = json!({
        "type": "about:blank",
        "title": "Error 1015",
        "status": 429,
        "retryable": true,
        "retry_after": 30.0,
        "extensions": {
            "error_code": 1015,
            "error_name": "rate_limited",
            "ray_id": "9d99a4434fz2d168",
            "cloudflare_error": true,
        },
    });
    table.problem("bare", expected);
    table.answer(
        "front matter with bare words",
        FIRST,
        wire(429, &[MARKDOWN], page),
        Some("bare"),
        retry(30.0),
    );

    let listed = json!({ "problem": [7, {}, { "type": "/x", "title": "", "status": 5.03e2 }] });
    table.problem(
        "listed",
        json!({ "type": "/x", "title": "", "status": 503, "extensions": {} }),
    );
    let answer = wire(500, &[JSON], listed.to_string());
    table.answer(
        "a list, an empty title, and a status with a fraction",
        FIRST,
        answer,
        Some("listed"),
        retry(0.5),
    );
}

/// A problem that was added to what an upstream said in the same words.
fn shadowed(table: &mut Table) {
    let body = json!({
        "type": "error",
        "error": { "type": "overloaded_error", "message": "Overloaded", "details": null },
        "request_id": "req_011",
        "status": "error",
        "code": 7,
        "region": "eu",
        "problem_type": "/.well-known/lockgate/problems/upstream_overloaded",
        "title": "Upstream is overloaded",
        "problem_status": 529,
        "problem_code": "upstream_overloaded",
        "retryable": true,
        "retry_after": 7,
        "problem_request_id": "0190f6ac",
    });
    let expected = json!({
        "type": "/.well-known/lockgate/problems/upstream_overloaded",
        "title": "Upstream is overloaded",
        "status": 529,
        "code": "upstream_overloaded",
        "retryable": true,
        "retry_after": 7.0,
        "request_id": "0190f6ac",
        "extensions": { "region": "eu" },
    });
    table.problem("shadowed", expected);
    let answer = wire(529, &[JSON], body.to_string());
    table.answer(
        "an upstream used our names first",
        UNSAFE,
        answer,
        Some("shadowed"),
        retry(7.0),
    );
    table.event(
        "an upstream used our names first",
        &body.to_string(),
        Some("shadowed"),
    );
}

/// JSON and Markdown that only look like problems.
fn no_problems(table: &mut Table) {
    let bodies = [
        (
            "a provider's own error",
            r#"{"type":"error","error":{"type":"api_error","message":"Oh"}}"#,
        ),
        ("a framework's detail", r#"{"detail":"Not Found"}"#),
        ("a schema", r#"{"type":"object","title":"A thing","status":404}"#),
        ("a list", r#"[{"type":"https://example.com/x","title":"X"}]"#),
        ("a text", r#""https://example.com/x""#),
        ("nothing", ""),
        (
            "front matter of a page",
            "---\ntitle: 'Home'\ndate: 2026-01-01\n---\n\n# Home\n",
        ),
    ];
    for (name, body) in bodies {
        table.answer(
            &format!("no problem: {name}"),
            FIRST,
            wire(404, &[JSON], body),
            None,
            stop("final"),
        );
    }
    let success = json!({ "type": "https://example.com/x", "title": "X", "status": 503, "retryable": true });
    let name = "no problem: a document under a status of success";
    table.answer(
        name,
        FIRST,
        wire(200, &[JSON], success.to_string()),
        None,
        stop("no_error"),
    );
    let wrapped = json!({ "error": { "data": success } });
    let name = "no problem: something like a JSON-RPC error under a status of success";
    table.answer(
        name,
        FIRST,
        wire(200, &[JSON], wrapped.to_string()),
        None,
        stop("no_error"),
    );
    let result = json!({ "jsonrpc": "2.0", "id": 1, "result": success });
    let name = "no problem: a JSON-RPC result";
    table.answer(
        name,
        FIRST,
        wire(200, &[JSON], result.to_string()),
        None,
        stop("no_error"),
    );
    for (name, data) in [
        (
            "a chunk",
            r#"{"id":"c1","object":"chat.completion.chunk","choices":[{"delta":{"content":"Hi"}}]}"#,
        ),
        (
            "an event",
            r#"{"type":"message_start","message":{"id":"m1","type":"message"}}"#,
        ),
        ("the end", "[DONE]"),
    ] {
        table.event(&format!("no problem: {name}"), data, None);
    }
}

/// What a status alone says.
fn by_status(table: &mut Table) {
    let page = "<html><head><title>Oh</title></head></html>";
    for (status, idempotent, not) in [
        (400, "final", "final"),
        (404, "final", "final"),
        (408, "", ""),
        (409, "final", "final"),
        (425, "", ""),
        (429, "", ""),
        (500, "", "unsafe"),
        (501, "final", "final"),
        (505, "final", "final"),
        (502, "", "unsafe"),
        (503, "", ""),
        (504, "", "unsafe"),
        (522, "", "unsafe"),
        (529, "", ""),
        (200, "no_error", "no_error"),
        (304, "no_error", "no_error"),
    ] {
        for (past, reason, title) in [(FIRST, idempotent, "idempotent"), (UNSAFE, not, "not idempotent")] {
            let decision = if reason.is_empty() {
                retry(0.5)
            } else {
                stop(reason)
            };
            table.answer(
                &format!("{status}, {title}"),
                past,
                wire(status, &[HTML], page),
                None,
                decision,
            );
        }
    }
    let refused = wire(503, &[HTML, ("x-should-retry", "false")], page);
    table.answer("503 with a no", FIRST, refused, None, stop("final"));
    let asked = wire(400, &[HTML, ("x-should-retry", "true")], page);
    table.answer("400 with a yes", UNSAFE, asked, None, retry(0.5));
    let mumbled = wire(503, &[HTML, ("x-should-retry", "maybe")], page);
    table.answer("503 with neither", FIRST, mumbled, None, retry(0.5));
}

/// How long to wait.
fn waits(table: &mut Table) {
    let date = ("date", "Wed, 18 Nov 2026 11:06:40 GMT");
    for (name, fields, past, decision) in [
        ("seconds", &[("retry-after", "7")][..], FIRST, retry(7.0)),
        (
            "seconds with a fraction",
            &[("retry-after", "1.5")],
            FIRST,
            retry(1.5),
        ),
        (
            "a date",
            &[date, ("retry-after", "Wed, 18 Nov 2026 11:07:10 GMT")],
            FIRST,
            retry(30.0),
        ),
        (
            "a date that is over",
            &[date, ("retry-after", "Wed, 18 Nov 2026 11:06:00 GMT")],
            FIRST,
            retry(0.5),
        ),
        (
            "an old form of a date",
            &[date, ("retry-after", "Wed Nov 18 11:07:10 2026")],
            FIRST,
            retry(30.0),
        ),
        ("a bare fraction", &[("retry-after", ".5")], FIRST, retry(0.5)),
        ("a sign", &[("retry-after", "+5")], FIRST, retry(5.0)),
        ("an empty field", &[("retry-after", "")], FIRST, retry(0.5)),
        (
            "no milliseconds",
            &[("retry-after-ms", "0"), ("retry-after", "9")],
            FIRST,
            retry(0.5),
        ),
        (
            "unreadable milliseconds",
            &[("retry-after-ms", "x"), ("retry-after", "9")],
            FIRST,
            retry(9.0),
        ),
        ("zero says nothing", &[("retry-after", "0")], FIRST, retry(0.5)),
        ("less than nothing", &[("retry-after", "-5")], FIRST, retry(0.5)),
        ("no number", &[("retry-after", "soon")], FIRST, retry(0.5)),
        (
            "milliseconds",
            &[("retry-after-ms", "250"), ("retry-after", "9")],
            FIRST,
            retry(0.25),
        ),
        (
            "the third of more tries",
            &[],
            Past { made: 2, ..FIRST },
            retry(1.0),
        ),
        ("all the jitter", &[], Past { chance: 1.0, ..FIRST }, retry(0.625)),
        ("the longest wait", &[("retry-after", "60")], FIRST, retry(60.0)),
        (
            "one second too long",
            &[("retry-after", "61")],
            FIRST,
            json!({ "stop": "too_long", "wait": 61.0 }),
        ),
        (
            "no server waits longer than a week",
            &[("retry-after", "99999999999")],
            FIRST,
            json!({ "stop": "too_long", "wait": 604_800.0 }),
        ),
    ] {
        table.answer(
            &format!("wait: {name}"),
            past,
            wire(503, fields, ""),
            None,
            decision,
        );
    }
}
