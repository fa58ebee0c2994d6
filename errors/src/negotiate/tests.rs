use proptest::prelude::*;

use super::Form::{self, Html, Json, Markdown, ProblemJson};
use super::*;

#[test]
fn the_form_follows_the_accept_field() {
    // Accept, then the form where the default is JSON, then where it is HTML.
    let table = [
        // Nothing asked for.
        ("", Json, Html),
        ("*/*", Json, Html),
        ("*/*;q=0.1", Json, Html),
        // Each form by name.
        ("application/json", Json, Json),
        ("application/problem+json", ProblemJson, ProblemJson),
        ("text/markdown", Markdown, Markdown),
        ("text/plain", Markdown, Markdown),
        ("text/html", Html, Html),
        ("TEXT/Markdown", Markdown, Markdown),
        ("text/markdown;variant=GFM;charset=utf-8", Markdown, Markdown),
        // Wildcards.
        ("text/*", Markdown, Markdown),
        ("application/*", Json, Json),
        ("text/*, application/json", Markdown, Markdown),
        ("application/json, text/*", Json, Json),
        // Equal weights: what is named first.
        ("text/markdown, application/json", Markdown, Markdown),
        ("application/json, text/markdown", Json, Json),
        ("text/markdown, */*", Markdown, Markdown),
        ("application/json, text/plain, */*", Json, Json),
        ("application/json, text/event-stream", Json, Json),
        (
            "application/problem+json, application/json",
            ProblemJson,
            ProblemJson,
        ),
        // Weights.
        ("application/json;q=0.8, text/markdown", Markdown, Markdown),
        ("text/markdown;q=0.5, text/html;q=0.9", Html, Html),
        ("text/markdown; q=0.9 , text/html ; Q=0.1", Markdown, Markdown),
        (
            "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
            Html,
            Html,
        ),
        (
            "application/json;q=0.001, text/markdown;q=0.002",
            Markdown,
            Markdown,
        ),
        // The more specific range decides, whatever its weight.
        ("text/*, text/html;q=0.3", Markdown, Markdown),
        ("*/*, application/json;q=0", ProblemJson, Html),
        ("*/*, text/html;q=0", Json, Json),
        ("text/markdown;q=0, text/plain;q=0, text/*", Html, Html),
        ("*/*;q=0.5, text/markdown;q=0.1", Json, Html),
        ("text/html, text/html;q=0.1, text/markdown;q=0.5", Html, Html),
        // Nothing that we have.
        ("image/png", Json, Html),
        ("text/event-stream", Json, Html),
        ("application/json;q=0", Json, Html),
        ("*/*;q=0", Json, Html),
        // Malformed ranges are ignored, the others count.
        ("text/html;q=2, text/markdown;q=0.1", Markdown, Markdown),
        ("text/html;q=nonsense, text/markdown;q=0.1", Markdown, Markdown),
        ("text/html;q=0.1234, text/markdown;q=0.1", Markdown, Markdown),
        ("text/html;q=, text/markdown;q=0.1", Markdown, Markdown),
        ("html, , /, ;;, text/markdown", Markdown, Markdown),
        // Commas in quoted parameters do not separate.
        (
            "text/markdown;title=\"a, text/html\", application/json;q=0.1",
            Markdown,
            Markdown,
        ),
        ("image/png;a=\", text/markdown", Json, Html),
    ];
    for (accept, json, html) in table {
        assert_eq!(
            negotiate(Some(accept), Json),
            json,
            "{accept:?} with JSON as the default"
        );
        assert_eq!(
            negotiate(Some(accept), Html),
            html,
            "{accept:?} with HTML as the default"
        );
    }
    assert_eq!(negotiate(None, Markdown), Markdown);
}

#[test]
fn application_wildcard_keeps_a_json_default() {
    assert_eq!(negotiate(Some("application/*"), ProblemJson), ProblemJson);
    assert_eq!(negotiate(Some("application/*"), Markdown), Json);
}

#[test]
fn only_the_beginning_of_a_long_field_counts() {
    let padding = "a/b,".repeat(MAX_RANGES);
    assert_eq!(negotiate(Some(&(padding + "text/html")), Json), Json);
    let padding = format!("a/b;c={},", "é".repeat(MAX_BYTES));
    assert_eq!(negotiate(Some(&(padding + "text/html")), Json), Json);
}

fn any_form() -> impl Strategy<Value = Form> {
    prop_oneof![Just(Json), Just(ProblemJson), Just(Markdown), Just(Html)]
}

proptest! {
    #[test]
    fn no_field_is_too_strange(accept in any::<String>(), default in any_form()) {
        negotiate(Some(&accept), default);
    }

    #[test]
    fn field_like_text_is_handled(accept in "([a-z*]{0,4}/[a-z*]{0,4}(; ?q=[0-9.]{0,6})?[, ;\"]{0,2}){0,80}", default in any_form()) {
        negotiate(Some(&accept), default);
    }

    #[test]
    fn a_single_named_form_is_always_given(form in any_form(), default in any_form(), quality in 1_u16..=1000) {
        let (name, ..) = form.media_type().split_once(';').unwrap_or((form.media_type(), ""));
        let accept = format!("{name};q={}.{:03}", quality / 1000, quality % 1000);
        prop_assert_eq!(negotiate(Some(&accept), default), form);
    }
}
