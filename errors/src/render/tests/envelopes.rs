//! The whole document in each envelope, and the words of each provider.

use serde_json::{Value, json};

use super::*;

#[test]
fn openai() {
    let document = render(&verdict(), Form::Json, Envelope::OpenAi);
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
    "param":"messages[1].content",
    "error":{"message":"Message 2 looks like an injection (score 0.97, threshold 0.9).",
    "type":"permission_error",
    "code":"prompt_injection",
    "param":"messages[1].content"}}
    "#);
}

#[test]
fn openai_as_problem_json() {
    let document = render(&overload(), Form::ProblemJson, Envelope::OpenAi);
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
    "source":"gate",
    "error":{"message":"The gate has as many requests in work as it can take.",
    "type":"server_error",
    "code":"overloaded",
    "param":null}}
    "#);
}

#[test]
fn anthropic() {
    let document = render(&verdict(), Form::Json, Envelope::Anthropic);
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

    {"type":"error",
    "problem_type":"/.well-known/lockgate/problems/prompt_injection",
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
    "param":"messages[1].content",
    "error":{"type":"permission_error",
    "message":"Message 2 looks like an injection (score 0.97, threshold 0.9).",
    "details":{"error_code":"prompt_injection"}},
    "message":"Message 2 looks like an injection (score 0.97, threshold 0.9)."}
    "#);
}

#[test]
fn gemini() {
    let document = render(&verdict(), Form::Json, Envelope::Gemini);
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

    {"error":{"code":403,
    "message":"Message 2 looks like an injection (score 0.97, threshold 0.9).",
    "status":"PERMISSION_DENIED",
    "details":[{"type":"/.well-known/lockgate/problems/prompt_injection",
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
    "param":"messages[1].content"}]}}
    "#);
}

#[test]
fn gemini_as_problem_json() {
    let document = render(&overload(), Form::ProblemJson, Envelope::Gemini);
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
    "source":"gate",
    "error":{"code":503,
    "message":"The gate has as many requests in work as it can take.",
    "status":"UNAVAILABLE"}}
    "#);
}

#[test]
fn cohere() {
    let document = render(&overload(), Form::Json, Envelope::Cohere);
    insta::assert_snapshot!(wire(&document), @r#"
    503
    content-type: application/json
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
    "source":"gate",
    "message":"The gate has as many requests in work as it can take."}
    "#);
}

#[test]
fn ollama() {
    let document = render(&overload(), Form::Json, Envelope::Ollama);
    insta::assert_snapshot!(wire(&document), @r#"
    503
    content-type: application/json
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
    "source":"gate",
    "error":"The gate has as many requests in work as it can take."}
    "#);
}

#[test]
fn json_rpc() {
    let document = render(&verdict().rpc_id(json!(7)), Form::Json, Envelope::JsonRpc);
    insta::assert_snapshot!(wire(&document), @r#"
    200
    content-type: application/json
    cache-control: no-store
    content-language: en
    vary: accept
    x-content-type-options: nosniff
    x-should-retry: false
    x-request-id: 179500000012345612345678
    request-id: 179500000012345612345678

    {"jsonrpc":"2.0",
    "id":7,
    "error":{"code":-32010,
    "message":"Message 2 looks like an injection (score 0.97, threshold 0.9).",
    "data":{"type":"/.well-known/lockgate/problems/prompt_injection",
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
    "param":"messages[1].content"}}}
    "#);
}

#[test]
fn json_rpc_is_json_whatever_the_form() {
    let json = render(&verdict(), Form::Json, Envelope::JsonRpc);
    for form in [Form::ProblemJson, Form::Markdown, Form::Html] {
        assert_eq!(render(&verdict(), form, Envelope::JsonRpc), json);
    }
}

#[test]
fn readable_forms_have_no_envelope() {
    for form in [Form::Markdown, Form::Html] {
        let bare = render(&verdict(), form, Envelope::None);
        for envelope in [
            Envelope::OpenAi,
            Envelope::Anthropic,
            Envelope::Gemini,
            Envelope::Cohere,
            Envelope::Ollama,
        ] {
            assert_eq!(render(&verdict(), form, envelope), bare);
        }
    }
}

#[test]
fn each_provider_has_its_own_words() {
    // Code, OpenAI's type, Anthropic's type, Gemini's status, JSON-RPC's number.
    let mut table = String::new();
    for kind in catalogue::ALL {
        let problem = Problem::new(kind);
        let body = |envelope| -> Value {
            serde_json::from_str(&render(&problem, Form::Json, envelope).body).expect("JSON")
        };
        table += &format!(
            "{} {}: {} | {} | {} | {}\n",
            kind.status,
            kind.code,
            body(Envelope::OpenAi)["error"]["type"],
            body(Envelope::Anthropic)["error"]["type"],
            body(Envelope::Gemini)["error"]["status"],
            body(Envelope::JsonRpc)["error"]["code"],
        );
    }
    insta::assert_snapshot!(table, @r#"
    403 prompt_injection: "permission_error" | "permission_error" | "PERMISSION_DENIED" | -32010
    403 unsafe_content: "permission_error" | "permission_error" | "PERMISSION_DENIED" | -32010
    403 pii_blocked: "permission_error" | "permission_error" | "PERMISSION_DENIED" | -32010
    403 rule_blocked: "permission_error" | "permission_error" | "PERMISSION_DENIED" | -32010
    400 invalid_json: "invalid_request_error" | "invalid_request_error" | "INVALID_ARGUMENT" | -32700
    400 invalid_utf8: "invalid_request_error" | "invalid_request_error" | "INVALID_ARGUMENT" | -32600
    415 unsupported_encoding: "invalid_request_error" | "invalid_request_error" | "INVALID_ARGUMENT" | -32600
    415 unsupported_media: "invalid_request_error" | "invalid_request_error" | "INVALID_ARGUMENT" | -32600
    411 length_required: "invalid_request_error" | "invalid_request_error" | "INVALID_ARGUMENT" | -32600
    400 nesting_too_deep: "invalid_request_error" | "invalid_request_error" | "INVALID_ARGUMENT" | -32600
    400 too_many_segments: "invalid_request_error" | "invalid_request_error" | "INVALID_ARGUMENT" | -32600
    400 truncated_body: "invalid_request_error" | "invalid_request_error" | "INVALID_ARGUMENT" | -32600
    413 body_too_large: "invalid_request_error" | "request_too_large" | "INVALID_ARGUMENT" | -32600
    431 header_too_large: "invalid_request_error" | "request_too_large" | "INVALID_ARGUMENT" | -32600
    408 body_timeout: "timeout_error" | "timeout_error" | "DEADLINE_EXCEEDED" | -32010
    408 header_timeout: "timeout_error" | "timeout_error" | "DEADLINE_EXCEEDED" | -32010
    400 missing_host: "invalid_request_error" | "invalid_request_error" | "INVALID_ARGUMENT" | -32600
    400 ambiguous_length: "invalid_request_error" | "invalid_request_error" | "INVALID_ARGUMENT" | -32600
    400 malformed_request: "invalid_request_error" | "invalid_request_error" | "INVALID_ARGUMENT" | -32600
    501 method_unknown: "server_error" | "api_error" | "UNIMPLEMENTED" | -32600
    405 method_not_allowed: "invalid_request_error" | "invalid_request_error" | "UNIMPLEMENTED" | -32600
    404 route_not_found: "invalid_request_error" | "not_found_error" | "NOT_FOUND" | -32010
    404 not_found: "invalid_request_error" | "not_found_error" | "NOT_FOUND" | -32010
    401 admin_unauthorized: "authentication_error" | "authentication_error" | "UNAUTHENTICATED" | -32010
    429 rate_limited: "rate_limit_error" | "rate_limit_error" | "RESOURCE_EXHAUSTED" | -32010
    503 scanner_unavailable: "server_error" | "api_error" | "UNAVAILABLE" | -32603
    503 scanner_timeout: "server_error" | "overloaded_error" | "UNAVAILABLE" | -32010
    503 queue_full: "server_error" | "overloaded_error" | "UNAVAILABLE" | -32010
    503 overloaded: "server_error" | "overloaded_error" | "UNAVAILABLE" | -32010
    503 buffer_exhausted: "server_error" | "overloaded_error" | "UNAVAILABLE" | -32010
    500 internal_error: "server_error" | "api_error" | "INTERNAL" | -32603
    502 upstream_connect_failed: "server_error" | "api_error" | "UNAVAILABLE" | -32010
    504 upstream_timeout: "server_error" | "timeout_error" | "DEADLINE_EXCEEDED" | -32010
    502 upstream_reset: "server_error" | "api_error" | "UNAVAILABLE" | -32010
    502 upstream_invalid_response: "server_error" | "api_error" | "UNAVAILABLE" | -32010
    502 upstream_tls: "server_error" | "api_error" | "UNAVAILABLE" | -32010
    502 upstream_dns: "server_error" | "api_error" | "UNAVAILABLE" | -32010
    504 upstream_connect_timeout: "server_error" | "timeout_error" | "DEADLINE_EXCEEDED" | -32010
    504 upstream_send_timeout: "server_error" | "timeout_error" | "DEADLINE_EXCEEDED" | -32010
    504 upstream_stalled: "server_error" | "timeout_error" | "DEADLINE_EXCEEDED" | -32010
    400 upstream_bad_request: "invalid_request_error" | "invalid_request_error" | "INVALID_ARGUMENT" | -32600
    401 upstream_unauthorized: "authentication_error" | "authentication_error" | "UNAUTHENTICATED" | -32010
    402 upstream_payment_required: "insufficient_quota" | "billing_error" | "PERMISSION_DENIED" | -32010
    403 upstream_forbidden: "permission_error" | "permission_error" | "PERMISSION_DENIED" | -32010
    404 upstream_not_found: "invalid_request_error" | "not_found_error" | "NOT_FOUND" | -32010
    413 upstream_too_large: "invalid_request_error" | "request_too_large" | "INVALID_ARGUMENT" | -32600
    409 upstream_conflict: "invalid_request_error" | "conflict_error" | "ABORTED" | -32010
    422 upstream_rejected: "invalid_request_error" | "invalid_request_error" | "INVALID_ARGUMENT" | -32600
    429 upstream_rate_limited: "rate_limit_error" | "rate_limit_error" | "RESOURCE_EXHAUSTED" | -32010
    503 upstream_overloaded: "server_error" | "overloaded_error" | "UNAVAILABLE" | -32010
    500 upstream_failed: "server_error" | "api_error" | "INTERNAL" | -32010
    504 upstream_gave_up: "server_error" | "timeout_error" | "DEADLINE_EXCEEDED" | -32010
    501 upstream_unsupported: "server_error" | "api_error" | "UNIMPLEMENTED" | -32010
    "#);
}

#[test]
fn words_follow_a_status_that_the_upstream_chose() {
    let problem = Problem::new(&catalogue::UPSTREAM_RESET).status(429);
    let body: Value =
        serde_json::from_str(&render(&problem, Form::Json, Envelope::OpenAi).body).expect("JSON");
    assert_eq!(body["error"]["type"], "rate_limit_error");
}
