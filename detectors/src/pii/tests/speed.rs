//! Not how fast, which depends on the machine, but that the work grows with the text and not faster.

use super::*;

/// Texts that make a detector without care look at the same bytes again and again.
#[test]
fn no_text_is_read_again_and_again() {
    let hostile = [
        "http://",
        "a@",
        "@a",
        "a.a@a.",
        "1.",
        "1 ",
        "1-",
        "+1 ",
        "((",
        "a:",
        "::",
        "0:",
        "=",
        "password=",
        "eyJ.",
        "eyJa.",
        "sk-",
        "xoxb-",
        "-----BEGIN PRIVATE KEY-----",
        "SharedAccessSignature=",
        "AB 1",
        "ssn ",
        "ssn 1 ",
        "DE89 ",
        "https://a/)",
        "https://a/(",
        "é1",
        "1\u{a0}",
        "://",
        "a://b:c@",
        "swift ",
        "https://a.b/]",
        "4111 ",
        "tel 1",
        "0x",
        "bc1q1",
    ];
    for piece in hostile {
        let text = piece.repeat(60_000 / piece.len());
        let begun = std::time::Instant::now();
        let found = ALL.find(&text);
        // A bound that only work which grows with the square goes beyond: at 60 KB it would take many minutes.
        assert!(begun.elapsed().as_secs() < 60, "{piece:?}");
        assert!(found.len() <= text.len());
    }
}
