//! Which SDKs there are, in the order of the documentation.

use super::{Api, Runtime, Sdk};

const CHAT: Api = Api {
    name: "chat",
    path: "/v1/chat/completions",
};
const RESPONSES: Api = Api {
    name: "responses",
    path: "/v1/responses",
};
const MESSAGES: Api = Api {
    name: "messages",
    path: "/v1/messages",
};
const GEMINI: Api = Api {
    name: "generateContent",
    path: "/v1beta/models/gemini-test:generateContent",
};
const COHERE: Api = Api {
    name: "chat v2",
    path: "/v2/chat",
};
const OLLAMA: Api = Api {
    name: "chat",
    path: "/api/chat",
};
const MCP: Api = Api {
    name: "tools/call",
    path: "/mcp",
};
const A2A: Api = Api {
    name: "message",
    path: "/a2a",
};

const PYTHON: Runtime = Runtime::Python("python");
const LITELLM: Runtime = Runtime::Python("litellm");

/// All of them.
pub const ALL: [Sdk; 20] = [
    sdk(
        "openai 3.54.0",
        PYTHON,
        &["python/openai_client.py"],
        &[CHAT, RESPONSES],
    ),
    sdk(
        "openai 2.54.0",
        LITELLM,
        &["python/openai_client.py"],
        &[CHAT, RESPONSES],
    ),
    sdk(
        "openai 7.57.0",
        Runtime::Node,
        &["node/openai_client.mjs", "openai7"],
        &[CHAT, RESPONSES],
    ),
    sdk(
        "openai 6.49.0",
        Runtime::Node,
        &["node/openai_client.mjs", "openai6"],
        &[CHAT, RESPONSES],
    ),
    sdk(
        "anthropic 2.12.0",
        PYTHON,
        &["python/anthropic_client.py"],
        &[MESSAGES],
    ),
    sdk(
        "@anthropic-ai/sdk 1.12.0",
        Runtime::Node,
        &["node/anthropic_client.mjs"],
        &[MESSAGES],
    ),
    sdk(
        "ai 6.0.326",
        Runtime::Node,
        &["node/vercel_client.mjs"],
        &[CHAT, RESPONSES, MESSAGES],
    ),
    sdk(
        "litellm 1.106.2",
        LITELLM,
        &["python/litellm_client.py"],
        &[CHAT, MESSAGES],
    ),
    sdk(
        "google-genai 3.4.0",
        PYTHON,
        &["python/google_client.py"],
        &[GEMINI],
    ),
    sdk(
        "@google/genai 3.1.0",
        Runtime::Node,
        &["node/google_client.mjs"],
        &[GEMINI],
    ),
    sdk("cohere 7.3.1", PYTHON, &["python/cohere_client.py"], &[COHERE]),
    sdk(
        "cohere-ai 8.1.0",
        Runtime::Node,
        &["node/cohere_client.mjs"],
        &[COHERE],
    ),
    sdk("mistralai 3.7.0", PYTHON, &["python/mistral_client.py"], &[CHAT]),
    sdk(
        "@mistralai/mistralai 2.7.0",
        Runtime::Node,
        &["node/mistral_client.mjs"],
        &[CHAT],
    ),
    sdk("ollama 0.6.3", PYTHON, &["python/ollama_client.py"], &[OLLAMA]),
    sdk(
        "ollama 0.6.4",
        Runtime::Node,
        &["node/ollama_client.mjs"],
        &[OLLAMA],
    ),
    sdk("mcp 2.3.0", PYTHON, &["python/mcp_client.py"], &[MCP]),
    sdk(
        "@modelcontextprotocol/sdk 1.32.2",
        Runtime::Node,
        &["node/mcp_client.mjs"],
        &[MCP],
    ),
    sdk("a2a-sdk 1.3.0", PYTHON, &["python/a2a_client.py"], &[A2A]),
    sdk(
        "@a2a-js/sdk 1.3.0",
        Runtime::Node,
        &["node/a2a_client.mjs"],
        &[A2A],
    ),
];

/// The SDK of this name.
pub fn named(name: &str) -> &'static Sdk {
    ALL.iter()
        .find(|sdk| sdk.name == name)
        .unwrap_or_else(|| panic!("no SDK is called {name}"))
}

const fn sdk(
    name: &'static str,
    runtime: Runtime,
    script: &'static [&'static str],
    apis: &'static [Api],
) -> Sdk {
    Sdk {
        name,
        runtime,
        script,
        apis,
    }
}
