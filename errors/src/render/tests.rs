use std::time::{Duration, SystemTime};

use super::*;
use crate::catalogue;

mod budget;
mod entries;
mod envelopes;
mod forms;
mod grpc;
mod hostile;
mod kept;
mod stream;

/// A final verdict with everything that a problem can have.
fn verdict() -> Problem {
    Problem::new(&catalogue::PROMPT_INJECTION)
        .detail("Message 2 looks like an injection (score 0.97, threshold 0.9).")
        .exchange("179500000012345612345678")
        .host("api.example.com")
        .with("score", 0.97_f32)
        .with("param", "messages[1].content")
        .at(SystemTime::UNIX_EPOCH + Duration::from_secs(1_795_000_000))
}

/// The problem as the gate sends it to a client that is over its limit.
pub(crate) fn rate_limited() -> Problem {
    Problem::new(&catalogue::RATE_LIMITED)
        .detail("60 requests per 1m for this client are used up.")
        .exchange("179500000012345612345678")
        .host("api.example.com")
        .wait(Duration::from_millis(11_400))
        .with("limit", 60)
        .with("window", 60)
        .with("rule", "per-client")
        .at(SystemTime::UNIX_EPOCH + Duration::from_secs(1_795_000_000))
}

/// A problem that may be gone in a moment, with no more than its kind says.
fn overload() -> Problem {
    Problem::new(&catalogue::OVERLOADED).at(SystemTime::UNIX_EPOCH + Duration::from_secs(1_795_000_000))
}

/// The whole document, as a reader of the snapshot would like to see it on the wire.
fn wire(document: &Document) -> String {
    let mut wire = format!("{}\ncontent-type: {}\n", document.status, document.content_type);
    for (name, value) in &document.headers {
        wire += &format!("{name}: {value}\n");
    }
    wire.push('\n');
    match document.body.starts_with('{') {
        // One member a line; the document itself is one line.
        true => wire + &document.body.replace(",\"", ",\n\""),
        false => wire + &document.body,
    }
}

/// What a reader of the front matter gets.
fn front_matter(markdown: &str) -> serde_json::Value {
    let yaml = markdown.strip_prefix("---\n").expect("front matter");
    let (yaml, _) = yaml.split_once("\n---\n").expect("the end of the front matter");
    serde_saphyr::from_str(yaml).expect(yaml)
}
