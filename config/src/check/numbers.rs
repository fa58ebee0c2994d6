//! Numbers that must not be nothing, or too much.

use super::Findings;
use crate::Config;
use crate::yaml::at;

/// Deepest JSON that a limit may allow: readers of JSON recurse, and a thread's stack is finite.
const DEEPEST: usize = 512;
/// Most threads that can be asked for.
const MOST_THREADS: usize = 1024;

pub(super) fn check(config: &Config, findings: &mut Findings<'_>) {
    let limits = &config.limits;
    for (key, nothing) in [
        ("header_timeout", limits.header_timeout.is_zero()),
        ("body_timeout", limits.body_timeout.is_zero()),
        ("send_timeout", limits.send_timeout.is_zero()),
        ("idle_timeout", limits.idle_timeout.is_zero()),
        ("header_bytes", limits.header_bytes.bytes() == 0),
        ("body_bytes", limits.body_bytes.bytes() == 0),
        ("segments", limits.segments == 0),
        ("json_nodes", limits.json_nodes == 0),
        ("rate_limit_keys", limits.rate_limit_keys == 0),
    ] {
        findings.add_if(nothing, at!["limits", key], "has to be more than nothing");
    }
    findings.add_if(
        limits.body_bytes > limits.buffered_bytes,
        at!["limits", "body_bytes"],
        format!(
            "one body may not be larger than `limits.buffered_bytes` ({})",
            limits.buffered_bytes
        ),
    );
    error_bodies(config, findings);
    findings.add_if(
        !(1..=DEEPEST).contains(&limits.json_depth),
        at!["limits", "json_depth"],
        format!("has to be from 1 to {DEEPEST}"),
    );
    findings.add_if(
        config.scanner.deadline.is_zero(),
        at!["scanner", "deadline"],
        "has to be longer than nothing",
    );
    let model = &config.scanner.model;
    for (key, number) in [
        ("threads", model.threads),
        ("queue", model.queue),
        ("windows", model.windows),
    ] {
        findings.add_if(number == 0, at!["scanner", "model", key], "has to be at least 1");
    }
    let too_many = format!("has to be at most {MOST_THREADS}");
    findings.add_if(
        model.threads > MOST_THREADS,
        at!["scanner", "model", "threads"],
        &*too_many,
    );
    findings.add_if(
        config.server.threads > MOST_THREADS,
        at!["server", "threads"],
        &*too_many,
    );
}

/// How much is read of an error body: something, and no more than all bodies together may hold.
fn error_bodies(config: &Config, findings: &mut Findings<'_>) {
    let limit = config.limits.buffered_bytes;
    let routes = config.routes.iter().enumerate().filter_map(|(n, route)| {
        let bytes = route.errors.body_bytes?;
        Some((at!["routes", n, "errors", "body_bytes"], bytes))
    });
    let all = std::iter::once((at!["errors", "body_bytes"], config.errors.body_bytes));
    for (place, bytes) in all.chain(routes).collect::<Vec<_>>() {
        findings.add_if(bytes.bytes() == 0, place.clone(), "has to be more than nothing");
        findings.add_if(
            bytes > limit,
            place,
            format!("may not be larger than `limits.buffered_bytes` ({limit})"),
        );
    }
}
