//! Stage: which route an exchange takes.

use lockgate_errors::{Problem, catalogue};
use pingora::proxy::Session;

use crate::exchange::Exchange;
use crate::gate::Gate;
use crate::path;

/// Methods that are passed on: those of RFC 9110 that a reverse proxy can carry, and PATCH.
const METHODS: [&str; 7] = ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"];

/// Finds the first route that fits host and path.
pub(crate) fn choose(gate: &Gate, session: &Session, exchange: &mut Exchange) -> Result<(), Problem> {
    let request = &exchange.request;
    if !METHODS.contains(&request.method.as_str()) {
        return Err(Problem::new(&catalogue::METHOD_UNKNOWN)
            .detail(format!(
                "The method '{}' is not one that this gate passes on.",
                request.method
            ))
            .with("methods", METHODS));
    }
    let route = gate
        .routes
        .iter()
        .find(|route| route.matches(&request.host, &request.path))
        .ok_or_else(|| {
            Problem::new(&catalogue::ROUTE_NOT_FOUND).detail(format!(
                "No route takes host '{}' and path '{}'.",
                request.host, request.path
            ))
        })?;
    if route.rules.reads("request") || route.rules.limits.read_headers() {
        exchange.request.headers = headers(session);
    }
    exchange.route = Some(std::sync::Arc::clone(route));
    Ok(())
}

/// Notes what the head of the request says.
pub(crate) fn note_head(session: &Session, exchange: &mut Exchange) {
    let head = session.req_header();
    let text = |name: &str| {
        head.headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .map(str::to_owned)
    };
    exchange.client = session
        .client_addr()
        .and_then(|address| address.as_inet().copied());
    let request = &mut exchange.request;
    request.method = head.method.as_str().to_owned();
    // Over HTTP/2 `:authority` comes before `Host` (RFC 9113 section 8.3.1); over HTTP/1 the door saw to it that
    // they do not differ.
    let authority = head.uri.authority().map(ToString::to_string);
    request.host = authority.or_else(|| text("host")).unwrap_or_default();
    request.path = path::canonical(head.uri.path());
    request.tls = session.digest().is_some_and(|digest| digest.ssl_digest.is_some());
    request.version = match head.version {
        http::Version::HTTP_2 => "2",
        http::Version::HTTP_10 => "1.0",
        _ => "1.1",
    };
    request.accept = joined(session, "accept");
    request.content_type = text("content-type");
    request.content_encoding = text("content-encoding");
    request.keyed = head.headers.contains_key("idempotency-key");
}

/// Repeated fields as one list (RFC 9110 section 5.3).
pub(crate) fn joined(session: &Session, name: &str) -> Option<String> {
    let values = session
        .req_header()
        .headers
        .get_all(name)
        .iter()
        .filter_map(|value| value.to_str().ok());
    values
        .map(str::to_owned)
        .reduce(|list, value| list + ", " + &value)
}

fn headers(session: &Session) -> Vec<(String, String)> {
    let fields = &session.req_header().headers;
    fields
        .iter()
        .map(|(name, value)| {
            (
                name.as_str().to_owned(),
                String::from_utf8_lossy(value.as_bytes()).into_owned(),
            )
        })
        .collect()
}
