//! Error answers of the upstream, as callers get them.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests report by panicking"
)]

use lockgate_tests::origin::{OPENAI_ERROR, PAGE};
use lockgate_tests::prompts::{CHAT, HARMLESS, chat};
use lockgate_tests::{Canned, Curl, Gate, Origin, Reply, Version};

/// What a browser asks for.
const BROWSER: &str = "accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
fn with_errors(origin: &Origin, errors: &str) -> Gate {
    Gate::before(origin).section("errors", errors).start()
}

fn get(gate: &Gate, path: &str, headers: &str) -> Reply {
    gate.raw(format!("GET {path} HTTP/1.1\r\nhost: gate.test\r\n{headers}\r\n"))
}

fn ask(gate: &Gate, path: &str) -> Reply {
    gate.post(path, chat(HARMLESS).to_string())
}

#[test]
fn a_page_becomes_a_problem_by_every_way() {
    let origin = Origin::start();
    let gate = Gate::both_ways(&origin).with_tls().start();
    origin.answer("/sized", Canned::new(502).body("text/html", PAGE));
    origin.answer("/unsized", Canned::new(502).body("text/html", PAGE).in_pieces(7));
    origin.answer(
        "/trailed",
        Canned::new(502).body("text/html", PAGE).with_trailer(),
    );
    origin.answer("/empty", Canned::new(502).header("content-length", "0"));
    for version in Version::ALL {
        for way in ["", "/h2"] {
            for path in ["/sized", "/unsized", "/trailed", "/empty"] {
                let path = format!("{way}{path}");
                let reply = Curl::new(&gate, version, &path).send();
                let problem = reply.expect_problem(502, "upstream_failed");
                let detail = problem["detail"].as_str().unwrap();
                assert_eq!(
                    detail.contains("backend is gone"),
                    !path.ends_with("empty"),
                    "{reply}"
                );
                assert_eq!(problem["source"], "upstream", "{reply}");
                assert!(problem.get("truncated").is_none(), "{reply}");
                assert_eq!(reply.header("content-type"), Some("application/problem+json"));
                assert_eq!(
                    reply.header("content-length"),
                    Some(reply.body.len().to_string().as_str()),
                    "{version:?} {path}: {reply}"
                );
                assert!(
                    !reply.text().contains("steal") && !reply.text().contains("1234"),
                    "{reply}"
                );
            }
        }
    }
}

#[test]
fn the_members_of_a_provider_stay_byte_for_byte() {
    let origin = Origin::start();
    let gate = Gate::both_ways(&origin).start();
    let answer = Canned::new(429)
        .body("application/json", OPENAI_ERROR)
        .in_pieces(11)
        .header("retry-after", "7")
        .header("x-ratelimit-remaining-tokens", "0")
        .header("x-request-id", "req_upstream");
    origin.answer(CHAT, answer);
    for path in [CHAT, "/h2/v1/chat/completions"] {
        let reply = ask(&gate, path).expect(429);
        let own = OPENAI_ERROR.strip_suffix('}').unwrap().trim_end();
        assert!(reply.text().starts_with(own), "{reply}");
        let body = reply.json();
        assert_eq!(body["error"]["code"], "rate_limit_exceeded");
        assert_eq!(body["code"], "upstream_rate_limited");
        assert_eq!(
            (&body["retryable"], &body["retry_after"]),
            (&true.into(), &7.into())
        );
        for (name, value) in [
            ("retry-after", "7"),
            ("x-should-retry", "true"),
            ("x-ratelimit-remaining-tokens", "0"),
            ("x-request-id", "req_upstream"),
        ] {
            assert_eq!(reply.header(name), Some(value), "{reply}");
        }
        assert_ne!(
            body["request_id"], "req_upstream",
            "the gate's own id is the one in its log"
        );
    }
}

/// The body is there before the head is sent, so the head can say what only the body knows.
#[test]
fn what_the_body_says_about_retrying_stands_in_the_head() {
    let origin = Origin::start();
    let gate = Gate::before(&origin).start();
    let spent = r#"{"error":{"message":"You exceeded your current quota.","type":"insufficient_quota","param":null,"code":"insufficient_quota"}}"#;
    origin.answer(CHAT, Canned::new(429).body("application/json", spent));
    let reply = ask(&gate, CHAT).expect(429);
    assert_eq!(reply.json()["code"], "upstream_payment_required", "{reply}");
    assert_eq!(reply.header("x-should-retry"), Some("false"), "{reply}");
    assert_eq!(reply.header("retry-after"), None, "{reply}");

    let wait = r#"{"error":{"code":429,"message":"Quota exceeded.","status":"RESOURCE_EXHAUSTED","details":[{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"31s"}]}}"#;
    origin.answer(
        ":generateContent",
        Canned::new(429).body("application/json", wait),
    );
    let reply = gate.post(
        "/v1beta/models/gemini-test:generateContent",
        r#"{"contents":[{"parts":[{"text":"Hello"}]}]}"#,
    );
    assert_eq!(reply.header("retry-after"), Some("31"), "{reply}");
    assert_eq!(reply.header("x-should-retry"), Some("true"), "{reply}");
}

#[test]
fn fields_of_the_upstream_stay_but_for_those_of_its_body() {
    let origin = Origin::start();
    let gate = Gate::before(&origin).start();
    let answer = Canned::new(401)
        .body("text/html; charset=utf-8", PAGE)
        .header("www-authenticate", "Bearer realm=\"x\"")
        .header("set-cookie", "a=1")
        .header("set-cookie", "b=2")
        .header("vary", "Cookie, Accept")
        .header("etag", "\"abc\"")
        .header("last-modified", "Wed, 21 Oct 2015 07:28:00 GMT")
        .header("accept-ranges", "bytes")
        .header("content-language", "fr")
        .header("content-digest", "sha-256=:AAAA:")
        .header("cache-control", "public, max-age=60");
    origin.answer("/private", answer);
    let reply = gate.get("/private");
    reply.expect_problem(401, "upstream_unauthorized");
    for (name, value) in [
        ("www-authenticate", Some("Bearer realm=\"x\"")),
        ("vary", Some("cookie, accept, accept-encoding")),
        ("cache-control", Some("no-store")),
        ("content-language", Some("en")),
        ("etag", None),
        ("last-modified", None),
        ("accept-ranges", None),
        ("content-digest", None),
        ("x-should-retry", Some("false")),
    ] {
        assert_eq!(reply.header(name), value, "{name}: {reply}");
    }
    let cookies = reply.headers.iter().filter(|(name, _)| name == "set-cookie");
    assert_eq!(cookies.count(), 2, "{reply}");
}

#[test]
fn fields_that_mean_more_with_a_status_stay_with_it() {
    let origin = Origin::start();
    let gate = Gate::before(&origin).start();
    for (status, name, value) in [
        (416, "content-range", "bytes */1000"),
        (405, "allow", "GET, PUT"),
        (407, "proxy-authenticate", "Basic"),
    ] {
        origin.answer(
            "/it",
            Canned::new(status).body("text/html", PAGE).header(name, value),
        );
        let reply = gate.get("/it").expect(status);
        assert_eq!(reply.header(name), Some(value), "{reply}");
        assert_eq!(reply.json()["source"], "upstream", "{reply}");
    }
}

/// The gate's own limits stand in the answer, too, and are not what the upstream wants to be waited for.
#[test]
fn limits_of_the_gate_are_not_taken_for_those_of_the_upstream() {
    let origin = Origin::start();
    let rules = "{ default: { list: [{ name: few, action: rate_limit, limit: { requests: 1, per: 1h } }] } }";
    let gate = Gate::before(&origin).section("rules", rules).start();
    origin.answer("/busy", Canned::new(503).body("text/html", PAGE));
    let reply = gate.get("/busy");
    let problem = reply.expect_problem(503, "upstream_overloaded");
    assert!(
        reply
            .header("ratelimit")
            .is_some_and(|value| value.contains("r=0")),
        "{reply}"
    );
    assert!(problem["retry_after"].as_u64().unwrap() <= 60, "{reply}");
}

#[test]
fn pass_leaves_and_replace_hides_the_answer() {
    let origin = Origin::start();
    let answer = Canned::new(429)
        .body("application/json", OPENAI_ERROR)
        .header("retry-after", "7")
        .header("etag", "\"abc\"");
    origin.answer("/v1/chat/completions", answer);
    origin.answer("/gif", Canned::new(500).body("image/gif", "GIF89a"));
    let gate = with_errors(&origin, "{ upstream: pass }");
    let reply = ask(&gate, CHAT).expect(429);
    assert_eq!(
        (reply.text().as_str(), reply.header("etag")),
        (OPENAI_ERROR, Some("\"abc\""))
    );
    assert_eq!(reply.header("x-should-retry"), None);

    let gate = with_errors(&origin, "{ upstream: replace }");
    let reply = ask(&gate, CHAT);
    let problem = reply.expect_problem(429, "upstream_rate_limited");
    assert_eq!(problem["retry_after"], 7);
    assert_eq!(reply.header("retry-after"), Some("7"));
    assert!(!reply.text().contains("gpt-test"), "{reply}");
    assert_eq!(problem["error"]["code"], "upstream_rate_limited", "{reply}");
    gate.get("/gif").expect_problem(500, "upstream_failed");

    let routes = "[{ name: raw, path: /raw, upstream: origin, errors: { upstream: pass } }, { name: all, upstream: origin }]";
    let gate = Gate::before(&origin).section("routes", routes).start();
    assert_eq!(ask(&gate, "/raw/v1/chat/completions").text(), OPENAI_ERROR);
    assert_eq!(ask(&gate, CHAT).json()["code"], "upstream_rate_limited");
}

#[test]
fn what_is_no_text_and_what_a_browser_wants_passes_untouched() {
    let origin = Origin::start();
    let gate = Gate::both_ways(&origin).start();
    let bytes = vec![0xC3; 300];
    for (media, body, headers) in [
        ("image/png", bytes.clone(), ""),
        ("application/octet-stream", bytes.clone(), ""),
        ("text/event-stream", b"data: {}\n\n".to_vec(), ""),
        ("application/grpc", bytes, ""),
        ("text/html", PAGE.as_bytes().to_vec(), BROWSER),
    ] {
        let line = if headers.is_empty() {
            String::new()
        } else {
            format!("{headers}\r\n")
        };
        for (path, answer) in [
            ("/sized", Canned::new(500).body(media, body.clone())),
            (
                "/h2/unsized",
                Canned::new(500).body(media, body.clone()).in_pieces(100),
            ),
        ] {
            origin.answer(path, answer.header("etag", "\"e\""));
            let reply = get(&gate, path, &line).expect(500);
            assert_eq!(
                (&reply.body, reply.header("etag")),
                (&body, Some("\"e\"")),
                "{media}"
            );
            assert_eq!(reply.header("content-type"), Some(media));
        }
    }
    origin.answer("/empty", Canned::new(500).body("image/png", ""));
    gate.get("/empty").expect_problem(500, "upstream_failed");
}

#[test]
fn a_browser_gets_a_page_where_the_upstream_has_none() {
    let origin = Origin::start();
    let gate = Gate::before(&origin).start();
    origin.answer("/text", Canned::new(500).body("text/plain", "It broke. <b>"));
    let reply = get(&gate, "/text", &format!("{BROWSER}\r\n")).expect(500);
    assert_eq!(reply.header("content-type"), Some("text/html; charset=utf-8"));
    assert!(reply.text().contains("It broke. &lt;b&gt;"), "{reply}");
    assert!(reply.header("content-security-policy").is_some(), "{reply}");
}

#[test]
fn agents_get_markdown() {
    let origin = Origin::start();
    let gate = Gate::before(&origin).start();
    origin.answer(
        "/page",
        Canned::new(503)
            .body("text/html", PAGE)
            .header("retry-after", "9"),
    );
    let reply = get(&gate, "/page", "accept: text/markdown\r\n").expect(503);
    assert_eq!(reply.header("content-type"), Some("text/markdown; charset=utf-8"));
    let text = reply.text();
    for line in [
        "code: upstream_overloaded\n",
        "retry_after: 9\n",
        "retryable: true\n",
    ] {
        assert!(text.contains(line), "{reply}");
    }
    assert!(text.contains("The backend is gone."), "{reply}");
}

#[test]
fn answers_that_are_no_errors_are_left_alone() {
    let origin = Origin::start();
    let gate = Gate::both_ways(&origin).start();
    for status in [200, 201, 204, 301, 304] {
        origin.answer("/fine", Canned::new(status).header("etag", "\"e\""));
        for path in ["/fine", "/h2/fine"] {
            let reply = gate.get(path).expect(status);
            assert_eq!(reply.header("etag"), Some("\"e\""));
            assert_eq!(reply.header("x-should-retry"), None, "{reply}");
            assert!(reply.body.is_empty(), "{reply}");
        }
    }
}

#[test]
fn the_log_tells_the_status_the_code_and_whose_problem_it_is() {
    let origin = Origin::start();
    let gate = Gate::before(&origin).start();
    origin.answer("/page", Canned::new(502).body("text/html", PAGE));
    gate.get("/page");
    let line = gate.wait_for_log(|line| line["path"] == "/page");
    for (key, value) in [
        ("problem", "upstream_failed"),
        ("source", "upstream"),
        ("outcome", "passed"),
    ] {
        assert_eq!(line[key], value, "{line}");
    }
    assert_eq!(line["status"], 502);
    assert!(line.get("error").is_none(), "{line}");
    let metrics = gate.admin("/metrics").text();
    assert!(
        metrics.contains("lockgate_problems_total{code=\"upstream_failed\"} 1"),
        "{metrics}"
    );
    gate.get("/elsewhere-that-nobody-knows");
    let endpoints = gate.admin("/endpoints").text();
    assert!(
        endpoints.contains("/page") && !endpoints.contains("elsewhere"),
        "{endpoints}"
    );
}
