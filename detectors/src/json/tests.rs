use proptest::prelude::*;
use serde_json::Value;

use super::literal::{decode, locate};
use super::*;

const LIMITS: Limits = Limits {
    depth: 64,
    nodes: 10_000,
};

/// The value that our tree describes, last key wins, to compare with `serde_json`.
fn value(view: View<'_>) -> Value {
    match view.kind() {
        Kind::Object => Value::Object(
            view.children()
                .map(|c| (c.key().unwrap().into_owned(), value(c)))
                .collect(),
        ),
        Kind::Array => Value::Array(view.children().map(value).collect()),
        Kind::String => Value::String(view.text().unwrap().into_owned()),
        _ => serde_json::from_str(view.raw_text()).unwrap(),
    }
}

#[test]
fn keeps_duplicate_keys_and_positions() {
    let text = r#"{"a": "x", "a": ["y", {"b~/": null}]}"#;
    let doc = Doc::parse(text, LIMITS).unwrap();
    let root = doc.root().unwrap();
    assert_eq!(root.all("a").count(), 2);
    assert_eq!(&text[root.all("a").next().unwrap().raw()], "\"x\"");
    let pointers: Vec<_> = root.within().map(View::pointer).collect();
    assert_eq!(pointers, ["", "/a", "/a", "/a/0", "/a/1", "/a/1/b~0~1"]);
    let list = root.last("a").unwrap();
    assert_eq!(&text[list.raw()], r#"["y", {"b~/": null}]"#);
}

#[test]
fn a_key_is_the_same_however_it_is_escaped() {
    let doc = Doc::parse(r#"{"m\u0065ssages": 1}"#, LIMITS).unwrap();
    assert!(doc.root().unwrap().has("messages"));
}

#[test]
fn depth_and_nodes_are_bounded() {
    let deep = format!("{}{}", "[".repeat(65), "]".repeat(65));
    assert_eq!(Doc::parse(&deep, LIMITS).unwrap_err(), Fault::Depth);
    let fits = format!("{}{}", "[".repeat(64), "]".repeat(64));
    assert!(Doc::parse(&fits, LIMITS).is_ok());
    let many = format!("[{}1]", "1,".repeat(20_000));
    assert_eq!(Doc::parse(&many, LIMITS).unwrap_err(), Fault::Nodes);
}

#[test]
fn refuses_what_is_not_json() {
    for text in [
        "",
        " ",
        "{",
        "[1,]",
        "{\"a\":1,}",
        "{'a':1}",
        "01",
        "1.",
        "1e",
        "-",
        "+1",
        "nul",
        "NaN",
        "\"\\x\"",
        "\"\\u12\"",
        "\"a\nb\"",
        "[1 2]",
        "{\"a\" 1}",
        "{a:1}",
        "1 2",
        "[1]]",
        "\"",
        "\"\\",
        "// c\n1",
        "\u{feff}1",
    ] {
        assert!(Doc::parse(text, LIMITS).is_err(), "{text:?}");
        assert!(serde_json::from_str::<Value>(text).is_err(), "{text:?}");
    }
}

#[test]
fn lone_surrogates_become_replacement_characters() {
    assert_eq!(decode(r#""\ud83d\ude00""#), "😀");
    assert_eq!(decode(r#""a\ud83db""#), "a\u{fffd}b");
    assert_eq!(decode(r#""\ude00\ud83d""#), "\u{fffd}\u{fffd}");
    assert_eq!(decode(r#""\ud83d\ud83d\ude00""#), "\u{fffd}😀");
}

#[test]
fn locates_through_escapes() {
    let literal = r#""a\u00e9\ud83d\ude00\n!""#;
    assert_eq!(decode(literal), "aé😀\n!");
    let at = |span| {
        locate(literal, &[span])[0]
            .clone()
            .map(|raw| literal[raw].to_owned())
    };
    assert_eq!(at(1..3).as_deref(), Some("\\u00e9"));
    assert_eq!(at(3..7).as_deref(), Some("\\ud83d\\ude00"));
    assert_eq!(
        at(4..5).as_deref(),
        Some("\\ud83d\\ude00"),
        "widened to the character"
    );
    assert_eq!(at(0..9).as_deref(), Some("a\\u00e9\\ud83d\\ude00\\n!"));
    assert_eq!(at(8..100).as_deref(), Some("!"));
    assert_eq!(at(20..21), None);
}

#[test]
fn lines_become_one_array() {
    let doc = Doc::parse_lines("{\"a\":\"x\"}\n{\"a\":\"y\"}\n", LIMITS).unwrap();
    let pointers: Vec<_> = doc.root().unwrap().within().map(View::pointer).collect();
    assert_eq!(pointers, ["", "/0", "/0/a", "/1", "/1/a"]);
    assert!(Doc::parse_lines("{} }", LIMITS).is_err());
}

#[test]
fn a_cut_text_gives_what_was_read() {
    let doc = Doc::parse_start(r#"{"object": "chat.completion", "choices": [{"mess"#, LIMITS);
    let root = doc.root().unwrap();
    assert_eq!(root.last("object").unwrap().text().unwrap(), "chat.completion");
    assert!(root.last("choices").unwrap().is(Kind::Array));
}

pub(crate) fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 64, 8, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..8).prop_map(Value::from),
            prop::collection::hash_map(any::<String>(), inner, 0..8)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn agrees_with_serde_json_on_valid_json(json in any_json(), pretty in any::<bool>()) {
        let text = if pretty { serde_json::to_string_pretty(&json) } else { serde_json::to_string(&json) }.unwrap();
        let doc = Doc::parse(&text, LIMITS).unwrap();
        let expected: Value = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(value(doc.root().unwrap()), expected);
    }

    #[test]
    fn accepts_only_what_serde_json_accepts(text in r#"[\[\]{}:,"\\0-9a-eu.+ tf-]{0,24}"#) {
        let ours = Doc::parse(&text, LIMITS).is_ok();
        match serde_json::from_str::<Value>(&text) {
            Ok(_) => prop_assert!(ours),
            // The two ways in which `serde_json` is narrower: lone surrogates and numbers beyond f64.
            Err(e) => prop_assert!(!ours || e.to_string().contains("surrogate") || e.to_string().contains("out of range")
                || e.to_string().contains("hex escape")),
        }
    }

    #[test]
    fn every_pointer_resolves(json in any_json()) {
        let text = serde_json::to_string(&json).unwrap();
        let doc = Doc::parse(&text, LIMITS).unwrap();
        for view in doc.root().unwrap().within() {
            let pointer = view.pointer();
            if !pointer.contains('…') {
                prop_assert_eq!(json.pointer(&pointer).is_some(), true);
            }
        }
    }
}
