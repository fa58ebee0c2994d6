//! Unmodified SDKs through the gate: allowed, redacted and blocked, plain and streamed.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests report by panicking"
)]

use lockgate_tests::prompts::{CARD, HARMLESS, INJECTION, WITH_CARD, chat};
use lockgate_tests::{Gate, Origin, sdk};
use serde_json::{Value, json};

/// One way of asking: SDK, API and mode.
struct Client {
    sdk: &'static str,
    api: &'static str,
    mode: &'static str,
}

impl Client {
    fn ask(&self, gate: &Gate, prompt: &str) -> Value {
        let url = format!("http://{}", gate.address);
        let arguments = [url.as_str(), self.api, self.mode, prompt];
        match self.sdk {
            "openai" => sdk::python("openai_client.py", &arguments),
            "anthropic" => sdk::python("anthropic_client.py", &arguments),
            npm => sdk::node("openai_client.mjs", &[&[npm], arguments.as_slice()].concat()),
        }
    }

    /// The request that the SDK would make, as far as its prompt is concerned.
    fn body(&self, prompt: &str) -> Value {
        if self.api == "responses" {
            json!({ "model": "gpt-test", "input": prompt })
        } else {
            chat(prompt)
        }
    }

    fn path(&self) -> &'static str {
        match self.api {
            "chat" => "/v1/chat/completions",
            "responses" => "/v1/responses",
            _ => "/v1/messages",
        }
    }
}

fn clients(sdk: &'static str, apis: &[&'static str]) -> Vec<Client> {
    let both = |api| ["plain", "stream"].map(|mode| Client { sdk, api, mode });
    apis.iter().copied().flat_map(both).collect()
}

/// A harmless prompt goes through as it is, and its answer comes back whole, in pieces where it is streamed.
fn passes_untouched(clients: &[Client]) {
    for client in clients {
        let origin = Origin::start();
        let gate = Gate::before(&origin).with_model().start();
        let seen = client.ask(&gate, HARMLESS);
        assert_eq!(seen["text"], format!("You said: {HARMLESS}"), "{seen}");
        assert_eq!(
            seen["pieces"].as_u64() > Some(1),
            client.mode == "stream",
            "{seen}"
        );
        let record = origin.only_record();
        assert_eq!(record.path, client.path());
        assert!(record.text().contains(HARMLESS), "{record:?}");
    }
}

/// A card number is gone before the request reaches the origin; the rest of the prompt is not.
fn is_redacted(clients: &[Client]) {
    let hidden = WITH_CARD.replace(CARD, "[CREDIT_CARD]");
    for client in clients {
        let origin = Origin::start();
        let gate = Gate::before(&origin).with_model().start();
        let seen = client.ask(&gate, WITH_CARD);
        assert_eq!(seen["text"], format!("You said: {hidden}"), "{seen}");
        let record = origin.only_record();
        assert!(
            record.text().contains(&hidden) && !record.text().contains("4111"),
            "{}",
            record.text()
        );
        assert!(record.json()["model"].is_string());
    }
}

/// An injection comes back as the SDK's usual exception with the gate's own detail, is not tried again, and the
/// origin never hears of it.
fn is_blocked(clients: &[Client], expected: &dyn Fn(&Value, &str)) {
    for client in clients {
        let origin = Origin::start();
        let gate = Gate::before(&origin).with_model().start();
        let problem = gate.post(client.path(), client.body(INJECTION).to_string());
        let problem = problem.expect_problem(403, "prompt_injection");
        let seen = client.ask(&gate, INJECTION);
        assert_eq!(seen["exception"], "PermissionDeniedError", "{seen}");
        assert_eq!(seen["status"], 403, "{seen}");
        assert_eq!(seen["requests"], 1, "{seen}");
        assert!(
            seen["request_id"].as_str().is_some_and(|id| !id.is_empty()),
            "{seen}"
        );
        expected(&seen, problem["detail"].as_str().unwrap_or("no detail"));
        assert_eq!(origin.connections(), 0, "{:?}", origin.records());
    }
}

/// `code` and the detail stand where users of OpenAI's SDKs look for them.
fn openai_exception(seen: &Value, detail: &str) {
    assert_eq!(seen["code"], "prompt_injection", "{seen}");
    assert!(
        seen["message"]
            .as_str()
            .is_some_and(|message| message.contains(detail)),
        "{detail}: {seen}"
    );
}

fn anthropic_exception(seen: &Value, detail: &str) {
    assert_eq!(seen["body"]["error"]["message"], detail, "{seen}");
    assert_eq!(seen["type"], "permission_error", "{seen}");
    assert_eq!(
        [&seen["body"]["code"], &seen["body"]["retryable"]],
        [&json!("prompt_injection"), &json!(false)]
    );
    assert_eq!(seen["error_code"], "prompt_injection", "{seen}");
}

#[test]
fn openai_python_passes_untouched() {
    passes_untouched(&clients("openai", &["chat", "responses"]));
}

#[test]
fn openai_python_is_redacted() {
    is_redacted(&clients("openai", &["chat", "responses"]));
}

#[test]
fn openai_python_is_blocked() {
    is_blocked(&clients("openai", &["chat", "responses"]), &openai_exception);
}

#[test]
fn anthropic_python_passes_untouched() {
    passes_untouched(&clients("anthropic", &["messages"]));
}

#[test]
fn anthropic_python_is_redacted() {
    is_redacted(&clients("anthropic", &["messages"]));
}

#[test]
fn anthropic_python_is_blocked() {
    is_blocked(&clients("anthropic", &["messages"]), &anthropic_exception);
}

#[test]
fn openai_npm_7_passes_untouched() {
    passes_untouched(&clients("openai7", &["chat", "responses"]));
}

#[test]
fn openai_npm_7_is_redacted() {
    is_redacted(&clients("openai7", &["chat", "responses"]));
}

#[test]
fn openai_npm_7_is_blocked() {
    is_blocked(&clients("openai7", &["chat", "responses"]), &openai_exception);
}

#[test]
fn openai_npm_6_passes_untouched() {
    passes_untouched(&clients("openai6", &["chat", "responses"]));
}

#[test]
fn openai_npm_6_is_redacted() {
    is_redacted(&clients("openai6", &["chat", "responses"]));
}

#[test]
fn openai_npm_6_is_blocked() {
    is_blocked(&clients("openai6", &["chat", "responses"]), &openai_exception);
}
