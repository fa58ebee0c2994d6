//! The package `pii-leak-benchmark` sends personal data and secrets that it makes up through the gate to an upstream
//! of its own, and looks for them in everything that arrives there.
#![allow(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a test reports by panicking"
)]

use std::process::Command;

use lockgate_tests::gate::{Settings, free_port};
use lockgate_tests::workspace;

/// Redacts all that is found.
const RULES: &str = "{ default: { list: [{ name: redact, when: size(pii) > 0, action: redact }] } }";

#[test]
fn nothing_that_the_benchmark_makes_up_reaches_the_upstream() {
    let packages = workspace::runtime("python");
    if !packages.join("pii_leak_benchmark").is_dir() {
        eprintln!("skipped: pii-leak-benchmark is not in .runtime (setup/setup.py test)");
        return;
    }
    let capture = free_port();
    let gate = Settings::new(&format!("http://{capture}"))
        .section("rules", RULES)
        .start();
    let report = gate.folder().join("report.json");
    let done = Command::new(workspace::python())
        .env("PYTHONPATH", &packages)
        .env("NO_PROXY", "127.0.0.1")
        .args(["-m", "pii_leak_benchmark.cli", "selfcheck", "--duty", "anonymize"])
        .args(["--target-base-url", &format!("http://{}/v1", gate.address)])
        .args(["--capture-port", &capture.port().to_string()])
        .args(["--iterations", "5", "--json-out"])
        .arg(&report)
        .output()
        .unwrap();
    let printed = String::from_utf8_lossy(&done.stdout);
    let complaint = String::from_utf8_lossy(&done.stderr);
    // 0 is clean; a leak is 1, and 2 that nothing was measured.
    assert_eq!(done.status.code(), Some(0), "{printed}{complaint}");
    for kind in [
        "EMAIL",
        "SSN",
        "CREDIT_CARD",
        "AWS_ACCESS_KEY_ID",
        "GITHUB_TOKEN",
        "SLACK_TOKEN",
    ] {
        let line = printed.lines().find(|line| line.trim_start().starts_with(kind));
        assert!(
            line.is_some_and(|line| line.contains("contained")),
            "{kind}: {printed}"
        );
    }
}
