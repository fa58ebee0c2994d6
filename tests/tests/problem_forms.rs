//! The form of a problem.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests report by panicking"
)]

use std::io::Write;
use std::process::{Command, Stdio};

use lockgate_tests::origin::PAGE;
use lockgate_tests::prompts::CHAT;
use lockgate_tests::{Canned, Curl, Gate, Origin, Reply, Version, workspace};

fn get(gate: &Gate, path: &str, headers: &str) -> Reply {
    gate.raw(format!("GET {path} HTTP/1.1\r\nhost: gate.test\r\n{headers}\r\n"))
}

fn unpacked(reply: &Reply) -> String {
    assert_eq!(reply.header("content-encoding"), Some("gzip"), "{reply}");
    let mut gunzip = Command::new(workspace::python())
        .args([
            "-c",
            "import gzip, sys; sys.stdout.buffer.write(gzip.decompress(sys.stdin.buffer.read()))",
        ])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    gunzip.stdin.take().unwrap().write_all(&reply.body).unwrap();
    let done = gunzip.wait_with_output().unwrap();
    assert!(done.status.success());
    String::from_utf8(done.stdout).unwrap()
}

#[test]
fn a_problem_comes_in_the_form_that_was_asked_for() {
    let origin = Origin::start();
    let gate = Gate::before(&origin).start();
    for (accept, content_type) in [
        ("application/problem+json", "application/problem+json"),
        ("application/json", "application/json"),
        ("text/markdown", "text/markdown"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "text/html"),
        ("*/*", "application/json"),
    ] {
        let headers = format!("content-type: application/json\r\naccept: {accept}\r\n");
        let reply = gate.post_with(CHAT, &headers, "{").expect(400);
        let given = reply.header("content-type").unwrap_or_default();
        assert!(given.starts_with(content_type), "{accept}: {reply}");
        assert!(reply.text().contains("invalid_json"), "{accept}: {reply}");
    }
}

#[test]
fn the_type_of_a_problem_resolves_on_the_gate() {
    let origin = Origin::start();
    let gate = Gate::before(&origin).start();
    let problem = gate.post("/v1/chat/completions", b"{").json();
    let uri = problem["type"].as_str().expect("a type").to_owned();
    let page = gate.get(&uri).expect(200).json();
    assert_eq!(page["code"], problem["code"]);
    let list = gate.get("/.well-known/lockgate/problems").expect(200).json();
    let types = list["problems"].as_array().expect("a list");
    assert!(types.iter().any(|entry| entry["type"] == uri.as_str()), "{list}");
    origin.assert_unheard();
}

/// A browser is told by its Accept; programs, which take anything or say nothing, get JSON everywhere.
#[test]
fn browsers_get_html_and_programs_json() {
    let origin = Origin::start();
    let gate = Gate::before(&origin)
        .section("routes", "[{ name: v1, path: /v1, upstream: origin }]")
        .start();
    for (path, accept, expected) in [
        ("/page", "", "application/problem+json"),
        ("/page", "accept: */*\r\n", "application/problem+json"),
        ("/page", "accept: application/*\r\n", "application/problem+json"),
        (
            "/page",
            "accept: text/html,application/xhtml+xml,*/*;q=0.8\r\n",
            "text/html; charset=utf-8",
        ),
        ("/page", "accept: text/*\r\n", "text/markdown; charset=utf-8"),
        ("/page", "accept: image/png\r\n", "application/problem+json"),
        ("/api/chat", "", "application/json"),
        ("/api/chat", "accept: */*\r\n", "application/json"),
        (
            "/api/chat",
            "accept: text/html;q=0.2, text/markdown;q=0.4\r\n",
            "text/markdown; charset=utf-8",
        ),
    ] {
        let reply = get(&gate, path, accept).expect(404);
        assert_eq!(reply.header("content-type"), Some(expected), "{path} {accept}");
        assert_eq!(reply.header("vary"), Some("accept, accept-encoding"), "{reply}");
        assert_eq!(reply.header("cache-control"), Some("no-store"), "{reply}");
        assert_eq!(reply.header("content-language"), Some("en"), "{reply}");
    }
}

#[test]
fn problems_are_compressed_where_that_is_welcome_and_worthwhile() {
    let origin = Origin::start();
    let gate = Gate::before(&origin)
        .section("routes", "[{ name: v1, path: /v1, upstream: origin }]")
        .with_tls()
        .start();
    let browser = "accept: text/html\r\n";
    let plain = get(&gate, "/nothing", browser).expect(404);
    assert_eq!(plain.header("content-encoding"), None);
    let packed = get(
        &gate,
        "/nothing",
        &format!("{browser}accept-encoding: br, gzip\r\n"),
    )
    .expect(404);
    assert!(
        packed.body.len() < plain.body.len() * 2 / 3,
        "{} bytes",
        packed.body.len()
    );
    assert!(unpacked(&packed).contains("</html>"));
    // Small, and yet nothing else is acceptable.
    assert_eq!(
        get(&gate, "/nothing", "accept-encoding: gzip\r\n").header("content-encoding"),
        None
    );
    let reply = get(&gate, "/nothing", "accept-encoding: gzip, identity;q=0\r\n").expect(404);
    let problem: serde_json::Value = serde_json::from_str(&unpacked(&reply)).unwrap();
    assert_eq!(problem["code"], "route_not_found");
    for version in Version::ALL {
        let curl = Curl::new(&gate, version, "/nothing").header("accept: text/html");
        assert!(unpacked(&curl.header("accept-encoding: gzip").send()).contains("</html>"));
    }
    origin.answer("/v1/page", Canned::new(502).body("text/plain", PAGE.repeat(30)));
    let reply = get(&gate, "/v1/page", &format!("{browser}accept-encoding: gzip\r\n")).expect(502);
    assert!(unpacked(&reply).contains("upstream_failed"));
    let page = get(
        &gate,
        "/.well-known/lockgate/problems",
        "accept-encoding: gzip\r\n",
    )
    .expect(200);
    assert!(unpacked(&page).contains("upstream_failed"));
}

#[test]
fn head_tells_what_get_would() {
    let origin = Origin::start();
    let gate = Gate::before(&origin)
        .section("routes", "[{ name: v1, path: /v1, upstream: origin }]")
        .start();
    let mut wire = gate.wire();
    for path in [
        "/nothing",
        "/.well-known/lockgate/problems/route_not_found",
        "/nothing",
    ] {
        let got = get(&gate, path, "accept: text/html\r\naccept-encoding: gzip\r\n");
        wire.send(format!(
            "HEAD {path} HTTP/1.1\r\nhost: gate.test\r\naccept: text/html\r\naccept-encoding: gzip\r\n\r\n"
        ));
        let head = wire.head();
        assert_eq!(head.status, got.status);
        for name in [
            "content-type",
            "content-encoding",
            "vary",
            "cache-control",
            "connection",
        ] {
            assert_eq!(head.header(name), got.header(name), "{name} of {path}");
        }
        assert!(head.header("content-length").is_some(), "{head}");
    }
}

#[test]
fn every_address_in_a_problem_leads_somewhere() {
    let origin = Origin::start();
    let gate = Gate::before(&origin).start();
    let problem = gate.post("/v1/chat/completions", b"{").json();
    for member in ["type", "instance"] {
        let page = gate
            .get(problem[member].as_str().expect("an address"))
            .expect(200);
        assert!(page.json().is_object(), "{page}");
    }
    let list = gate.get("/.well-known/lockgate/problems").expect(200).json();
    let schema = gate.get(list["schema"].as_str().expect("an address")).expect(200);
    assert_eq!(
        schema.header("content-type"),
        Some("application/schema+json"),
        "{schema}"
    );
    assert!(
        schema.json()["$defs"]["problem"]["properties"]["retry_after"].is_object(),
        "{schema}"
    );
    gate.get("/.well-known/lockgate/problems/unheard_of")
        .expect_problem(404, "not_found");
    let refused = gate.post("/.well-known/lockgate/problems", b"{}");
    refused.expect_problem(405, "method_not_allowed");
    assert_eq!(refused.header("allow"), Some("GET, HEAD"), "{refused}");
    origin.assert_unheard();
}
