//! What the gate does not change reaches the origin byte for byte, whatever its size, framing and protocol.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests report by panicking"
)]

use lockgate_tests::{Curl, Framing, Gate, Origin, Version};

const KIB: usize = 1024;
/// On both sides of the 64 KiB at which pingora gives up replaying a body.
const SIZES: [usize; 5] = [0, 63 * KIB, 64 * KIB, 64 * KIB + 1, 1024 * KIB];

/// Bytes that are no text, the same in every run.
fn noise(size: usize) -> Vec<u8> {
    let next = |state: &u64| Some(state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1));
    std::iter::successors(Some(42_u64), next)
        .map(|state| state.to_be_bytes()[0])
        .take(size)
        .collect()
}

/// A chat request of this size, in a spelling that no serializer would give back.
fn odd_chat(size: usize) -> Vec<u8> {
    let (start, end) = (
        r#"{ "temperature" : 1.50e0,"messages":[ {"role":"user","content":"\u0048ello "#,
        "\" } ]\t}\r\n",
    );
    let filling = "the sea is calm tonight, the tide is full; ".chars().cycle();
    let filling: String = filling
        .take(size.saturating_sub(start.len() + end.len()))
        .collect();
    if size == 0 {
        Vec::new()
    } else {
        format!("{start}{filling}{end}").into_bytes()
    }
}

fn arrives_whole(version: Version, path: &str, content_type: &str, body: impl Fn(usize) -> Vec<u8>) {
    let origin = Origin::start();
    let gate = Gate::before(&origin).with_tls().start();
    for (count, (size, framing)) in SIZES
        .iter()
        .flat_map(|size| Framing::ALL.map(|framing| (*size, framing)))
        .enumerate()
    {
        let case = format!("{version:?} {framing:?} {size} bytes of {content_type}");
        let sent = body(size);
        let request = Curl::new(&gate, version, path).header(&format!("content-type: {content_type}"));
        let reply = request.post(&sent, framing).send();
        assert_eq!(reply.status, 200, "{case}: {reply}");
        assert_eq!(
            reply.version,
            if version == Version::Http1 { "1.1" } else { "2" },
            "{case}"
        );
        let record = origin.wait_for(count + 1).remove(count);
        assert!(record.complete, "{case}: {record:?}");
        assert!(record.body == sent, "{case}: {record:?}");
        if path == "/echo" {
            assert!(reply.body == sent, "{case}: the way back");
        }
    }
}

#[test]
fn bytes_arrive_whole_over_http1() {
    arrives_whole(Version::Http1, "/echo", "application/octet-stream", noise);
}

#[test]
fn bytes_arrive_whole_over_h2c() {
    arrives_whole(Version::H2c, "/echo", "application/octet-stream", noise);
}

#[test]
fn bytes_arrive_whole_over_tls_h2() {
    arrives_whole(Version::TlsH2, "/echo", "application/octet-stream", noise);
}

#[test]
fn scanned_json_arrives_whole_over_http1() {
    arrives_whole(
        Version::Http1,
        "/v1/chat/completions",
        "application/json",
        odd_chat,
    );
}

#[test]
fn scanned_json_arrives_whole_over_h2c() {
    arrives_whole(Version::H2c, "/v1/chat/completions", "application/json", odd_chat);
}

#[test]
fn scanned_json_arrives_whole_over_tls_h2() {
    arrives_whole(
        Version::TlsH2,
        "/v1/chat/completions",
        "application/json",
        odd_chat,
    );
}

/// Every version in every framing.
fn ways() -> impl Iterator<Item = (Version, Framing)> {
    Version::ALL
        .into_iter()
        .flat_map(|version| Framing::ALL.map(|framing| (version, framing)))
}

#[test]
fn a_redacted_body_has_its_new_length_and_is_otherwise_as_it_was() {
    let origin = Origin::start();
    let gate = Gate::before(&origin).with_tls().start();
    let sent = r#"{ "messages":[ {"role":"user", "content":"my card: 4111-1111-1111-1111,\nthanks \u263a"}],"n" : 1.0 }"#;
    let expected = sent.replace("4111-1111-1111-1111", "[CREDIT_CARD]");
    for (count, (version, framing)) in ways().enumerate() {
        let request =
            Curl::new(&gate, version, "/v1/chat/completions").header("content-type: application/json");
        request.post(sent.as_bytes(), framing).send().expect(200);
        let record = origin.wait_for(count + 1).remove(count);
        assert_eq!(record.text(), expected, "{version:?} {framing:?}");
        assert_eq!(
            record.header("content-length"),
            Some(expected.len().to_string().as_str()),
            "{version:?} {framing:?}"
        );
    }
}

#[test]
fn a_large_body_is_redacted_too() {
    let origin = Origin::start();
    let gate = Gate::before(&origin).with_tls().start();
    let mut sent = String::from_utf8(odd_chat(300 * KIB)).expect("text");
    sent = sent.replacen(r"\u0048ello", "4111 1111 1111 1111", 1);
    let expected = sent.replace("4111 1111 1111 1111", "[CREDIT_CARD]");
    for (count, (version, framing)) in ways().enumerate() {
        let request =
            Curl::new(&gate, version, "/v1/chat/completions").header("content-type: application/json");
        request.post(sent.as_bytes(), framing).send().expect(200);
        assert!(
            origin.wait_for(count + 1)[count].text() == expected,
            "{version:?} {framing:?}"
        );
    }
}

#[test]
fn an_http2_origin_gets_the_same_bytes() {
    let origin = Origin::start();
    let upstream = format!(
        "{{ origin: {{ url: \"http://{}\", protocol: http2 }} }}",
        origin.address()
    );
    let gate = Gate::before(&origin).section("upstreams", upstream).start();
    for (count, size) in SIZES.into_iter().enumerate() {
        let request =
            Curl::new(&gate, Version::Http1, "/v1/chat/completions").header("content-type: application/json");
        request.post(&odd_chat(size), Framing::Unsized).send().expect(200);
        let record = origin.wait_for(count + 1).remove(count);
        assert_eq!(record.version, "HTTP/2.0");
        assert!(
            record.complete && record.body == odd_chat(size),
            "{size}: {record:?}"
        );
    }
}
