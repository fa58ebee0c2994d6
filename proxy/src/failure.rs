//! From a failure inside pingora to the problem that the client gets: one total function.

use lockgate_errors::{Problem, ProblemType, catalogue};
use pingora::{Error, ErrorSource, ErrorType};

/// The problem that `error` is to the client; `upstream` names what was being talked to.
pub(crate) fn problem(error: &Error, upstream: &str) -> Problem {
    match error.esource() {
        ErrorSource::Downstream => from_client(error),
        _ => from_upstream(error, upstream),
    }
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

fn from_upstream(error: &Error, upstream: &str) -> Problem {
    let (kind, what): (&'static ProblemType, &str) = match error.etype() {
        ErrorType::ConnectTimedout => (
            &catalogue::UPSTREAM_TIMEOUT,
            "did not accept a connection in time",
        ),
        ErrorType::TLSHandshakeTimedout => (
            &catalogue::UPSTREAM_TIMEOUT,
            "did not finish the TLS handshake in time",
        ),
        ErrorType::ReadTimedout => (&catalogue::UPSTREAM_TIMEOUT, "did not answer in time"),
        ErrorType::WriteTimedout => (&catalogue::UPSTREAM_TIMEOUT, "did not take the request in time"),
        ErrorType::ConnectRefused => (&catalogue::UPSTREAM_CONNECT_FAILED, "refused the connection"),
        ErrorType::ConnectNoRoute => (
            &catalogue::UPSTREAM_CONNECT_FAILED,
            "cannot be reached over the network",
        ),
        ErrorType::ConnectError
        | ErrorType::SocketError
        | ErrorType::BindError
        | ErrorType::ConnectProxyFailure => {
            (&catalogue::UPSTREAM_CONNECT_FAILED, "could not be connected to")
        }
        ErrorType::TLSHandshakeFailure | ErrorType::TLSWantX509Lookup | ErrorType::HandshakeError => {
            (&catalogue::UPSTREAM_TLS, "failed the TLS handshake")
        }
        ErrorType::InvalidCert => (&catalogue::UPSTREAM_TLS, "has a certificate that does not verify"),
        ErrorType::ConnectionClosed | ErrorType::ReadError | ErrorType::WriteError => (
            &catalogue::UPSTREAM_RESET,
            "closed the connection before its answer was complete",
        ),
        ErrorType::InvalidHTTPHeader
        | ErrorType::H1Error
        | ErrorType::H2Error
        | ErrorType::InvalidH2
        | ErrorType::H2Downgrade => (
            &catalogue::UPSTREAM_INVALID_RESPONSE,
            "sent an answer that is not valid HTTP",
        ),
        _ => return Problem::new(&catalogue::INTERNAL_ERROR).detail("The gate failed on this request."),
    };
    Problem::new(kind).detail(format!("The upstream '{upstream}' {what}."))
}
