use proptest::prelude::*;

use super::Form::{self, Html, Json, Markdown, ProblemJson};
use super::*;

/// Accept, then the form on routes of a provider, then that on others. The table in docs/errors.md is made of this.
pub(crate) type Case = (Option<&'static str>, Form, Form);

pub(crate) const CASES: [(&str, &[Case]); 8] = [
    (
        "Nothing in particular: JSON",
        &[
            (None, Json, ProblemJson),
            (Some(""), Json, ProblemJson),
            (Some("*/*"), Json, ProblemJson),
            (Some("*/*;q=0.1"), Json, ProblemJson),
        ],
    ),
    (
        "One form by its name",
        &[
            (Some("application/json"), Json, Json),
            (Some("application/problem+json"), ProblemJson, ProblemJson),
            (Some("application/problem+json;q=0.1"), ProblemJson, ProblemJson),
            (Some("text/markdown"), Markdown, Markdown),
            (
                Some("text/markdown;variant=GFM;charset=utf-8"),
                Markdown,
                Markdown,
            ),
            (Some("text/plain"), Markdown, Markdown),
            (Some("text/html"), Html, Html),
            (Some("TEXT/Markdown"), Markdown, Markdown),
        ],
    ),
    (
        "What clients really send",
        &[
            // Chrome, then axios, a client of MCP, a reader of a stream, and an agent that fetches pages.
            (
                Some("text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"),
                Html,
                Html,
            ),
            (Some("application/json, text/plain, */*"), Json, Json),
            (Some("application/json, text/event-stream"), Json, Json),
            (Some("text/event-stream"), Json, ProblemJson),
            (
                Some("text/markdown, text/html;q=0.9, */*;q=0.1"),
                Markdown,
                Markdown,
            ),
        ],
    ),
    (
        "Wildcards: any application type is JSON, any text is Markdown",
        &[
            (Some("application/*"), Json, ProblemJson),
            (Some("text/*"), Markdown, Markdown),
            (Some("text/*, application/json"), Markdown, Markdown),
            (Some("application/json, text/*"), Json, Json),
            (Some("text/*;q=0.5, application/*"), Json, ProblemJson),
        ],
    ),
    (
        "Equal weights: what is named first",
        &[
            (Some("text/markdown, application/json"), Markdown, Markdown),
            (Some("application/json, text/markdown"), Json, Json),
            (Some("text/markdown, */*"), Markdown, Markdown),
            (Some("*/*, text/markdown"), Json, ProblemJson),
            (
                Some("application/problem+json, application/json"),
                ProblemJson,
                ProblemJson,
            ),
        ],
    ),
    (
        "Weights",
        &[
            (Some("application/json;q=0.8, text/markdown"), Markdown, Markdown),
            (Some("text/markdown;q=0.5, text/html;q=0.9"), Html, Html),
            (
                Some("text/markdown; q=0.9 , text/html ; Q=0.1"),
                Markdown,
                Markdown,
            ),
            (
                Some("application/json;q=0.001, text/markdown;q=0.002"),
                Markdown,
                Markdown,
            ),
            (
                Some("application/problem+json;q=0.9, application/json;q=0.8"),
                ProblemJson,
                ProblemJson,
            ),
        ],
    ),
    (
        "The more specific range decides for its type, whatever its weight",
        &[
            (Some("text/*, text/html;q=0.3"), Markdown, Markdown),
            (Some("*/*, application/json;q=0"), ProblemJson, ProblemJson),
            (Some("application/*, application/problem+json;q=0.5"), Json, Json),
            (Some("text/markdown;q=0, text/plain;q=0, text/*"), Html, Html),
            (Some("*/*;q=0.5, text/markdown;q=0.1"), Json, ProblemJson),
            (
                Some("text/html, text/html;q=0.1, text/markdown;q=0.5"),
                Html,
                Html,
            ),
        ],
    ),
    (
        "Nothing that the gate has, or nothing that can be read: JSON, because an error that nobody reads helps nobody",
        &[
            (Some("image/png"), Json, ProblemJson),
            (Some("application/json;q=0"), Json, ProblemJson),
            (Some("*/*;q=0"), Json, ProblemJson),
            (Some("nonsense"), Json, ProblemJson),
            (Some("text/html;q=2, text/markdown;q=0.1"), Markdown, Markdown),
            (
                Some("text/html;q=nonsense, text/markdown;q=0.1"),
                Markdown,
                Markdown,
            ),
            (
                Some("text/html;q=0.1234, text/markdown;q=0.1"),
                Markdown,
                Markdown,
            ),
            (Some("text/html;q=, text/markdown;q=0.1"), Markdown, Markdown),
            (Some("html, , /, ;;, text/markdown"), Markdown, Markdown),
            (
                Some("text/markdown;title=\"a, text/html\", application/json;q=0.1"),
                Markdown,
                Markdown,
            ),
            (Some("image/png;a=\", text/markdown"), Json, ProblemJson),
        ],
    ),
];

#[test]
fn the_form_follows_the_accept_field() {
    for (why, cases) in CASES {
        for (accept, provider, other) in cases {
            assert_eq!(
                negotiate(*accept, Json),
                *provider,
                "{accept:?} on a route of a provider: {why}"
            );
            assert_eq!(
                negotiate(*accept, ProblemJson),
                *other,
                "{accept:?} elsewhere: {why}"
            );
        }
    }
}

#[test]
fn any_form_can_be_the_default() {
    for default in [Markdown, Html] {
        for accept in [None, Some("*/*"), Some("image/png")] {
            assert_eq!(negotiate(accept, default), default);
        }
        assert_eq!(negotiate(Some("application/*"), default), Json);
        assert_eq!(negotiate(Some("text/*"), default), Markdown);
        assert_eq!(negotiate(Some("*/*, text/*;q=0"), default), Json);
    }
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
