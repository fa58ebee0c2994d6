//! Rules with `action: rate_limit`: what passes, what is refused and when, and what both are told.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests report by panicking"
)]

use std::thread;
use std::time::Duration;

use lockgate_tests::prompts::{CHAT, HARMLESS, chat};
use lockgate_tests::{Curl, Framing, Gate, Origin, Reply, Version};

fn ruled(list: &str) -> (Origin, Gate) {
    limited(list, "{}")
}

fn limited(list: &str, limits: &str) -> (Origin, Gate) {
    let origin = Origin::start();
    let gate = Gate::before(&origin)
        .with_tls()
        .section("rules", format!("{{ default: {{ list: [{list}] }} }}"))
        .section("limits", limits)
        .start();
    (origin, gate)
}

/// A rule of this name that lets so many pass, and gives them back so slowly that no test sees one of them.
fn rule(name: &str, requests: u32, more: &str) -> String {
    format!("{{ name: {name}, action: rate_limit, limit: {{ requests: {requests}, per: 1h{more} }} }}")
}

fn get(gate: &Gate, headers: &str) -> Reply {
    gate.raw(format!("GET /echo HTTP/1.1\r\nhost: x\r\n{headers}\r\n"))
}

#[test]
fn what_is_over_the_limit_is_refused_and_the_upstream_not_contacted() {
    let (origin, gate) = ruled(&rule("chat-per-client", 2, ""));
    for left in ["1", "0"] {
        let reply = gate.post(CHAT, chat(HARMLESS).to_string()).expect(200);
        let policy = reply.header("ratelimit-policy");
        assert_eq!(policy, Some("\"chat-per-client\";q=2;w=3600"), "{reply}");
        let standing = reply.header("ratelimit").expect("how the limit stands");
        assert!(
            standing.starts_with(&format!("\"chat-per-client\";r={left};t=")),
            "{reply}"
        );
    }
    let reply = gate.post(CHAT, chat(HARMLESS).to_string());
    let problem = reply.expect_problem(429, "rate_limited");
    assert_eq!(
        problem["detail"],
        "2 requests per 1h for this client are used up."
    );
    assert_eq!(problem["rule"], "chat-per-client", "{problem}");
    assert_eq!(problem["limit"], 2, "{problem}");
    assert_eq!(problem["window"], 3600, "{problem}");
    assert_eq!(problem["retryable"], true, "{problem}");
    let wait = problem["retry_after"].as_u64().expect("a wait");
    assert!((1700..=1800).contains(&wait), "{problem}");
    assert_eq!(
        reply.header("retry-after"),
        Some(wait.to_string().as_str()),
        "{reply}"
    );
    assert_eq!(reply.header("x-should-retry"), Some("true"), "{reply}");
    let standing = reply.header("ratelimit").expect("how the limit stands");
    assert!(standing.starts_with("\"chat-per-client\";r=0;t=1"), "{reply}");
    assert_eq!(origin.records().len(), 2);
}

#[test]
fn the_log_and_the_metrics_name_the_rule() {
    let (_origin, gate) = ruled(&rule("all", 1, ""));
    get(&gate, "").expect(200);
    get(&gate, "").expect_problem(429, "rate_limited");
    let passed = gate.wait_for_log(|line| line["status"] == 200);
    assert!(passed["rules"].is_null(), "{passed}");
    let line = gate.wait_for_log(|line| line["status"] == 429);
    assert_eq!(line["problem"], "rate_limited", "{line}");
    assert_eq!(
        line["rules"],
        serde_json::json!([{ "rule": "all", "action": "rate_limit", "mode": "enforce" }]),
        "{line}"
    );
    let metrics = gate.admin("/metrics").text();
    let counted = "lockgate_rules_total{action=\"rate_limit\",mode=\"enforce\",rule=\"all\"} 1";
    assert!(metrics.contains(counted), "{metrics}");
}

#[test]
fn monitor_mode_counts_and_refuses_nothing() {
    let (origin, gate) =
        ruled("{ name: all, mode: monitor, action: rate_limit, limit: { requests: 1, per: 1h } }");
    for _ in 0..3 {
        let reply = get(&gate, "").expect(200);
        assert_eq!(reply.header("ratelimit"), None, "{reply}");
    }
    assert_eq!(origin.records().len(), 3);
    let metrics = gate.wait("the counter", || {
        let metrics = gate.admin("/metrics").text();
        let counted = "lockgate_rules_total{action=\"rate_limit\",mode=\"monitor\",rule=\"all\"} 2";
        metrics.contains(counted).then_some(metrics)
    });
    assert!(metrics.contains("outcome=\"passed\""), "{metrics}");
}

/// The promise of `retry_after`, in both of its units.
#[test]
fn a_client_that_waits_as_told_gets_through() {
    let (_origin, gate) = ruled(
        "{ name: all, action: rate_limit, limit: { requests: 7, per: 1s, burst: 1 } }, \
         { name: slower, action: rate_limit, limit: { requests: 2, per: 1s } }",
    );
    let mut waited = 0;
    for n in 0..12 {
        let reply = get(&gate, "");
        if reply.status == 200 {
            continue;
        }
        let problem = reply.expect_problem(429, "rate_limited");
        let seconds = problem["retry_after"].as_u64().expect("a wait");
        assert_eq!(seconds, 1, "{problem}");
        let milliseconds = reply.header("retry-after-ms").map(|it| it.parse().unwrap());
        let milliseconds: u64 = milliseconds.unwrap_or(seconds * 1000);
        assert!((1..=1000).contains(&milliseconds), "{reply}");
        let wait = match n % 2 {
            0 => Duration::from_secs(seconds),
            _ => Duration::from_millis(milliseconds),
        };
        thread::sleep(wait);
        get(&gate, "").expect(200);
        waited += 1;
    }
    assert!(waited >= 5, "{waited}");
}

#[test]
fn of_many_at_once_as_many_pass_as_the_limit_says() {
    let (origin, gate) = ruled(&rule("all", 10, ""));
    let passed: usize = thread::scope(|scope| {
        let clients: Vec<_> = (0..8)
            .map(|_| scope.spawn(|| (0..10).filter(|_| get(&gate, "").status == 200).count()))
            .collect();
        clients.into_iter().map(|client| client.join().unwrap()).sum()
    });
    assert_eq!(passed, 10);
    assert_eq!(origin.records().len(), 10);
}

#[test]
fn callers_are_counted_apart_by_what_the_rule_says() {
    let (_origin, gate) = ruled(&rule("keys", 1, ", by: 'header:X-Api-Key'"));
    get(&gate, "x-api-key: a\r\n").expect(200);
    get(&gate, "x-api-key: b\r\n").expect(200);
    let problem = get(&gate, "x-api-key: a\r\n").expect_problem(429, "rate_limited");
    assert_eq!(
        problem["detail"],
        "1 request per 1h for this x-api-key is used up."
    );
    assert!(!problem.to_string().contains("\"a\""), "{problem}");
    get(&gate, "").expect(200);
    get(&gate, "").expect_problem(429, "rate_limited");
}

#[test]
fn a_route_can_have_a_limit_of_its_own() {
    let origin = Origin::start();
    let gate = Gate::before(&origin)
        .section(
            "routes",
            "[{ name: status, path: /status, upstream: origin }, { name: rest, upstream: origin }]",
        )
        .section(
            "rules",
            format!(
                "{{ default: {{ list: [{}] }} }}",
                rule("routes", 1, ", by: route")
            ),
        )
        .start();
    gate.get("/status/200").expect(200);
    gate.get("/echo").expect(200);
    gate.get("/status/204").expect_problem(429, "rate_limited");
    gate.get("/echo").expect_problem(429, "rate_limited");
}

#[test]
fn callers_beyond_the_bound_share_one_limit() {
    let (_origin, gate) = limited(
        &rule("keys", 2, ", by: 'header:x-api-key'"),
        "{ rate_limit_keys: 3 }",
    );
    let status = |key: u32| get(&gate, &format!("x-api-key: {key}\r\n")).status;
    assert_eq!([1, 2, 3].map(status), [200; 3]);
    assert_eq!([4, 5, 6, 7].map(status), [200, 200, 429, 429]);
    assert_eq!(
        [1, 2, 3].map(status),
        [200; 3],
        "who came first keeps what it has"
    );
    assert_eq!([1, 2, 3].map(status), [429; 3]);
}

/// Nothing of the body is sent here, so an answer can only be one that did not wait for it.
#[test]
fn a_limited_request_is_refused_before_its_body() {
    let (origin, gate) = ruled(&rule("all", 1, ""));
    get(&gate, "").expect(200);
    for version in Version::ALL {
        let request = Curl::new(&gate, version, CHAT).header("content-type: application/json");
        let reply = request
            .post(chat(HARMLESS).to_string().as_bytes(), Framing::Sized)
            .send();
        reply.expect_problem(429, "rate_limited");
    }
    let head = format!(
        "POST {CHAT} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 4000000\r\n\r\n"
    );
    gate.raw(head).expect_problem(429, "rate_limited");
    let line = gate.wait_for_log(|line| line["status"] == 429);
    assert!(line["scan"].is_null(), "{line}");
    assert_eq!(line["request_bytes"], 0, "{line}");
    assert_eq!(origin.records().len(), 1);
}

#[test]
fn a_limit_that_reads_the_prompt_waits_for_it() {
    let (origin, gate) = ruled(
        "{ name: big, when: 'prompt.model == \"gpt-test\"', action: rate_limit, limit: { requests: 1, per: 1h } }",
    );
    let body = chat(HARMLESS).to_string();
    gate.post(CHAT, &body).expect(200);
    let reply = gate.post(CHAT, &body);
    assert_eq!(reply.expect_problem(429, "rate_limited")["rule"], "big");
    gate.post(CHAT, body.replace("gpt-test", "small")).expect(200);
    assert_eq!(origin.records().len(), 2);
}

#[test]
fn what_an_earlier_rule_allows_is_not_limited() {
    let (_origin, gate) = ruled(&format!(
        "{{ name: trusted, when: '\"x-trusted\" in request.headers', action: allow }}, {}",
        rule("all", 1, "")
    ));
    for _ in 0..3 {
        let reply = get(&gate, "x-trusted: yes\r\n").expect(200);
        assert_eq!(reply.header("ratelimit-policy"), None, "{reply}");
    }
    get(&gate, "").expect(200);
    get(&gate, "").expect_problem(429, "rate_limited");
}

/// All of them are told of, and the wait is the longest.
#[test]
fn several_limits_hold_together() {
    let (_origin, gate) = ruled(&format!(
        "{}, {}",
        rule("client", 3, ""),
        rule("key", 2, ", by: 'header:x-api-key'")
    ));
    let reply = get(&gate, "").expect(200);
    let policy = "\"client\";q=3;w=3600, \"key\";q=2;w=3600";
    assert_eq!(reply.header("ratelimit-policy"), Some(policy), "{reply}");
    get(&gate, "").expect(200);
    assert_eq!(get(&gate, "").expect_problem(429, "rate_limited")["rule"], "key");
    get(&gate, "x-api-key: other\r\n").expect(200);
    let problem = get(&gate, "x-api-key: third\r\n").expect_problem(429, "rate_limited");
    assert_eq!(
        problem["rule"], "client",
        "the refused request cost nothing: {problem}"
    );
}

/// An MCP client finds the answer to its call by the id, which stands in the body.
#[test]
fn a_limited_call_of_mcp_is_answered_with_its_id() {
    let (origin, gate) = ruled(&rule("all", 1, ""));
    get(&gate, "").expect(200);
    let call = r#"{"jsonrpc":"2.0","id":41,"method":"tools/call","params":{"name":"x","arguments":{}}}"#;
    let headers = "content-type: application/json\r\naccept: application/json, text/event-stream\r\n";
    let reply = gate.post_with("/mcp", headers, call).expect(200);
    let answer = reply.json();
    assert_eq!(answer["id"], 41, "{reply}");
    assert_eq!(answer["error"]["data"]["code"], "rate_limited", "{reply}");
    assert_eq!(origin.records().len(), 1);
}

#[test]
fn without_a_limit_nothing_is_said_of_one() {
    let (_origin, gate) = ruled("{ name: note, action: log }");
    let reply = get(&gate, "").expect(200);
    assert!(
        !reply
            .headers
            .iter()
            .any(|(name, _)| name.starts_with("ratelimit")),
        "{reply}"
    );
}
