//! Unmodified SDKs through the gate: allowed and redacted, plain and streamed. What they make of errors is in
//! `sdk_errors.rs`.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "helpers of tests report by panicking"
)]

use std::fs;

use lockgate_tests::prompts::{CARD, HARMLESS, WITH_CARD};
use lockgate_tests::sdk::{ALL, Job, Runtime, named};
use lockgate_tests::{Gate, Origin, workspace};

/// A harmless prompt goes through as it is, and its answer comes back whole, in pieces where it is streamed; of
/// another, the card number is gone before the request reaches the origin, and nothing else.
fn works_as_ever(name: &str) {
    let sdk = named(name);
    if let Some(reason) = sdk.missing() {
        eprintln!("skipped: {reason}");
        return;
    }
    let origin = Origin::start();
    // What agents say to each other is looked at only where the owner wants it.
    let routes = "[{ name: all, path: /, upstream: origin, scan: always }]";
    let gate = Gate::before(&origin).section("routes", routes).start();
    let hidden = WITH_CARD.replace(CARD, "[CREDIT_CARD]");
    let prompts = [(HARMLESS, HARMLESS), (WITH_CARD, hidden.as_str())];
    let mut jobs = Vec::new();
    for api in sdk.apis {
        for stream in [false, true] {
            for (sent, arrives) in prompts {
                let url = format!("http://{}/{}", gate.address, jobs.len());
                let prompt = sent.to_owned();
                jobs.push((
                    arrives,
                    Job {
                        url,
                        api: api.name,
                        stream,
                        prompt,
                        retries: None,
                    },
                ));
            }
        }
    }
    let (arrive, asked): (Vec<_>, Vec<_>) = jobs.into_iter().unzip();
    let seen = sdk.run(&asked);
    for (index, ((arrives, job), seen)) in arrive.iter().zip(&asked).zip(&seen).enumerate() {
        let Job { api, stream, .. } = job;
        let told = format!("{name} {api} stream={stream}: {seen}");
        assert_eq!(seen["text"], format!("You said: {arrives}"), "{told}");
        // MCP streams what happens meanwhile; the text of the result is one piece.
        assert_eq!(
            seen["pieces"].as_u64() > Some(1),
            *stream && *api != "tools/call",
            "{told}"
        );
        let prefix = format!("/{index}/");
        let came: Vec<_> = origin.records();
        let came: Vec<_> = came
            .iter()
            .filter(|record| record.path.starts_with(&prefix) && record.text().contains(arrives))
            .collect();
        assert_eq!(came.len(), 1, "{told}: {came:?}");
        assert!(!came[0].text().contains(CARD), "{told}: {came:?}");
    }
}

/// One test for each SDK, so that they run side by side.
macro_rules! works_as_ever {
    ($($test:ident: $name:literal,)*) => {
        $(
            #[test]
            fn $test() {
                works_as_ever($name);
            }
        )*

        #[test]
        fn every_sdk_has_a_test() {
            assert_eq!(ALL.map(|sdk| sdk.name).as_slice(), [$($name),*]);
        }
    };
}

works_as_ever! {
    openai_python_3: "openai 3.54.0",
    openai_python_2: "openai 2.54.0",
    openai_npm_7: "openai 7.57.0",
    openai_npm_6: "openai 6.49.0",
    anthropic_python: "anthropic 2.12.0",
    anthropic_npm: "@anthropic-ai/sdk 1.12.0",
    vercel_npm: "ai 6.0.326",
    litellm_python: "litellm 1.106.2",
    google_python: "google-genai 3.4.0",
    google_npm: "@google/genai 3.1.0",
    cohere_python: "cohere 7.3.1",
    cohere_npm: "cohere-ai 8.1.0",
    mistral_python: "mistralai 3.7.0",
    mistral_npm: "@mistralai/mistralai 2.7.0",
    ollama_python: "ollama 0.6.3",
    ollama_npm: "ollama 0.6.4",
    mcp_python: "mcp 2.3.0",
    mcp_npm: "@modelcontextprotocol/sdk 1.32.2",
    a2a_python: "a2a-sdk 1.3.0",
    a2a_npm: "@a2a-js/sdk 1.3.0",
}

/// The versions that the tests, and with them the documentation, name are those that set-up installs.
#[test]
fn the_versions_are_those_that_are_pinned() {
    let read = |path: &str| fs::read_to_string(workspace::root().join(path)).expect("a file");
    let package = read("tests/sdk/node/package.json");
    for sdk in &ALL {
        let (name, version) = sdk.name.split_once(' ').expect("a version");
        let pinned = match sdk.runtime {
            Runtime::Python(folder) => {
                read(&format!("setup/pins/{folder}.txt")).contains(&format!("\n{name}=={version} "))
            }
            Runtime::Node => [
                format!("\"{name}\": \"{version}\""),
                format!("\"npm:{name}@{version}\""),
            ]
            .iter()
            .any(|pin| package.contains(pin)),
        };
        assert!(pinned, "{} is not what set-up installs", sdk.name);
    }
}
