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
    x-request-id: 0190f6ac
    request-id: 0190f6ac

    {"type":"/.well-known/lockgate/problems/prompt_injection",
    "title":"Prompt injection blocked",
    "status":403,
    "detail":"Message 2 looks like an injection (score 0.97, threshold 0.9).",
    "instance":"urn:lockgate:exchange:0190f6ac",
    "code":"prompt_injection",
    "category":"content_policy",
    "retryable":false,
    "owner_action_required":false,
    "what_to_do":"Do not send the same prompt again. Remove the text that tries to change the model's instructions; it often comes from a tool result, a web page or a document.",
    "request_id":"0190f6ac",
    "timestamp":"2026-11-18T11:06:40Z",
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
    "what_to_do":"Wait, then send the same request again, with fewer requests at a time.",
    "timestamp":"2026-11-18T11:06:40Z"}
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
    x-request-id: 0190f6ac
    request-id: 0190f6ac

    ---
    type: "/.well-known/lockgate/problems/prompt_injection"
    status: 403
    code: prompt_injection
    category: content_policy
    retryable: false
    owner_action_required: false
    detail: "Message 2 looks like an injection (score 0.97, threshold 0.9)."
    instance: "urn:lockgate:exchange:0190f6ac"
    request_id: "0190f6ac"
    timestamp: "2026-11-18T11:06:40Z"
    score: 0.97
    param: "messages[1].content"
    ---

    # Prompt injection blocked

    > Message 2 looks like an injection (score 0.97, threshold 0.9).

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
    ---

    # Gate is overloaded

    > The gate has as many requests in work as it can take.

    **What to do:** Wait, then send the same request again, with fewer requests at a time.
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
    x-request-id: 0190f6ac
    request-id: 0190f6ac
    content-security-policy: default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'

    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width,initial-scale=1">
    <meta name="robots" content="noindex">
    <title>403 Prompt injection blocked</title>
    <style>:root{color-scheme:light dark}body{font:1rem/1.5 system-ui,sans-serif;max-width:44rem;margin:3rem auto;padding:0 1rem;overflow-wrap:anywhere}blockquote{margin:1rem 0;padding-left:1rem;border-left:.25rem solid;opacity:.85}code{font-family:ui-monospace,monospace;font-size:.9em}pre{padding:1rem;border:1px solid;border-radius:.5rem;white-space:pre-wrap}</style>
    </head>
    <body>
    <main>
    <h1>Prompt injection blocked</h1>
    <blockquote>
    <p>Message 2 looks like an injection (score 0.97, threshold 0.9).</p>
    </blockquote>
    <p><strong>What to do:</strong> Do not send the same prompt again. Remove the text that tries to change the model's instructions; it often comes from a tool result, a web page or a document.</p>
    <pre><code class="language-yaml">type: "/.well-known/lockgate/problems/prompt_injection"
    status: 403
    code: prompt_injection
    category: content_policy
    retryable: false
    owner_action_required: false
    detail: "Message 2 looks like an injection (score 0.97, threshold 0.9)."
    instance: "urn:lockgate:exchange:0190f6ac"
    request_id: "0190f6ac"
    timestamp: "2026-11-18T11:06:40Z"
    score: 0.97
    param: "messages[1].content"
    </code></pre>
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
        assert!(markdown.ends_with(&format!("**What to do:** {}\n", kind.what_to_do)));
        let html = render(&problem, Form::Html, Envelope::None).body;
        assert!(html.contains("<h1>") && html.ends_with("</html>\n"), "{html}");
    }
}

#[test]
fn the_page_loads_nothing() {
    let page = render(&verdict(), Form::Html, Envelope::None).body;
    for word in [
        "src=", "href=", "url(", "@import", "<script", "<link", "http:", "https:",
    ] {
        assert!(!page.contains(word), "{word} in {page}");
    }
}
