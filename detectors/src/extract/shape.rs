//! Which protocol a body speaks: by its shape first, with the path as a hint where shapes overlap.

use crate::Protocol;
use crate::json::{Kind, View};

/// The protocol of one JSON value.
pub(super) fn shape(root: View<'_>, path: &str) -> Protocol {
    let path = path
        .split(['?', '#'])
        .next()
        .unwrap_or_default()
        .trim_end_matches('/');
    if root.has("jsonrpc") && root.has_any(&["method", "result", "error"]) {
        return Protocol::McpJsonRpc;
    }
    if root.has("messages") && (is_conversation(root) || chat_path(path).is_some()) {
        return chat(root, path);
    }
    if is_gemini(root, path) {
        return Protocol::Gemini;
    }
    if root.has("input") {
        return input(root, path);
    }
    if root.has("prompt") {
        return prompt(root, path);
    }
    let cohere = root.has("message") && root.has_any(&["chat_history", "preamble", "connectors"]);
    let rerank = root.has("query") && root.has("documents") && root.has_any(&["model", "top_n"]);
    let embed = root.has_any(&["texts", "inputs"]) && root.has_any(&["input_type", "embedding_types"]);
    if cohere || rerank || embed {
        return Protocol::Cohere;
    }
    Protocol::UnknownJson
}

/// Whether `messages` holds what chat protocols put there.
fn is_conversation(root: View<'_>) -> bool {
    root.all("messages").flat_map(View::items).any(|message| {
        message.has("role") && message.has_any(&["content", "tool_calls", "tool_call_id", "function_call"])
    })
}

/// The chat protocol that a path names.
fn chat_path(path: &str) -> Option<Protocol> {
    let known = [
        ("/chat/completions", Protocol::OpenAiChat),
        ("/v1/messages", Protocol::Anthropic),
        ("/messages/count_tokens", Protocol::Anthropic),
        ("/api/chat", Protocol::Ollama),
        ("/v2/chat", Protocol::Cohere),
    ];
    known
        .into_iter()
        .find(|(end, _)| path.ends_with(end))
        .map(|(_, protocol)| protocol)
}

fn chat(root: View<'_>, path: &str) -> Protocol {
    // What only one of them has decides first.
    if root.has_any(&["system", "anthropic_version"]) || has_anthropic_tools(root) {
        return Protocol::Anthropic;
    }
    if root.has("keep_alive") || (root.has("options") && !root.has("max_tokens")) {
        return Protocol::Ollama;
    }
    if root.has_any(&["documents", "safety_mode", "citation_options"]) {
        return Protocol::Cohere;
    }
    chat_path(path).unwrap_or(Protocol::OpenAiChat)
}

fn has_anthropic_tools(root: View<'_>) -> bool {
    root.all("tools")
        .flat_map(View::items)
        .any(|tool| tool.has("input_schema"))
}

fn is_gemini(root: View<'_>, path: &str) -> bool {
    let contents = root
        .all("contents")
        .flat_map(|view| std::iter::once(view).chain(view.items()));
    let content = root
        .all("content")
        .chain(contents)
        .any(|content| content.has("parts"));
    let calls = [
        ":generateContent",
        ":streamGenerateContent",
        ":countTokens",
        ":embedContent",
        ":batchEmbedContents",
    ];
    content || calls.iter().any(|call| path.ends_with(call))
}

fn input(root: View<'_>, path: &str) -> Protocol {
    if path.ends_with("/api/embed") || root.has("keep_alive") {
        return Protocol::Ollama;
    }
    if path.ends_with("/embeddings") || root.has_any(&["encoding_format", "dimensions"]) {
        return Protocol::OpenAiEmbeddings;
    }
    let responses = [
        "instructions",
        "previous_response_id",
        "max_output_tokens",
        "reasoning",
        "conversation",
    ];
    let items = || root.all("input").flat_map(View::items);
    let typed = items().any(|item| item.has_any(&["role", "type"]));
    if path.ends_with("/responses") || typed || responses.iter().any(|key| root.has(key)) {
        return Protocol::OpenAiResponses;
    }
    if !root.has("model") {
        return Protocol::UnknownJson;
    }
    if items().any(|item| item.is(Kind::String)) {
        Protocol::OpenAiEmbeddings
    } else {
        Protocol::OpenAiResponses
    }
}

fn prompt(root: View<'_>, path: &str) -> Protocol {
    if path.ends_with("/api/generate")
        || path.ends_with("/api/embeddings")
        || root.has_any(&["keep_alive", "template", "options", "raw"])
    {
        return Protocol::Ollama;
    }
    if path.ends_with("/responses") {
        return Protocol::OpenAiResponses;
    }
    if path.ends_with("/completions") || root.has_any(&["model", "max_tokens", "max_tokens_to_sample"]) {
        return Protocol::OpenAiCompletions;
    }
    Protocol::UnknownJson
}
