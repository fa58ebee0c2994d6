use lockgate_config::{Facts, RuleSet};
use lockgate_errors::Problem;
use serde_json::{Value, json};

use super::{by_rule, first, may_be_json_rpc};
use crate::exchange::{Exchange, Request};
use crate::gate::Rules;

fn rules(list: &str) -> Rules {
    let file = format!(
        "upstreams: {{x: {{url: 'http://127.0.0.1:1'}}}}\nroutes: [{{name: x, upstream: x}}]\n\
         rules: {{default: {{list: [{list}]}}}}\n"
    );
    let config = lockgate_config::parse(&file, "test.yaml", &|_| None).expect("a configuration");
    let set: &RuleSet = &config.rules["default"];
    Rules::new(set, false, 100)
}

/// One exchange, as far as the limits before the body: what it was answered, and what was noted of it.
fn tried(rules: &Rules, path: &str) -> (Option<Value>, Vec<String>) {
    let mut facts = Facts::new();
    let request = json!({ "method": "GET", "host": "x", "path": path, "headers": {} });
    facts.set("request", request).expect("facts");
    let mut exchange = Exchange::new(None);
    let refused = first(&mut exchange, rules, &facts).err();
    (refused.as_ref().map(document), noted(&exchange))
}

fn document(problem: &Problem) -> Value {
    serde_json::to_value(problem).expect("a document")
}

fn noted(exchange: &Exchange) -> Vec<String> {
    let matches = exchange.decision.matches.iter();
    matches
        .map(|it| format!("{} {} {:?}", it.rule, it.action.as_str(), it.mode))
        .collect()
}

const ONE: &str = "action: rate_limit, limit: { requests: 1, per: 1h }";

#[test]
fn a_limit_that_is_used_up_is_a_problem_that_says_which() {
    let rules = rules("{ name: all, action: rate_limit, limit: { requests: 2, per: 1h, burst: 1 } }");
    assert_eq!(tried(&rules, "/"), (None, vec![]));
    let (problem, noted) = tried(&rules, "/");
    let problem = problem.expect("a problem");
    assert_eq!(problem["code"], "rate_limited");
    assert_eq!(
        problem["detail"],
        "2 requests per 1h (at most 1 at once) for this client are used up."
    );
    assert_eq!(
        [&problem["limit"], &problem["window"], &problem["rule"]],
        [&json!(2), &json!(3600), &json!("all")]
    );
    let wait = problem["retry_after"].as_u64().expect("a wait");
    assert!((1790..=1800).contains(&wait), "{problem}");
    assert_eq!(noted, ["all rate_limit Enforce"]);
}

#[test]
fn monitor_mode_notes_and_lets_pass() {
    let rules = rules(&format!("{{ name: all, mode: monitor, {ONE} }}"));
    assert_eq!(tried(&rules, "/"), (None, vec![]));
    assert_eq!(
        tried(&rules, "/"),
        (None, vec!["all rate_limit Monitor".to_owned()])
    );
}

#[test]
fn a_condition_on_the_head_is_told_before_the_body() {
    let rules = rules(&format!("{{ name: v1, when: 'request.path == \"/v1\"', {ONE} }}"));
    assert!(rules.limits.is_by_head(0));
    for path in ["/", "/", "/v1"] {
        assert_eq!(tried(&rules, path).0, None, "{path}");
    }
    assert!(tried(&rules, "/v1").0.is_some());
    assert!(tried(&rules, "/").0.is_none());
}

#[test]
fn what_ends_the_list_ends_it_for_the_limits_behind() {
    let inner = "{ name: inner, when: 'request.path == \"/inner\"', action: ";
    for ends in ["allow", "block"] {
        let rules = rules(&format!("{inner} {ends} }}, {{ name: all, {ONE} }}"));
        assert!(rules.limits.is_by_head(1), "{ends}");
        for _ in 0..3 {
            assert_eq!(tried(&rules, "/inner"), (None, vec![]), "{ends}");
        }
        assert_eq!(tried(&rules, "/").0, None, "{ends}: nothing was taken before");
        assert!(tried(&rules, "/").0.is_some(), "{ends}");
    }
    let rules = rules(&format!(
        "{inner} allow, mode: monitor }}, {{ name: all, {ONE} }}"
    ));
    assert_eq!(tried(&rules, "/inner").0, None);
    assert!(tried(&rules, "/inner").0.is_some());
}

#[test]
fn limits_wait_only_where_the_order_needs_it() {
    let by_head = |before: &str, when: &str| {
        let rules = rules(&format!("{before} {{ name: all, {when} {ONE} }}"));
        (0..2).any(|n| rules.limits.is_by_head(n))
    };
    let of_the_body = "when: 'prompt.model == \"x\"',";
    assert!(by_head("", ""));
    assert!(!by_head("", of_the_body));
    assert!(by_head(
        "{ name: a, when: 'injection > 0.5', action: block },",
        ""
    ));
    assert!(by_head("{ name: a, when: 'injection > 0.5', action: log },", ""));
    assert!(!by_head(
        "{ name: a, when: 'injection < 0.5', action: allow },",
        ""
    ));
    assert!(by_head(
        "{ name: a, when: 'injection < 0.5', action: allow, mode: monitor },",
        ""
    ));
}

#[test]
fn limits_are_taken_from_together_or_not_at_all() {
    let rules = rules(&format!(
        "{{ name: hours, action: rate_limit, limit: {{ requests: 2, per: 9h }} }}, {{ name: v1, when: 'request.path == \"/v1\"', {ONE} }}"
    ));
    assert_eq!(tried(&rules, "/v1").0, None);
    for _ in 0..3 {
        let problem = tried(&rules, "/v1").0.expect("a problem");
        assert_eq!(problem["rule"], "v1");
    }
    assert_eq!(tried(&rules, "/").0, None, "the refused ones cost nothing");
    let (problem, noted) = tried(&rules, "/v1");
    // The longest wait of all, so that it is worth coming back.
    assert_eq!(problem.expect("a problem")["rule"], "hours");
    assert_eq!(noted, ["hours rate_limit Enforce", "v1 rate_limit Enforce"]);
}

#[test]
fn a_limit_behind_the_scan_says_the_longest_wait_too() {
    let rules = rules(&format!(
        "{{ name: all, action: rate_limit, limit: {{ requests: 1, per: 9h, burst: 2 }} }}, {{ name: model, when: 'prompt.model == \"x\"', {ONE} }}"
    ));
    let exchange = || {
        let mut exchange = Exchange::new(None);
        first(&mut exchange, &rules, &Facts::new()).expect("it passes");
        let answer = by_rule(&mut exchange, &rules, 1).map_err(|problem| document(&problem));
        (answer, noted(&exchange))
    };
    assert_eq!(exchange(), (Ok(()), vec![]));
    let (answer, noted) = exchange();
    let problem = answer.expect_err("a problem");
    assert_eq!(problem["rule"], "all", "an hour would not be enough");
    assert!(
        problem["retry_after"].as_u64().expect("a wait") > 3600 * 8,
        "{problem}"
    );
    assert_eq!(noted, ["model rate_limit Enforce"]);
}

#[test]
fn calls_of_json_rpc_wait_for_their_id() {
    let accepts = |method: &str, accept: &str| {
        may_be_json_rpc(&Request {
            method: method.to_owned(),
            accept: Some(accept.to_owned()),
            ..Request::default()
        })
    };
    assert!(accepts("POST", "application/json, text/event-stream"));
    assert!(accepts("POST", "Text/Event-Stream;q=1, application/JSON"));
    assert!(!accepts("GET", "application/json, text/event-stream"));
    assert!(!accepts("POST", "application/json"));
    assert!(!accepts("POST", "text/event-stream, */*"));
    assert!(!may_be_json_rpc(&Request::default()));
}
