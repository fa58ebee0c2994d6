//! Finds the requests in one direction of an HTTP/1 connection.

use std::time::Instant;

use super::Seen;

/// Where in the stream of bytes it is.
#[derive(Debug, Default)]
pub(super) struct Requests {
    unread: Vec<u8>,
    body: Body,
    /// The place in the list of the request whose body is coming.
    current: usize,
}

/// What is left of a body.
#[derive(Debug, Default)]
enum Body {
    #[default]
    None,
    Sized(usize),
    Chunked,
}

/// Ends a chunked body. JSON has no line break of this kind in it, so that it cannot be mistaken.
const LAST_CHUNK: &[u8] = b"0\r\n\r\n";

impl Requests {
    /// Takes in more bytes: adds a request to the list when its head has come, and to its body what follows.
    pub(super) fn feed(&mut self, bytes: &[u8], seen: &mut Vec<Seen>) {
        self.unread.extend_from_slice(bytes);
        loop {
            if let Some(request) = seen.get_mut(self.current) {
                self.take_body(&mut request.body);
            }
            if !matches!(self.body, Body::None) {
                return;
            }
            let Some(head) = self.take_past(b"\r\n\r\n") else {
                return;
            };
            let head = String::from_utf8_lossy(&head).into_owned();
            self.body = Body::of(&head);
            self.current = seen.len();
            seen.extend(request(&head));
        }
    }

    fn take_body(&mut self, body: &mut Vec<u8>) {
        match self.body {
            Body::None => {}
            Body::Sized(left) => {
                let taken = left.min(self.unread.len());
                body.extend(self.unread.drain(..taken));
                self.body = if taken == left {
                    Body::None
                } else {
                    Body::Sized(left - taken)
                };
            }
            Body::Chunked => {
                if let Some(last) = self.take_past(LAST_CHUNK) {
                    body.extend(last);
                    self.body = Body::None;
                }
            }
        }
    }

    fn take_past(&mut self, mark: &[u8]) -> Option<Vec<u8>> {
        let at = self
            .unread
            .windows(mark.len())
            .position(|window| window == mark)?;
        Some(self.unread.drain(..at + mark.len()).collect())
    }
}

impl Body {
    fn of(head: &str) -> Self {
        let head = head.to_ascii_lowercase();
        let field = |name: &str| head.lines().find_map(|line| line.strip_prefix(name));
        if field("transfer-encoding:").is_some() {
            return Self::Chunked;
        }
        match field("content-length:").and_then(|value| value.trim().parse().ok()) {
            None | Some(0) => Self::None,
            Some(length) => Self::Sized(length),
        }
    }
}

fn request(head: &str) -> Option<Seen> {
    let mut words = head.split_whitespace();
    Some(Seen {
        at: Instant::now(),
        method: words.next()?.to_owned(),
        path: words.next()?.to_owned(),
        body: Vec::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_are_told_apart_however_their_bytes_arrive() {
        let wire = "POST /a HTTP/1.1\r\ncontent-length: 19\r\n\r\nGET /x HTTP/1.1\r\n\r\n\
                    POST /b HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n\
                    GET /c HTTP/1.1\r\nhost: x\r\n\r\n";
        for size in 1..=wire.len() {
            let (mut requests, mut seen) = (Requests::default(), Vec::new());
            for piece in wire.as_bytes().chunks(size) {
                requests.feed(piece, &mut seen);
            }
            let seen: Vec<_> = seen
                .iter()
                .map(|seen| format!("{} {} {}", seen.method, seen.path, seen.body.len()))
                .collect();
            assert_eq!(
                seen,
                ["POST /a 19", "POST /b 12", "GET /c 0"],
                "in pieces of {size}"
            );
        }
    }
}
