//! Providers of models.

use crate::pii::category::{Category, How, Token, Written, token};

pub(in crate::pii) const CATEGORIES: &[Category] = &[
    Category {
        name: "ANTHROPIC_KEY",
        title: "Key of Anthropic",
        source: "Anthropic API: sk-ant-, kind and version, 80 or more characters",
        example: "sk-ant-api03-0123456789abcdefghijABCDEFGHIJ0123456789abcdefghijABCDEFGHIJ0123456789abcdefghijABCDEFGHIJ-_012-ABCDEAA",
        words: &[],
        how: How::Tokens(&[token(
            "sk-",
            "sk-ant-(?:api|admin|oat|ort|sid)\\d{2}-[A-Za-z0-9_-]{80,}",
            1.0,
        )]),
    },
    Category {
        name: "HUGGINGFACE_TOKEN",
        title: "Token of Hugging Face",
        source: "Hugging Face Hub, user access tokens: hf_ and 34 letters and digits",
        example: "hf_abcdefghijABCDEFGHIJabcdefghij0123",
        words: &[],
        how: How::Tokens(&[
            token("hf_", "hf_[A-Za-z0-9]{34,40}", 0.95),
            token("api_org_", "api_org_[A-Za-z0-9]{34}", 0.95),
        ]),
    },
    Category {
        name: "OPENAI_KEY",
        title: "Key of OpenAI, and of those who write theirs in the same way",
        source: "OpenAI API: sk-proj-, sk-svcacct-, sk-admin-, or sk- with 32 or more letters and digits",
        example: "sk-proj-0123456789abcdefghijT3BlbkFJABCDEFGHIJ0123456789",
        words: &[],
        how: How::Tokens(&[
            token("sk-", "sk-proj-[A-Za-z0-9_-]{20,}", 1.0),
            token("sk-", "sk-svcacct-[A-Za-z0-9_-]{20,}", 1.0),
            token("sk-", "sk-admin-[A-Za-z0-9_-]{20,}", 1.0),
            token("sk-", "sk-or-v1-[a-f0-9]{64}", 1.0),
            Token {
                prefix: "sk-",
                pattern: "sk-[A-Za-z0-9]{32,64}",
                check: is_mixed,
                score: 0.9,
            },
        ]),
    },
];

/// Letters and digits, or letters large and small: no word.
fn is_mixed(it: &Written<'_>) -> bool {
    let raw = it.raw().as_bytes();
    let count = |is: fn(&u8) -> bool| raw.iter().filter(|byte| is(byte)).count();
    let (digits, small, large) = (
        count(u8::is_ascii_digit),
        count(u8::is_ascii_lowercase),
        count(u8::is_ascii_uppercase),
    );
    (digits > 1 && small + large > 4) || (small > 4 && large > 2)
}
