//! gRPC's status and message.

use std::time::Duration;

use proptest::prelude::*;

use super::*;

fn field<'a>(document: &'a Document, name: &str) -> Option<&'a str> {
    let (_, value) = document.headers.iter().find(|(known, _)| *known == name)?;
    Some(value)
}

#[test]
fn trailers_only() {
    let document = super::super::grpc(&verdict());
    insta::assert_snapshot!(wire(&document), @"
    200
    content-type: application/grpc
    cache-control: no-store
    grpc-status: 7
    grpc-message: prompt_injection: Message 2 looks like an injection (score 0.97, threshold 0.9).
    grpc-retry-pushback-ms: -1
    x-request-id: 179500000012345612345678
    ");
    let document = super::super::grpc(&overload().wait(Duration::from_millis(1250)));
    insta::assert_snapshot!(wire(&document), @"
    200
    content-type: application/grpc
    cache-control: no-store
    grpc-status: 14
    grpc-message: overloaded: The gate has as many requests in work as it can take.
    grpc-retry-pushback-ms: 1250
    ");
}

#[test]
fn statuses() {
    let mut table = String::new();
    for status in [
        400, 401, 402, 403, 404, 405, 408, 409, 410, 412, 413, 416, 422, 429, 499, 500, 501, 502, 503, 504,
        529,
    ] {
        let retryable = Problem::new(&catalogue::UPSTREAM_FAILED).status(status);
        let verdict = retryable.clone().retryable(false);
        let number =
            |problem: &Problem| field(&super::super::grpc(problem), "grpc-status").map(str::to_owned);
        table += &format!(
            "{status} {} {}\n",
            number(&retryable).expect("a status"),
            number(&verdict).expect("a status")
        );
    }
    insta::assert_snapshot!(table, @"
    400 3 3
    401 16 16
    402 7 7
    403 7 7
    404 5 5
    405 12 12
    408 4 4
    409 10 10
    410 5 5
    412 9 9
    413 3 3
    416 11 11
    422 3 3
    429 8 8
    499 1 1
    500 13 13
    501 12 12
    502 14 13
    503 14 13
    504 4 4
    529 14 13
    ");
}

#[test]
fn waits_fit_into_32_bits() {
    let forever = overload().wait(Duration::from_secs(u64::from(u32::MAX)));
    assert_eq!(
        field(&super::super::grpc(&forever), "grpc-retry-pushback-ms"),
        Some("2147483647")
    );
}

proptest! {
    #[test]
    fn any_detail_makes_a_message_that_decodes_to_it(detail in "\\PC{0,400}|(%|\n|\r|\u{0}|é|[ -~]){0,400}") {
        let problem = overload().detail(detail);
        let document = super::super::grpc(&problem);
        let message = field(&document, "grpc-message").expect("a message");
        prop_assert!(message.bytes().all(|byte| (b' '..=b'~').contains(&byte)));
        prop_assert!(message.len() <= 4000);
        let mut bytes = Vec::new();
        let mut rest = message.as_bytes();
        while let Some((byte, after)) = rest.split_first() {
            rest = after;
            if *byte == b'%' {
                let (digits, after) = rest.split_at(2);
                rest = after;
                bytes.push(u8::from_str_radix(std::str::from_utf8(digits).expect("ASCII"), 16).expect("hexadecimal"));
            } else {
                bytes.push(*byte);
            }
        }
        let decoded = String::from_utf8(bytes).expect("UTF-8");
        let whole = problem.to_string();
        prop_assert!(decoded == whole || whole.starts_with(decoded.trim_end_matches('…')));
    }
}
