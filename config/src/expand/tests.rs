use proptest::prelude::*;

use super::*;

fn env(name: &str) -> Option<String> {
    match name {
        "KEY" => Some("k3y".to_owned()),
        "EMPTY" => Some(String::new()),
        "NESTED" => Some("${KEY} $$".to_owned()),
        _ => None,
    }
}

#[test]
fn variables_are_filled_in() {
    for (text, filled) in [
        ("", ""),
        ("plain", "plain"),
        ("Bearer ${KEY}", "Bearer k3y"),
        ("${KEY}${KEY}", "k3yk3y"),
        ("$${KEY}", "${KEY}"),
        ("$$${KEY}", "$k3y"),
        ("pa$word$", "pa$word$"),
        ("${NONE:-else}", "else"),
        ("${EMPTY:-else}", "else"),
        ("${KEY:-else}", "k3y"),
        ("<${EMPTY}>", "<>"),
        ("${NONE:-}", ""),
        // What the environment gives is not read again.
        ("${NESTED}", "${KEY} $$"),
    ] {
        assert_eq!(expand(text, &env).as_deref(), Ok(filled), "{text}");
    }
}

#[test]
fn what_is_missing_is_named() {
    let error = expand("a ${NONE} b", &env).unwrap_err();
    assert_eq!(error.piece, "${NONE}");
    assert!(error.to_string().contains("`NONE` is not set"));
    for text in ["${", "${KEY", "${}", "${1A}", "${A B}", "${:-x}", "${é}"] {
        assert!(expand(text, &env).is_err(), "{text}");
    }
}

#[test]
fn what_comes_from_the_environment_is_marked() {
    assert!(mentions("a ${KEY}") && mentions("$$${KEY}") && mentions("${NONE:-x}"));
    assert!(!mentions("a $KEY") && !mentions("$${KEY}") && !mentions("$$$$") && !mentions("$"));
}

proptest! {
    #[test]
    fn any_text_is_safe(text in "[${}:A-Z_a-é -]{0,40}") {
        let filled = expand(&text, &env);
        if !mentions(&text) {
            prop_assert_eq!(filled, Ok(text.replace("$$", "$")));
        }
    }
}
