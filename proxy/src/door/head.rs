//! What an HTTP/1 head must be before it is let in.
//!
//! Every check here is one way to make two servers disagree about where a request ends or where it is
//! addressed (RFC 9112 sections 3.2, 6.1, 6.3 and 11.2), so each is refused rather than repaired.

use lockgate_errors::{Problem, ProblemType, catalogue};

use super::refusal::Refusal;

/// As many header fields as pingora takes.
const MAX_FIELDS: usize = 256;

/// `Ok(true)`: the head is whole and fit to be served; `Ok(false)`: more bytes are needed.
pub(super) fn check(bytes: &[u8], limit: usize) -> Result<bool, Refusal> {
    let mut fields = [httparse::EMPTY_HEADER; MAX_FIELDS];
    let mut request = httparse::Request::new(&mut fields);
    let status = request.parse(bytes);
    let accept = request
        .headers
        .iter()
        .find(|f| f.name.eq_ignore_ascii_case("accept"));
    let accept = accept
        .and_then(|f| std::str::from_utf8(f.value).ok())
        .map(str::to_owned);
    match status {
        Ok(httparse::Status::Partial) => Ok(false),
        Ok(httparse::Status::Complete(length)) if length > limit => Err(too_large(limit).accepting(accept)),
        Ok(httparse::Status::Complete(_)) => match fault(&request) {
            None => Ok(true),
            Some((kind, detail)) => Err(Refusal::new(Problem::new(kind).detail(detail)).accepting(accept)),
        },
        Err(httparse::Error::TooManyHeaders) => Err(Refusal::new(
            Problem::new(&catalogue::HEADER_TOO_LARGE)
                .detail(format!("The request has more than {MAX_FIELDS} header fields.")),
        )),
        Err(error) => Err(Refusal::new(
            Problem::new(&catalogue::MALFORMED_REQUEST)
                .detail(format!("The head of the request is not valid HTTP/1.1: {error}.")),
        )),
    }
}

/// The refusal of a head over `limit` bytes.
pub(super) fn too_large(limit: usize) -> Refusal {
    Refusal::new(
        Problem::new(&catalogue::HEADER_TOO_LARGE)
            .detail(format!(
                "The head of the request is larger than {limit} bytes (limits.header_bytes)."
            ))
            .with("limit", "limits.header_bytes")
            .with("limit_value", limit),
    )
}

type Fault = (&'static ProblemType, String);

fn fault(request: &httparse::Request<'_, '_>) -> Option<Fault> {
    host_fault(request)
        .or_else(|| length_fault(request))
        .or_else(|| method_fault(request))
}

fn values<'a>(request: &'a httparse::Request<'_, '_>, name: &'a str) -> impl Iterator<Item = &'a [u8]> {
    request
        .headers
        .iter()
        .filter(move |f| f.name.eq_ignore_ascii_case(name))
        .map(|f| f.value)
}

fn host_fault(request: &httparse::Request<'_, '_>) -> Option<Fault> {
    let mut hosts = values(request, "host");
    let host = hosts.next();
    if hosts.next().is_some() {
        return Some((
            &catalogue::MALFORMED_REQUEST,
            "The request has more than one Host field.".into(),
        ));
    }
    let Some(host) = host.filter(|h| !h.is_empty()) else {
        let old = request.version == Some(0);
        return (!old).then(|| {
            (
                &catalogue::MISSING_HOST,
                "An HTTP/1.1 request must name its Host.".into(),
            )
        });
    };
    if !host
        .iter()
        .all(|b| b.is_ascii_alphanumeric() || b"-._~%:[]".contains(b))
    {
        return Some((
            &catalogue::MALFORMED_REQUEST,
            "The Host has characters that no host name has.".into(),
        ));
    }
    let target = request.path.unwrap_or("");
    let authority = target
        .strip_prefix("http://")
        .or_else(|| target.strip_prefix("https://"))?;
    let authority = authority.split(['/', '?', '#']).next().unwrap_or("");
    (!authority.as_bytes().eq_ignore_ascii_case(host)).then(|| {
        let detail = "The request target names another host than the Host field.";
        (&catalogue::MALFORMED_REQUEST, detail.into())
    })
}

fn length_fault(request: &httparse::Request<'_, '_>) -> Option<Fault> {
    let ambiguous = |detail: &str| Some((&catalogue::AMBIGUOUS_LENGTH, detail.to_owned()));
    let lengths: Vec<&[u8]> = values(request, "content-length").collect();
    let codings: Vec<&[u8]> = values(request, "transfer-encoding").collect();
    if !lengths.is_empty() && !codings.is_empty() {
        return ambiguous("The request has both Content-Length and Transfer-Encoding.");
    }
    if lengths.len() > 1 {
        return ambiguous("The request has more than one Content-Length field.");
    }
    if codings.len() > 1 {
        return ambiguous("The request has more than one Transfer-Encoding field.");
    }
    if let Some(length) = lengths.first()
        && (length.is_empty() || length.len() > 15 || !length.iter().all(u8::is_ascii_digit))
    {
        return ambiguous("The Content-Length is not a number of bytes.");
    }
    if let Some(coding) = codings.first() {
        if !coding.eq_ignore_ascii_case(b"chunked") {
            return ambiguous("The only transfer coding that is taken is chunked.");
        }
        if request.version == Some(0) {
            return ambiguous("HTTP/1.0 has no Transfer-Encoding.");
        }
    }
    None
}

fn method_fault(request: &httparse::Request<'_, '_>) -> Option<Fault> {
    // pingora answers CONNECT with an empty 405 before any hook runs.
    (request.method == Some("CONNECT")).then(|| {
        (
            &catalogue::METHOD_NOT_ALLOWED,
            "CONNECT is not served: this is a reverse proxy.".into(),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(head: &str) -> String {
        match check(head.as_bytes(), 1024) {
            Ok(true) => "whole".into(),
            Ok(false) => "partial".into(),
            Err(refusal) => refusal.problem.kind().code.into(),
        }
    }

    #[test]
    fn heads_are_let_in_or_named() {
        let cases = [
            ("GET / HTTP/1.1\r\nHost: a\r\n\r\n", "whole"),
            ("GET / HTTP/1.1\r\nHost: a\r\n", "partial"),
            ("GET / HTTP/1.0\r\n\r\n", "whole"),
            ("GET http://a/x HTTP/1.1\r\nHost: a\r\n\r\n", "whole"),
            ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n", "whole"),
            (
                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: Chunked\r\n\r\n",
                "whole",
            ),
            ("GET / HTTP/1.1\r\n\r\n", "missing_host"),
            ("GET / HTTP/1.1\r\nHost:\r\n\r\n", "missing_host"),
            (
                "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
                "malformed_request",
            ),
            (
                "GET / HTTP/1.1\r\nHost: a passed 200\r\n\r\n",
                "malformed_request",
            ),
            ("GET / HTTP/1.1\r\nHost: [::1]:8080\r\n\r\n", "whole"),
            ("GET http://b/x HTTP/1.1\r\nHost: a\r\n\r\n", "malformed_request"),
            ("GET /\0 HTTP/1.1\r\nHost: a\r\n\r\n", "malformed_request"),
            ("GET / HTTP/1.1\r\nHost : a\r\n\r\n", "malformed_request"),
            (
                "GET / HTTP/1.1\r\nHost: a\r\nX: 1\r\n folded\r\n\r\n",
                "malformed_request",
            ),
            ("GET / HTTP/9.9\r\nHost: a\r\n\r\n", "malformed_request"),
            ("CONNECT a:1 HTTP/1.1\r\nHost: a:1\r\n\r\n", "method_not_allowed"),
            (
                "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\n",
                "ambiguous_length",
            ),
            (
                "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5, 5\r\n\r\n",
                "ambiguous_length",
            ),
            (
                "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +5\r\n\r\n",
                "ambiguous_length",
            ),
            (
                "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
                "ambiguous_length",
            ),
            (
                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n",
                "ambiguous_length",
            ),
            (
                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n",
                "ambiguous_length",
            ),
            (
                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n",
                "ambiguous_length",
            ),
            (
                "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n",
                "ambiguous_length",
            ),
        ];
        for (head, expected) in cases {
            assert_eq!(code(head), expected, "{head:?}");
        }
    }

    #[test]
    fn a_head_over_the_limit_is_refused_even_when_it_came_in_one_read() {
        let head = format!("GET / HTTP/1.1\r\nHost: a\r\nX: {}\r\n\r\n", "x".repeat(2000));
        assert_eq!(code(&head), "header_too_large");
        let many = format!("GET / HTTP/1.1\r\nHost: a\r\n{}\r\n", "a: b\r\n".repeat(300));
        assert_eq!(code(&many), "header_too_large");
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_are_answered(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..512)) {
            let _ = check(&bytes, 256);
        }
    }
}
