//! The example `retry`, run against a real server.
#![allow(clippy::expect_used, reason = "helpers of tests report by panicking")]

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::Command;
use std::thread;

use lockgate_errors::{Document, Envelope, Form, Problem, catalogue, render};

/// Cargo builds the examples beside the folder in which the tests are.
fn example() -> PathBuf {
    let test = std::env::current_exe().expect("the path of this test");
    let target = test.ancestors().nth(2).expect("the target folder");
    target.join("examples/retry")
}

/// Answers one request after the other with these documents, and gives how many there were.
fn serve(documents: Vec<Document>) -> (String, thread::JoinHandle<usize>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}/", listener.local_addr().expect("its address"));
    let served = thread::spawn(move || {
        let mut count = 0;
        for (document, stream) in documents.iter().zip(listener.incoming()) {
            let mut stream = stream.expect("a connection");
            let mut head = BufReader::new(&stream).lines().map_while(Result::ok);
            assert!(head.any(|line| line.is_empty()), "no request");
            let Document { status, body, .. } = document;
            let fields: String = document
                .headers
                .iter()
                .map(|(name, value)| format!("{name}: {value}\r\n"))
                .collect();
            let length = body.len();
            let head =
                format!("HTTP/1.1 {status} X\r\n{fields}content-length: {length}\r\nconnection: close");
            write!(stream, "{head}\r\n\r\n{body}").expect("it is taken");
            count += 1;
        }
        count
    });
    (url, served)
}

#[test]
fn it_asks_again_as_told_and_stops_at_a_verdict() {
    let mut busy = render(&Problem::new(&catalogue::OVERLOADED), Form::Json, Envelope::None);
    busy.headers.retain(|(name, _)| *name != "retry-after");
    busy.headers.push(("retry-after-ms", "10".to_owned()));
    let blocked = Problem::new(&catalogue::RULE_BLOCKED).detail("The rule 'x' blocks it.");
    let blocked = render(&blocked, Form::Markdown, Envelope::None);

    let (url, served) = serve(vec![busy, blocked.clone()]);
    let done = Command::new(example()).arg(url).output().expect("it runs");
    let complaint = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{complaint}");
    assert_eq!(served.join().expect("it served"), 2);

    let said = String::from_utf8(done.stdout).expect("text");
    let said: Vec<_> = said.lines().collect();
    assert!(said[0].starts_with("Gate is overloaded: "), "{said:?}");
    assert!(
        said[1].starts_with("503 Service Unavailable; once more in 1"),
        "{said:?}"
    );
    assert_eq!(said[2], "Blocked by a rule: The rule 'x' blocks it.");
    let reason = "the same request would meet the same answer";
    assert_eq!(said[3], format!("403 Forbidden; no more, because {reason}"));
    assert_eq!(said[4..].join("\n"), blocked.body.trim_end());
}
