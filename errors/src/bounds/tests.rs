use proptest::prelude::*;
use serde_json::json;

use super::*;

#[test]
fn invisible_and_control_characters_are_dropped() {
    let hidden = "a\u{1b}[31mb\u{202E}c\u{200B}d\u{E0049}\u{E0047}e\u{FE01}f\0\u{FEFF}\r\ng\u{2028}h";
    assert_eq!(text(hidden, 100), "a[31mbcdef\ng\nh");
}

#[test]
fn honest_scripts_and_emoji_stay() {
    let honest = "Grüße, 你好, नमस्ते, می‌خواهم, 👩‍💻 ❤️\tok\n";
    assert_eq!(text(honest, 100), honest);
}

#[test]
fn long_text_is_cut_between_characters() {
    assert_eq!(text(&"é".repeat(10), 3), "ééé…");
    assert_eq!(text("ééé", 3), "ééé");
}

#[test]
fn tokens_cannot_end_a_header_line() {
    assert_eq!(token("id-1\r\nset-cookie: a=b\u{e9}"), "id-1set-cookie:a=b");
    assert_eq!(token(&"x".repeat(10_000)).len(), TOKEN);
}

#[test]
fn hosts_are_in_lower_case_and_bounded() {
    assert_eq!(host("API.Example.com:8443"), "api.example.com:8443");
    assert_eq!(host("[::1]:80"), "[::1]:80");
    assert_eq!(host("a\r\nb: <c>\u{e9}"), "ab:c");
    assert_eq!(host(&"x".repeat(10_000)).len(), HOST);
}

#[test]
fn scores_read_well() {
    assert_eq!(value(json!(0.97_f32)), json!(0.97));
    assert_eq!(value(json!(1e300)), json!(1e300));
    assert_eq!(value(json!(u64::MAX)), json!(u64::MAX));
}

#[test]
fn values_are_few_and_shallow() {
    let many = value(json!(vec![1; 10_000]));
    assert_eq!(many.as_array().map(Vec::len), Some(VALUES - 1));

    let mut deep = json!("bottom");
    for _ in 0..100 {
        deep = json!([deep]);
    }
    let deepest = "[".repeat(DEPTH) + "null" + &"]".repeat(DEPTH);
    assert_eq!(value(deep).to_string(), deepest);
}

proptest! {
    #[test]
    fn cleaning_is_bounded_and_done_once(raw in any::<String>(), max in 1_usize..50) {
        let clean = text(&raw, max);
        prop_assert!(clean.chars().count() <= max + 1);
        prop_assert_eq!(text(&clean, max + 1), clean);
    }

}
