//! What a problem costs an agent that reads it, in tokens.

use tiktoken_rs::o200k_base_singleton;

use super::*;

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
fn json_takes_at_most_190_tokens_and_220_with_the_envelope_of_a_provider() {
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
        assert!(tokens <= 220, "{envelope:?}: {tokens}");
    }
}
