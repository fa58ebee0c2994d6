//! From a failure inside pingora to the problem that the client gets: one total function.

use http::Method;
use lockgate_errors::upstream::{self, Asked};
use lockgate_errors::{Problem, ProblemType, catalogue};
use pingora::{Error, ErrorSource, ErrorType};

use crate::caller::Caller;
use crate::exchange::Exchange;

/// The problem that `error` is to the client.
pub(crate) fn problem(error: &Error, exchange: &Exchange) -> Problem {
    match error.esource() {
        ErrorSource::Downstream => from_client(error),
        _ => {
            let begun = exchange.response.from_upstream;
            match from_upstream(error, begun) {
                Some((kind, what)) => {
                    let upstream = exchange.upstream_name();
                    let problem = Problem::new(kind).detail(format!("The upstream '{upstream}' {what}."));
                    if was_refused(error) {
                        problem
                    } else {
                        after_sending(exchange, problem)
                    }
                }
                None => Problem::new(&catalogue::INTERNAL_ERROR).detail("The gate failed on this request."),
            }
        }
    }
}

/// Settles whether the request may be repeated, now that the upstream may have acted on it.
pub(crate) fn after_sending(exchange: &Exchange, problem: Problem) -> Problem {
    let request = &exchange.request;
    let method = Method::from_bytes(request.method.as_bytes()).unwrap_or(Method::POST);
    let asked = Asked {
        method: &method,
        keyed: request.keyed,
        inference: Caller::of(exchange).asks_a_model(),
    };
    upstream::after_sending(problem, &asked)
}

fn from_client(error: &Error) -> Problem {
    let (kind, detail): (&'static ProblemType, &str) = match error.etype() {
        ErrorType::ReadTimedout | ErrorType::WriteTimedout => (
            &catalogue::BODY_TIMEOUT,
            "The body of the request stopped arriving before it was complete.",
        ),
        ErrorType::ConnectionClosed | ErrorType::ReadError => (
            &catalogue::TRUNCATED_BODY,
            "The connection ended before the request was complete.",
        ),
        _ => (&catalogue::MALFORMED_REQUEST, "The request is not valid HTTP."),
    };
    Problem::new(kind).detail(detail)
}

/// What a failure of the upstream is, and what it did; `begun`: whether the head of its answer had come.
fn from_upstream(error: &Error, begun: bool) -> Option<(&'static ProblemType, &'static str)> {
    use catalogue as c;
    Some(match error.etype() {
        ErrorType::ConnectTimedout | ErrorType::TLSHandshakeTimedout => (
            &c::UPSTREAM_CONNECT_TIMEOUT,
            "did not accept a connection, with its TLS handshake, in time",
        ),
        ErrorType::ReadTimedout if begun => {
            (&c::UPSTREAM_STALLED, "fell silent in the middle of its answer")
        }
        ErrorType::ReadTimedout => (&c::UPSTREAM_TIMEOUT, "did not answer in time"),
        ErrorType::WriteTimedout => (&c::UPSTREAM_SEND_TIMEOUT, "did not take the request in time"),
        ErrorType::ConnectRefused => (&c::UPSTREAM_CONNECT_FAILED, "refused the connection"),
        ErrorType::ConnectNoRoute => (
            &c::UPSTREAM_CONNECT_FAILED,
            "cannot be reached over the network",
        ),
        ErrorType::ConnectError
        | ErrorType::SocketError
        | ErrorType::BindError
        | ErrorType::ConnectProxyFailure => (&c::UPSTREAM_CONNECT_FAILED, "could not be connected to"),
        ErrorType::TLSHandshakeFailure | ErrorType::TLSWantX509Lookup | ErrorType::HandshakeError => {
            (&c::UPSTREAM_TLS, "failed the TLS handshake")
        }
        ErrorType::InvalidCert => (&c::UPSTREAM_TLS, "has a certificate that does not verify"),
        ErrorType::H2Error if !was_reset(error) => {
            (&c::UPSTREAM_INVALID_RESPONSE, "sent an answer that is not valid HTTP/2")
        }
        ErrorType::Custom("InvalidChunk" | "InvalidTrailerEnd") => {
            (&c::UPSTREAM_INVALID_RESPONSE, "sent an answer whose body is not valid HTTP")
        }
        ErrorType::ConnectionClosed
        | ErrorType::ReadError
        | ErrorType::WriteError
        | ErrorType::H2Error
        // pingora's other own kinds: a ping without an answer, an end before the declared length.
        | ErrorType::Custom(_) => (&c::UPSTREAM_RESET, closed(begun)),
        ErrorType::InvalidHTTPHeader
        | ErrorType::H1Error
        | ErrorType::InvalidH2
        | ErrorType::H2Downgrade => {
            (&c::UPSTREAM_INVALID_RESPONSE, "sent an answer that is not valid HTTP")
        }
        _ => return None,
    })
}

fn closed(begun: bool) -> &'static str {
    if begun {
        "closed the connection in the middle of its answer"
    } else {
        "closed the connection before it answered"
    }
}

/// Whether the upstream says that it has not looked at the request (RFC 9113, section 8.7).
fn was_refused(error: &Error) -> bool {
    cause(error).is_some_and(|cause| {
        cause.is_reset() && cause.is_remote() && cause.reason() == Some(h2::Reason::REFUSED_STREAM)
    })
}

/// Whether the upstream gave up the stream or the connection, rather than broke the rules of HTTP/2.
fn was_reset(error: &Error) -> bool {
    cause(error).is_some_and(|cause| cause.is_remote() || cause.is_io())
}

fn cause(error: &Error) -> Option<&h2::Error> {
    let cause: &(dyn std::error::Error + 'static) = error.root_cause();
    cause.downcast_ref()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(kind: ErrorType, begun: bool, method: &str, path: &str) -> (String, bool) {
        let mut exchange = Exchange::new(None);
        exchange.request.method = method.to_owned();
        exchange.request.path = path.to_owned();
        exchange.response.from_upstream = begun;
        let error = Error::new(kind).into_up();
        let problem = problem(&error, &exchange);
        (problem.code().to_owned(), problem.is_retryable())
    }

    #[test]
    fn each_failure_has_its_problem() {
        for (kind, begun, expected) in [
            (ErrorType::ConnectRefused, false, "upstream_connect_failed"),
            (ErrorType::ConnectTimedout, false, "upstream_connect_timeout"),
            (ErrorType::TLSHandshakeTimedout, false, "upstream_connect_timeout"),
            (ErrorType::TLSHandshakeFailure, false, "upstream_tls"),
            (ErrorType::InvalidCert, false, "upstream_tls"),
            (ErrorType::WriteTimedout, false, "upstream_send_timeout"),
            (ErrorType::ReadTimedout, false, "upstream_timeout"),
            (ErrorType::ReadTimedout, true, "upstream_stalled"),
            (ErrorType::ConnectionClosed, false, "upstream_reset"),
            (ErrorType::ReadError, true, "upstream_reset"),
            (ErrorType::InvalidHTTPHeader, false, "upstream_invalid_response"),
            (ErrorType::InvalidH2, false, "upstream_invalid_response"),
            (ErrorType::H2Error, false, "upstream_invalid_response"),
            (
                ErrorType::Custom("InvalidChunk"),
                true,
                "upstream_invalid_response",
            ),
            (ErrorType::Custom("PrematureBodyEnd"), true, "upstream_reset"),
            (ErrorType::InternalError, false, "internal_error"),
        ] {
            assert_eq!(
                code(kind.clone(), begun, "GET", "/").0,
                expected,
                "{kind:?} {begun}"
            );
        }
    }

    #[test]
    fn only_what_may_be_done_twice_is_worth_a_retry_once_it_was_sent() {
        let retryable = |kind, method, path| code(kind, false, method, path).1;
        assert!(retryable(ErrorType::ConnectRefused, "POST", "/orders"));
        assert!(!retryable(ErrorType::ConnectionClosed, "POST", "/orders"));
        assert!(retryable(ErrorType::ConnectionClosed, "GET", "/orders"));
        assert!(retryable(
            ErrorType::ConnectionClosed,
            "POST",
            "/v1/chat/completions"
        ));
        assert!(!retryable(ErrorType::ReadTimedout, "PATCH", "/orders/1"));
    }
}
