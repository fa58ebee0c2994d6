use proptest::prelude::*;
use serde::Serialize;

use super::*;

fn facts() -> Facts {
    #[derive(Serialize)]
    struct Request<'a> {
        method: &'a str,
        path: &'a str,
        headers: std::collections::BTreeMap<&'a str, &'a str>,
    }

    let mut facts = Facts::new();
    facts.set("injection", 0.95).unwrap();
    facts.set("pii", vec!["EMAIL_ADDRESS", "US_SSN"]).unwrap();
    let headers = [("x-team", "blue")].into();
    facts
        .set(
            "request",
            Request {
                method: "POST",
                path: "/v1/chat",
                headers,
            },
        )
        .unwrap();
    facts
}

fn eval(source: &str) -> Result<bool, EvalError> {
    Condition::parse(source)
        .unwrap_or_else(|error| panic!("{source}: {error}"))
        .eval(&facts())
}

fn refusal(source: &str) -> String {
    let error = Condition::parse(source).map(|_| ()).unwrap_err();
    match error.position() {
        Some((line, column)) => format!("{line}:{column}: {error}"),
        None => error.to_string(),
    }
}

#[test]
fn conditions_hold_or_not() {
    for (source, holds) in [
        ("true", true),
        ("false", false),
        ("injection >= 0.9", true),
        ("injection >= 1", false),
        ("pii.exists(c, c in [\"CREDIT_CARD\", \"US_SSN\"])", true),
        ("pii.all(c, c == \"US_SSN\")", false),
        ("pii.filter(c, c.startsWith(\"US\")).size() == 1", true),
        ("size(pii) == 2 && \"US_SSN\" in pii", true),
        (
            "request.path.matches(\"^/v[0-9]+/\") && request.method == \"POST\"",
            true,
        ),
        (
            "\"x-team\" in request.headers && request.headers[\"x-team\"] == \"blue\"",
            true,
        ),
        (
            "\"x-none\" in request.headers && request.headers[\"x-none\"] == \"blue\"",
            false,
        ),
        ("has(request.headers.authorization)", false),
        ("request.path == \"/\" ? false : !false", true),
    ] {
        assert_eq!(eval(source), Ok(holds), "{source}");
    }
}

#[test]
fn what_cannot_be_evaluated_is_an_error_without_values() {
    assert_eq!(
        eval("request.headers[\"none\"] == \"a\""),
        Err(EvalError::NoSuchKey("none".into()))
    );
    assert_eq!(eval("toxic > 0.5"), Err(EvalError::NotSet("toxic".into())));
    assert_eq!(eval("1 / 0 == 1"), Err(EvalError::NoResult));
    let mut facts = Facts::new();
    facts.set("injection", "a secret text").unwrap();
    let error = Condition::parse("injection >= 0.9")
        .unwrap()
        .eval(&facts)
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "the types do not fit: `>=` does not take (string, double)"
    );
}

#[test]
fn a_fact_can_be_set_again() {
    let mut facts = facts();
    facts.set("injection", 0.1).unwrap();
    assert_eq!(
        Condition::parse("injection < 0.5").unwrap().eval(&facts),
        Ok(true)
    );
}

#[test]
fn references_are_the_top_level_variables() {
    let condition = Condition::parse("pii.exists(toxic, toxic in [route]) || request.path == \"/\"").unwrap();
    assert_eq!(
        condition.references().iter().collect::<Vec<_>>(),
        ["pii", "request", "route"]
    );
    assert!(condition.reads("pii") && !condition.reads("toxic"));
    assert!(Condition::default().is_always() && Condition::default().references().is_empty());
}

#[test]
fn what_can_never_be_evaluated_is_refused() {
    let all = [
        "injecton >= 0.9",
        "request.pth == \"/\"",
        "pii.exist(c, c == \"X\")",
        "pii.exists(c)",
        "pii.map(c, c + \"x\").size() > 0",
        "injection >=",
        "injection >= \"high\"",
        "injection + 1.0",
        "request",
        "request.path.matches(\"(\")",
        "request.path.matches(prompt.model)",
        "timestamp(\"2026-01-01T00:00:00Z\") > 1",
        "toxic > 0.5\n  && (\n  bdy.error == \"\")",
        "\"é\" == \"é\" && rute == \"a\"",
        " ",
    ];
    insta::assert_snapshot!(all.map(refusal).join("\n"), @"
    1:1: unknown variable `injecton`; did you mean `injection`? Known: injection, toxic, pii, signatures, request, route, endpoint, body, prompt
    1:8: `request` has no member `pth`; did you mean `path`? Known: method, host, path, headers
    1:10: unknown function `exist`; did you mean `exists`? Known: size, contains, startsWith, endsWith, matches, string, int, uint, double, bytes, bool, type, dyn, has, all, exists, exists_one, filter
    1:11: `exists` takes a name and an expression: `list.exists(x, ...)`
    1:8: `map` is not part of conditions; use `exists`, `all` or `filter`
    1:13: not a CEL expression: it ends too early
    the types do not fit: `>=` does not take (double, string)
    a condition is true or false, this one gives a double
    a condition is true or false, this one gives a map
    1:21: not a regular expression: unclosed group
    1:21: the pattern of `matches` has to be written out in quotes
    1:10: unknown function `timestamp`; known: size, contains, startsWith, endsWith, matches, string, int, uint, double, bytes, bool, type, dyn, has, all, exists, exists_one, filter
    3:3: unknown variable `bdy`; did you mean `body`? Known: injection, toxic, pii, signatures, request, route, endpoint, body, prompt
    1:17: unknown variable `rute`; did you mean `route`? Known: injection, toxic, pii, signatures, request, route, endpoint, body, prompt
    a condition is not empty; leave `when` out to apply the rule always
    ");
}

#[test]
fn work_and_depth_are_bounded() {
    let deep = |open: &str, close: &str, n: usize| format!("{}true{}", open.repeat(n), close.repeat(n));
    for source in [
        deep("(", ")", 2000),
        deep("[", "]", 60),
        deep("[1].exists(x, ", ")", 46),
        format!("request{}", ".a".repeat(1900)),
        format!("pii{} == 1", "[0]".repeat(1300)),
        format!("1{} == 1", "+1".repeat(2000)),
        "true?true:".repeat(400) + "true",
        "\"".repeat(4000),
        "x".repeat(4097),
        "pii.exists(a, pii.exists(b, a == b))".to_owned(),
        "pii.map(a, pii).size() > 1".to_owned(),
        "[1,2,3,4,5,6,7,8,9,10,11].all(a, [1,2,3,4,5,6,7,8,9,10].all(b, [1,2,3,4,5,6,7,8,9,10].all(c, true)))".to_owned(),
        "request.path.matches(\"(a{1000}){1000}\")".to_owned(),
    ] {
        assert!(Condition::parse(&source).is_err(), "{source}");
    }
    assert_eq!(eval(&("!".repeat(4000) + "true")), Ok(true));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_is_safe(source in "(true|pii|request|injection|[0-9]|exists|matches|[-+*/%!<>=&|?:.,()\\[\\]{}\"'`é\n ]){0,20}") {
        if let Ok(condition) = Condition::parse(&source) {
            let _ = condition.eval(&facts());
        }
    }
}
