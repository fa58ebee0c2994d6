//! Error bodies of the providers, in the forms that they document or send.

use super::*;
use crate::catalogue;

/// Kind, whether to retry, the wait, and what the detail quotes.
fn told(problem: &Problem) -> String {
    let (code, retryable) = (problem.code(), problem.is_retryable());
    let wait = problem
        .retry_seconds()
        .map_or("-".to_owned(), |seconds| seconds.to_string());
    let said = problem
        .detail_text()
        .split_once(": ")
        .map_or("nothing", |(_, said)| said);
    format!("{} {code} {retryable} {wait} {said}", problem.status_code())
}

fn table(answers: &[(u16, Value)]) -> String {
    let lines: Vec<_> = answers
        .iter()
        .map(|(status, body)| told(&json_answer(*status, body.clone())))
        .collect();
    lines.join("\n")
}

#[test]
fn openai() {
    let error = |message: &str, kind: &str, code: Value| json!({"error": {"message": message, "type": kind, "param": null, "code": code}});
    insta::assert_snapshot!(table(&[
        (401, error("Incorrect API key provided: sk-x.", "invalid_request_error", json!("invalid_api_key"))),
        (404, error("The model `gpt-9` does not exist.", "invalid_request_error", json!("model_not_found"))),
        (400, error("This model's maximum context length is 8192 tokens. However, your messages resulted in 9001 tokens.", "invalid_request_error", json!("context_length_exceeded"))),
        (400, error("Your request was rejected as a result of our safety system.", "image_generation_user_error", json!("content_policy_violation"))),
        (429, error("Rate limit reached for gpt-4o on tokens per min (TPM): Limit 30000, Used 29000, Requested 2000.", "tokens", json!("rate_limit_exceeded"))),
        (429, error("Request too large for gpt-4o on tokens per min (TPM): Limit 30000, Requested 40000.", "tokens", json!("rate_limit_exceeded"))),
        (429, error("You exceeded your current quota, please check your plan and billing details.", "insufficient_quota", json!("insufficient_quota"))),
        (429, error("Billing hard limit has been reached.", "billing_error", json!("billing_hard_limit_reached"))),
        (500, error("The server had an error while processing your request.", "server_error", Value::Null)),
        (503, error("The engine is currently overloaded, please try again later.", "server_error", json!("slow_down"))),
    ]), @r#"
    401 upstream_unauthorized false - "Incorrect API key provided: sk-x."
    404 upstream_not_found false - "The model `gpt-9` does not exist."
    400 upstream_too_large false - "This model's maximum context length is 8192 tokens. However, your messages resulted in 9001 tokens."
    400 upstream_rejected false - "Your request was rejected as a result of our safety system."
    429 upstream_rate_limited true 20 "Rate limit reached for gpt-4o on tokens per min (TPM): Limit 30000, Used 29000, Requested 2000."
    429 upstream_too_large false - "Request too large for gpt-4o on tokens per min (TPM): Limit 30000, Requested 40000."
    429 upstream_payment_required false - "You exceeded your current quota, please check your plan and billing details."
    429 upstream_payment_required false - "Billing hard limit has been reached."
    500 upstream_failed true 5 "The server had an error while processing your request."
    503 upstream_overloaded true 10 "The engine is currently overloaded, please try again later."
    "#);
}

#[test]
fn azure_openai() {
    insta::assert_snapshot!(table(&[
        (429, json!({"error": {"code": "429", "message": "Requests have exceeded the call rate limit. Please retry after 12 seconds."}})),
        (400, json!({"error": {"message": "The response was filtered.", "type": null, "param": "prompt", "code": "content_filter", "status": 400,
            "innererror": {"code": "ResponsibleAIPolicyViolation", "content_filter_result": {"jailbreak": {"filtered": true, "detected": true}}}}})),
        (404, json!({"error": {"code": "DeploymentNotFound", "message": "The API deployment for this resource does not exist."}})),
        (401, json!({"statusCode": 401, "message": "Unauthorized. Access token is missing."})),
    ]), @r#"
    429 upstream_rate_limited true 20 "Requests have exceeded the call rate limit. Please retry after 12 seconds."
    400 upstream_rejected false - "The response was filtered."
    404 upstream_not_found false - "The API deployment for this resource does not exist."
    401 upstream_unauthorized false - "Unauthorized. Access token is missing."
    "#);
}

#[test]
fn anthropic() {
    let error = |kind: &str, message: &str| json!({"type": "error", "error": {"type": kind, "message": message}, "request_id": "req_1"});
    insta::assert_snapshot!(table(&[
        (400, error("invalid_request_error", "messages: roles must alternate")),
        (400, error("invalid_request_error", "prompt is too long: 210000 tokens > 200000 maximum")),
        (400, error("invalid_request_error", "Your credit balance is too low to access the Anthropic API.")),
        (401, error("authentication_error", "invalid x-api-key")),
        (402, error("billing_error", "Payment is overdue.")),
        (403, error("permission_error", "Not allowed.")),
        (404, error("not_found_error", "model: claude-9")),
        (413, error("request_too_large", "Request exceeds the maximum size")),
        (429, error("rate_limit_error", "This request would exceed your rate limit.")),
        (500, error("api_error", "Internal server error")),
        (500, error("overloaded_error", "Overloaded")),
        (504, error("timeout_error", "Timed out")),
        (529, error("overloaded_error", "Overloaded")),
    ]), @r#"
    400 upstream_bad_request false - "messages: roles must alternate"
    400 upstream_too_large false - "prompt is too long: 210000 tokens > 200000 maximum"
    400 upstream_payment_required false - "Your credit balance is too low to access the Anthropic API."
    401 upstream_unauthorized false - "invalid x-api-key"
    402 upstream_payment_required false - "Payment is overdue."
    403 upstream_forbidden false - "Not allowed."
    404 upstream_not_found false - "model: claude-9"
    413 upstream_too_large false - "Request exceeds the maximum size"
    429 upstream_rate_limited true 20 "This request would exceed your rate limit."
    500 upstream_failed true 5 "Internal server error"
    500 upstream_overloaded true 10 "Overloaded"
    504 upstream_gave_up true 10 "Timed out"
    529 upstream_overloaded true 10 "Overloaded"
    "#);
}

#[test]
fn gemini() {
    let error = |code: u16, status: &str, message: &str, details: Value| json!({"error": {"code": code, "message": message, "status": status, "details": details}});
    let retry =
        |delay: &str| json!({"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": delay});
    let quota = |id: &str| json!({"@type": "type.googleapis.com/google.rpc.QuotaFailure", "violations": [{"quotaMetric": "generativelanguage.googleapis.com/x", "quotaId": id}]});
    let info = |reason: &str| json!({"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": reason, "domain": "googleapis.com"});
    insta::assert_snapshot!(table(&[
        (429, error(429, "RESOURCE_EXHAUSTED", "You exceeded your current quota.", json!([quota("GenerateRequestsPerMinutePerProjectPerModel-FreeTier"), retry("35.2s")]))),
        (429, error(429, "RESOURCE_EXHAUSTED", "You exceeded your current quota.", json!([quota("GenerateRequestsPerDayPerProjectPerModel-FreeTier"), retry("35s")]))),
        (429, error(429, "RESOURCE_EXHAUSTED", "Resource has been exhausted.", Value::Null)),
        (400, error(400, "INVALID_ARGUMENT", "API key not valid. Please pass a valid API key.", json!([info("API_KEY_INVALID")]))),
        (400, error(400, "INVALID_ARGUMENT", "The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).", Value::Null)),
        (400, error(400, "FAILED_PRECONDITION", "User location is not supported for the API use.", Value::Null)),
        (403, error(403, "PERMISSION_DENIED", "Method doesn't allow unregistered callers.", Value::Null)),
        (404, error(404, "NOT_FOUND", "models/gemini-9 is not found.", Value::Null)),
        (500, error(500, "INTERNAL", "An internal error has occurred.", Value::Null)),
        (503, error(503, "UNAVAILABLE", "The model is overloaded. Please try again later.", Value::Null)),
        (504, error(504, "DEADLINE_EXCEEDED", "Deadline expired.", Value::Null)),
        // A stream of arrays.
        (429, json!([error(429, "RESOURCE_EXHAUSTED", "Resource has been exhausted.", json!([retry("7s")]))])),
        // No delay that can be read.
        (429, error(429, "RESOURCE_EXHAUSTED", "Exhausted.", json!([retry("soon"), 7, {"@type": 5}]))),
    ]), @r#"
    429 upstream_rate_limited true 36 "You exceeded your current quota."
    429 upstream_rate_limited false - "You exceeded your current quota."
    429 upstream_rate_limited true 20 "Resource has been exhausted."
    400 upstream_unauthorized false - "API key not valid. Please pass a valid API key."
    400 upstream_too_large false - "The input token count (1200000) exceeds the maximum number of tokens allowed (1048576)."
    400 upstream_bad_request false - "User location is not supported for the API use."
    403 upstream_forbidden false - "Method doesn't allow unregistered callers."
    404 upstream_not_found false - "models/gemini-9 is not found."
    500 upstream_failed true 5 "An internal error has occurred."
    503 upstream_overloaded true 10 "The model is overloaded. Please try again later."
    504 upstream_gave_up true 10 "Deadline expired."
    429 upstream_rate_limited true 7 "Resource has been exhausted."
    429 upstream_rate_limited true 20 "Exhausted."
    "#);
}

#[test]
fn others() {
    insta::assert_snapshot!(table(&[
        // Cohere.
        (429, json!({"id": "1", "message": "You are using a Trial key, which is limited to 20 API calls / minute."})),
        (400, json!({"message": "too many tokens: total number of tokens in the prompt exceeds the limit of 4081."})),
        // Mistral.
        (422, json!({"object": "error", "message": {"detail": [{"type": "missing", "loc": ["body"], "msg": "Field required"}]}, "type": "invalid_request_error"})),
        (429, json!({"object": "error", "message": "Requests rate limit exceeded", "type": "rate_limited", "param": null, "code": "1300"})),
        (401, json!({"detail": "Unauthorized"})),
        (422, json!({"detail": [{"type": "missing", "loc": ["body", "model"], "msg": "Field required"}]})),
        // Ollama.
        (404, json!({"error": "model \"llama9\" not found, try pulling it first"})),
        (500, json!({"error": "model requires more system memory (9.1 GiB) than is available (3.3 GiB)"})),
        // vLLM.
        (400, json!({"object": "error", "message": "This model's maximum context length is 4096 tokens. However, you requested 5000 tokens.", "type": "BadRequestError", "param": null, "code": 400})),
        // llama.cpp.
        (400, json!({"error": {"code": 400, "message": "the request exceeds the available context size. try increasing it", "type": "exceed_context_size_error", "n_prompt_tokens": 9000, "n_ctx": 2048}})),
        (503, json!({"error": {"code": 503, "message": "Loading model", "type": "unavailable_error"}})),
        // TGI.
        (424, json!({"error": "Request failed during generation: CUDA out of memory", "error_type": "generation"})),
        (429, json!({"error": "Model is overloaded", "error_type": "overloaded"})),
        // Groq, DeepSeek, Bedrock.
        (413, json!({"error": {"message": "Request too large for model `x` on tokens per minute (TPM)", "type": "tokens", "code": "rate_limit_exceeded"}})),
        (402, json!({"error": {"message": "Insufficient Balance", "type": "unknown_error", "param": null, "code": "invalid_request_error"}})),
        (400, json!({"__type": "com.amazonaws.bedrock#ThrottlingException:http://internal/", "message": "Too many requests, please wait before trying again."})),
        (400, json!({"message": "Input is too long for requested model."})),
        // OAuth, GitHub, Cloudflare, Kubernetes, Hugging Face, a string, a number.
        (401, json!({"error": "invalid_token", "error_description": "The token has expired."})),
        (403, json!({"message": "API rate limit exceeded", "documentation_url": "https://docs.github.com/"})),
        (400, json!({"success": false, "errors": [{"code": 7003, "message": "Could not route to /x"}], "result": null})),
        (403, json!({"kind": "Status", "status": "Failure", "message": "pods is forbidden", "reason": "Forbidden", "code": 403})),
        (400, json!({"error": ["Error in `parameters.top_k`: too small"]})),
        (500, json!("something broke")),
        (500, json!(17)),
        (500, json!([])),
        (500, json!({})),
        (500, json!({"ok": false})),
    ]), @r#"
    429 upstream_rate_limited true 20 "You are using a Trial key, which is limited to 20 API calls / minute."
    400 upstream_too_large false - "too many tokens: total number of tokens in the prompt exceeds the limit of 4081."
    422 upstream_rejected false - "Field required"
    429 upstream_rate_limited true 20 "Requests rate limit exceeded"
    401 upstream_unauthorized false - "Unauthorized"
    422 upstream_rejected false - "Field required"
    404 upstream_not_found false - "model 'llama9' not found, try pulling it first"
    500 upstream_failed true 5 "model requires more system memory (9.1 GiB) than is available (3.3 GiB)"
    400 upstream_too_large false - "This model's maximum context length is 4096 tokens. However, you requested 5000 tokens."
    400 upstream_too_large false - "the request exceeds the available context size. try increasing it"
    503 upstream_overloaded true 10 "Loading model"
    424 upstream_rejected false - "Request failed during generation: CUDA out of memory"
    429 upstream_overloaded true 10 "Model is overloaded"
    413 upstream_too_large false - "Request too large for model `x` on tokens per minute (TPM)"
    402 upstream_payment_required false - "Insufficient Balance"
    400 upstream_rate_limited true 20 "Too many requests, please wait before trying again."
    400 upstream_too_large false - "Input is too long for requested model."
    401 upstream_unauthorized false - "The token has expired."
    403 upstream_forbidden false - "API rate limit exceeded"
    400 upstream_bad_request false - "Could not route to /x"
    403 upstream_forbidden false - "pods is forbidden"
    400 upstream_bad_request false - "Error in `parameters.top_k`: too small"
    500 upstream_failed true 5 "something broke"
    500 upstream_failed true 5 nothing
    500 upstream_failed true 5 nothing
    500 upstream_failed true 5 nothing
    500 upstream_failed true 5 nothing
    "#);
}

#[test]
fn advice_follows_the_reason() {
    let advice = |status: u16, code: &str| {
        json_answer(status, json!({"error": {"code": code}}))
            .advice()
            .to_string()
    };
    assert_eq!(
        advice(400, "invalid_value"),
        catalogue::UPSTREAM_BAD_REQUEST.what_to_do
    );
    assert_eq!(
        advice(429, "insufficient_quota"),
        catalogue::UPSTREAM_PAYMENT_REQUIRED.what_to_do
    );
    assert!(advice(400, "context_length_exceeded").starts_with("Send a shorter prompt"));
    assert!(advice(400, "content_filter").starts_with("Do not send the same prompt again"));
}

#[test]
fn the_field_wins_over_the_body() {
    let body = json!({"error": {"status": "RESOURCE_EXHAUSTED", "details": [{"@type": "x/google.rpc.RetryInfo", "retryDelay": "35s"}]}});
    let fields = "content-type: application/json\nretry-after: 7";
    assert_eq!(
        answer(429, fields, body.to_string().as_bytes()).retry_seconds(),
        Some(7)
    );
}

#[test]
fn long_and_hostile_messages_are_bounded() {
    let problem = json_answer(
        500,
        json!({"error": {"message": "word\n\"\u{202e}".repeat(10_000), "code": "x".repeat(10_000)}}),
    );
    assert!(problem.detail_text().chars().count() < MESSAGE + 40);
    assert!(
        problem
            .detail_text()
            .starts_with("The upstream 'x' answered 500: \"word 'word 'word")
    );
}
