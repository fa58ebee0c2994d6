//! What a path says about the provider behind it, before any body is read.

use lockgate_detectors::Protocol;
use lockgate_errors::Envelope;

/// Ends of paths that only language model APIs have; prefixes in front of them are common (`/openai/v1/...`).
const PATHS: [(&str, Envelope); 14] = [
    ("/v1/messages", Envelope::Anthropic),
    ("/v1/messages/count_tokens", Envelope::Anthropic),
    ("/v1/complete", Envelope::Anthropic),
    ("/chat/completions", Envelope::OpenAi),
    ("/v1/responses", Envelope::OpenAiResponses),
    ("/v1/completions", Envelope::OpenAi),
    ("/v1/embeddings", Envelope::OpenAi),
    ("/v2/chat", Envelope::Cohere),
    ("/v1/chat", Envelope::Cohere),
    ("/v2/embed", Envelope::Cohere),
    ("/api/chat", Envelope::Ollama),
    ("/api/generate", Envelope::Ollama),
    ("/api/embed", Envelope::Ollama),
    ("/api/embeddings", Envelope::Ollama),
];
/// Gemini's methods stand behind a colon: `/v1beta/models/gemini-2.5-pro:generateContent`.
const GEMINI: [&str; 4] = [
    ":generateContent",
    ":streamGenerateContent",
    ":countTokens",
    ":embedContent",
];

/// Whether the path alone says that a language model answers.
pub(crate) fn is_llm_path(path: &str) -> bool {
    by_path(path).is_some()
}

/// The error envelope that the caller's SDK reads.
pub(crate) fn envelope(path: &str, protocol: Protocol) -> Envelope {
    match protocol {
        Protocol::OpenAiResponses => by_path(path).unwrap_or(Envelope::OpenAiResponses),
        Protocol::OpenAiChat | Protocol::OpenAiCompletions | Protocol::OpenAiEmbeddings => {
            by_path(path).unwrap_or(Envelope::OpenAi)
        }
        Protocol::Anthropic => Envelope::Anthropic,
        Protocol::Gemini => Envelope::Gemini,
        Protocol::Ollama => Envelope::Ollama,
        Protocol::Cohere => Envelope::Cohere,
        Protocol::McpJsonRpc => Envelope::JsonRpc,
        Protocol::UnknownJson | Protocol::PlainText | Protocol::None => {
            by_path(path).unwrap_or(Envelope::None)
        }
    }
}

fn by_path(path: &str) -> Option<Envelope> {
    let path = path.trim_end_matches('/');
    if GEMINI.iter().any(|method| path.ends_with(method)) {
        return Some(Envelope::Gemini);
    }
    PATHS
        .iter()
        .find(|(end, _)| path.ends_with(end))
        .map(|(_, envelope)| *envelope)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_of_providers_are_known_behind_any_prefix() {
        assert!(matches!(by_path("/v1/chat/completions"), Some(Envelope::OpenAi)));
        assert!(matches!(
            by_path("/groq/openai/v1/chat/completions"),
            Some(Envelope::OpenAi)
        ));
        assert!(matches!(
            by_path("/anthropic/v1/messages"),
            Some(Envelope::Anthropic)
        ));
        assert!(matches!(
            by_path("/v1beta/models/g:streamGenerateContent"),
            Some(Envelope::Gemini)
        ));
        assert!(matches!(by_path("/api/chat/"), Some(Envelope::Ollama)));
        assert!(by_path("/v1/messages/batches").is_none());
        assert!(by_path("/checkout").is_none());
    }

    #[test]
    fn a_body_in_openai_shape_on_anthropics_path_is_answered_as_anthropic() {
        let envelope = envelope("/v1/messages", Protocol::OpenAiChat);
        assert!(matches!(envelope, Envelope::Anthropic));
    }
}
