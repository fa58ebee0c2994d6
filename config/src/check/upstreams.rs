//! Upstreams.

use super::Findings;
use crate::yaml::at;
use crate::{Config, Upstream};

/// Headers that the gate sets itself: the framing of the message and its routing.
const OWN_HEADERS: [&str; 7] = [
    "host",
    "content-length",
    "transfer-encoding",
    "connection",
    "upgrade",
    "te",
    "trailer",
];

pub(super) fn check(config: &Config, findings: &mut Findings<'_>) {
    findings.add_if(
        config.upstreams.is_empty(),
        at!["upstreams"],
        "there has to be at least one upstream",
    );
    for (name, upstream) in &config.upstreams {
        headers(name, upstream, findings);
        for (key, timeout) in [
            ("connect_timeout", upstream.connect_timeout),
            ("read_timeout", upstream.read_timeout),
            ("write_timeout", upstream.write_timeout),
        ] {
            findings.add_if(
                timeout.is_zero(),
                at!["upstreams", name, key],
                "has to be longer than nothing",
            );
        }
    }
}

fn headers(name: &str, upstream: &Upstream, findings: &mut Findings<'_>) {
    for (header, value) in &upstream.headers {
        let place = at!["upstreams", name, "headers", header];
        let lower = header.to_ascii_lowercase();
        let token = |b: u8| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&b);
        if header.is_empty() || !header.bytes().all(token) {
            findings.add(place, "is not a name that a header can have");
        } else if OWN_HEADERS.contains(&lower.as_str()) {
            findings.add(place, "is a header that the gate sets itself");
        } else if !value
            .expose()
            .bytes()
            .all(|b| b == b'\t' || (b >= b' ' && b != 0x7f))
        {
            findings.add(
                place,
                "the value has a character that no header may hold, such as a line break",
            );
        } else if upstream
            .headers
            .keys()
            .any(|other| other != header && other.eq_ignore_ascii_case(header))
        {
            findings.add(place, "is there twice; the case of letters does not matter");
        }
    }
}
