//! The whole document in each form.

use super::*;

#[test]
fn json() {
    let document = render(&verdict(), Form::Json, Envelope::None);
    insta::assert_snapshot!(wire(&document), @r#"
    403
    content-type: application/json
    cache-control: no-store
    content-language: en
    vary: accept
    x-content-type-options: nosniff
    x-should-retry: false
    x-request-id: 179500000012345612345678
    request-id: 179500000012345612345678

    {"type":"/.well-known/lockgate/problems/prompt_injection",
    "title":"Prompt injection blocked",
    "status":403,
    "detail":"Message 2 looks like an injection (score 0.97, threshold 0.9).",
    "instance":"/.well-known/lockgate/exchanges/179500000012345612345678",
    "code":"prompt_injection",
    "category":"content_policy",
    "retryable":false,
    "owner_action_required":false,
    "what_to_do":"Do not send the same prompt again. Remove the text that tries to change the model's instructions; it often comes from a tool result, a web page or a document.",
    "request_id":"179500000012345612345678",
    "timestamp":"2026-11-18T11:06:40Z",
    "host":"api.example.com",
    "source":"gate",
    "score":0.97,
    "param":"messages[1].content"}
    "#);
}

#[test]
fn problem_json_of_a_retryable_problem() {
    let document = render(&overload(), Form::ProblemJson, Envelope::None);
    insta::assert_snapshot!(wire(&document), @r#"
    503
    content-type: application/problem+json
    cache-control: no-store
    content-language: en
    vary: accept
    x-content-type-options: nosniff
    x-should-retry: true
    retry-after: 2

    {"type":"/.well-known/lockgate/problems/overloaded",
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
    "source":"gate"}
    "#);
}

#[test]
fn markdown() {
    let document = render(&verdict(), Form::Markdown, Envelope::None);
    insta::assert_snapshot!(wire(&document), @r#"
    403
    content-type: text/markdown; charset=utf-8
    cache-control: no-store
    content-language: en
    vary: accept
    x-content-type-options: nosniff
    x-should-retry: false
    x-request-id: 179500000012345612345678
    request-id: 179500000012345612345678

    ---
    type: "/.well-known/lockgate/problems/prompt_injection"
    status: 403
    code: prompt_injection
    category: content_policy
    retryable: false
    owner_action_required: false
    detail: "Message 2 looks like an injection (score 0.97, threshold 0.9)."
    request_id: "179500000012345612345678"
    timestamp: "2026-11-18T11:06:40Z"
    host: "api.example.com"
    source: gate
    score: 0.97
    param: "messages[1].content"
    ---

    # Prompt injection blocked

    **What to do:** Do not send the same prompt again. Remove the text that tries to change the model's instructions; it often comes from a tool result, a web page or a document.
    "#);
}

#[test]
fn markdown_of_a_retryable_problem() {
    let document = render(&overload(), Form::Markdown, Envelope::None);
    insta::assert_snapshot!(wire(&document), @r#"
    503
    content-type: text/markdown; charset=utf-8
    cache-control: no-store
    content-language: en
    vary: accept
    x-content-type-options: nosniff
    x-should-retry: true
    retry-after: 2

    ---
    type: "/.well-known/lockgate/problems/overloaded"
    status: 503
    code: overloaded
    category: overload
    retryable: true
    retry_after: 2
    owner_action_required: false
    detail: "The gate has as many requests in work as it can take."
    timestamp: "2026-11-18T11:06:40Z"
    source: gate
    ---

    # Gate is overloaded

    **What to do:** Wait 2 seconds, then send the same request again, with fewer requests at a time.
    "#);
}

#[test]
fn html() {
    let document = render(&verdict(), Form::Html, Envelope::None);
    insta::assert_snapshot!(wire(&document), @r#"
    403
    content-type: text/html; charset=utf-8
    cache-control: no-store
    content-language: en
    vary: accept
    x-content-type-options: nosniff
    x-should-retry: false
    x-request-id: 179500000012345612345678
    request-id: 179500000012345612345678
    content-security-policy: default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'

    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width,initial-scale=1">
    <meta name="robots" content="noindex">
    <title>403 Prompt injection blocked</title>
    <style>
    :root{color-scheme:light dark;--ink:#1a1d21;--soft:#5b6470;--line:#e1e4e8;--paper:#fff;--back:#f5f6f8;--mark:#3b5bdb}
    .final{--mark:#c92a2a}
    .again{--mark:#b35c00}
    @media(prefers-color-scheme:dark){:root{--ink:#e9ebee;--soft:#98a2ae;--line:#2b3138;--paper:#16191d;--back:#0c0e11;--mark:#91a7ff}.final{--mark:#ff8787}.again{--mark:#ffb35c}}
    *{box-sizing:border-box}
    body{margin:0;padding:clamp(1rem,7vw,5rem) 1rem;background:var(--back);color:var(--ink);font:1rem/1.55 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;overflow-wrap:anywhere;-webkit-text-size-adjust:100%}
    main{max-width:42rem;margin:0 auto;padding:clamp(1.25rem,6vw,2.75rem);background:var(--paper);border:1px solid var(--line);border-top:3px solid var(--mark);border-radius:.5rem}
    h1{margin:0;font-size:clamp(1.5rem,6vw,2rem);line-height:1.2;letter-spacing:-.02em;text-wrap:balance}
    h2{margin:2rem 0 .25rem;font-size:1rem}
    p{margin:.5rem 0}
    .kicker{margin:0 0 .4rem;color:var(--mark);font-weight:600;font-variant-numeric:tabular-nums}
    blockquote{margin:1rem 0 0;font-size:1.125rem;line-height:1.5}
    code{font:.9em ui-monospace,"SF Mono",Menlo,Consolas,monospace}
    a{color:inherit;text-decoration-color:var(--mark);text-decoration-thickness:2px;text-underline-offset:.25em}
    a:hover{color:var(--mark)}
    dl{display:grid;grid-template-columns:minmax(5.5rem,max-content) 1fr;gap:.45rem clamp(.75rem,3vw,1.25rem);margin:2.25rem 0 0;padding-top:1.5rem;border-top:1px solid var(--line);font-size:.9rem;font-variant-numeric:tabular-nums}
    dt{color:var(--soft)}
    dd{margin:0;min-width:0;white-space:pre-line}
    ul{margin:.5rem 0 0;padding:0;list-style:none}
    li{padding:.5rem 0;border-top:1px solid var(--line);color:var(--soft)}
    li a{margin-right:.35rem;color:var(--ink);font-weight:500;text-decoration-thickness:1px}
    </style>
    </head>
    <body class="final">
    <main>
    <p class="kicker">Error 403</p>
    <h1>Prompt injection blocked</h1>
    <blockquote>
    <p>Message 2 looks like an injection (score 0.97, threshold 0.9).</p>
    </blockquote>
    <h2>What to do</h2>
    <p>Do not send the same prompt again. Remove the text that tries to change the model's instructions; it often comes from a tool result, a web page or a document.</p>
    <dl>
    <dt>Code</dt>
    <dd><a href="/.well-known/lockgate/problems/prompt_injection">prompt_injection</a></dd>
    <dt>Category</dt>
    <dd>content_policy</dd>
    <dt>Try again</dt>
    <dd>No, the answer would be the same</dd>
    <dt>Owner must act</dt>
    <dd>No</dd>
    <dt>Said by</dt>
    <dd>The gate</dd>
    <dt>Host</dt>
    <dd>api.example.com</dd>
    <dt>Request id</dt>
    <dd>179500000012345612345678</dd>
    <dt>Time</dt>
    <dd>2026-11-18T11:06:40Z</dd>
    <dt>Score</dt>
    <dd>0.97</dd>
    <dt>Param</dt>
    <dd>messages[1].content</dd>
    </dl>
    </main>
    </body>
    </html>
    "#);
}

#[test]
fn every_entry_has_a_sound_document_in_every_form() {
    for kind in catalogue::ALL {
        let problem = Problem::new(kind);
        for form in [Form::Json, Form::ProblemJson] {
            let document = render(&problem, form, Envelope::None);
            let value: serde_json::Value = serde_json::from_str(&document.body).expect(kind.code);
            assert_eq!(value["type"], format!("{}{}", catalogue::PATH, kind.code));
            assert_eq!(value["status"], document.status);
        }
        let markdown = render(&problem, Form::Markdown, Envelope::None).body;
        let yaml: serde_json::Value = super::front_matter(&markdown);
        assert_eq!(yaml["code"], kind.code);
        assert_eq!(yaml["retryable"], kind.retryable);
        assert!(markdown.ends_with(&format!("**What to do:** {}\n", problem.advice())));
        let html = render(&problem, Form::Html, Envelope::None).body;
        assert!(html.contains("<h1>") && html.ends_with("</html>\n"), "{html}");
    }
}

#[test]
fn the_page_loads_nothing() {
    let page = render(&verdict(), Form::Html, Envelope::None).body;
    for word in ["src=", "url(", "@import", "<script", "<link", "http:", "https:"] {
        assert!(!page.contains(word), "{word} in {page}");
    }
    // The one link leads to the explanation, on the gate itself.
    let links: Vec<_> = page.match_indices("href=").map(|(at, _)| &page[at..]).collect();
    assert!(
        links.len() == 1 && links[0].starts_with("href=\"/.well-known/lockgate/problems/"),
        "{links:?}"
    );
}
