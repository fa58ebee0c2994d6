//! What a problem costs an agent that reads it, in tokens.

use tiktoken_rs::o200k_base_singleton;

use super::*;

/// The problem as the gate sends it to a client that is over its limit.
fn rate_limited() -> Problem {
    Problem::new(&catalogue::RATE_LIMITED)
        .detail("60 requests per 1m for this client are used up.")
        .exchange("179500000012345612345678")
        .host("api.example.com")
        .retry_after(12)
        .at(SystemTime::UNIX_EPOCH + Duration::from_secs(1_795_000_000))
}

fn tokens(form: Form, envelope: Envelope) -> usize {
    let body = render(&rate_limited(), form, envelope).body;
    o200k_base_singleton().encode_ordinary(&body).len()
}

#[test]
fn markdown_takes_at_most_150_tokens() {
    let tokens = tokens(Form::Markdown, Envelope::None);
    assert!(tokens <= 150, "{tokens}");
}

#[test]
fn json_takes_at_most_190_tokens_and_200_with_the_envelope_of_a_provider() {
    let bare = tokens(Form::Json, Envelope::None);
    assert!(bare <= 190, "{bare}");
    for envelope in [
        Envelope::OpenAi,
        Envelope::Anthropic,
        Envelope::Gemini,
        Envelope::Cohere,
        Envelope::Ollama,
        Envelope::JsonRpc,
    ] {
        let tokens = tokens(Form::Json, envelope);
        assert!(tokens <= 200, "{envelope:?}: {tokens}");
    }
}
