//! Stage: the request as the upstream gets it.

use http::header::{CONTENT_LENGTH, EXPECT, HOST, TRANSFER_ENCODING};
use lockgate_errors::{Problem, catalogue};
use pingora::http::RequestHeader;

use crate::exchange::{Body, Exchange};

/// Fields that vouch for a body that is no longer the one that was sent.
const BODY_DIGESTS: [&str; 4] = ["content-md5", "digest", "content-digest", "repr-digest"];

/// Writes the upstream's request head.
pub(crate) fn head(exchange: &Exchange, head: &mut RequestHeader) -> Result<(), Problem> {
    let fault = |error: &dyn std::fmt::Display| {
        Problem::new(&catalogue::INTERNAL_ERROR)
            .detail(format!("The request head could not be rewritten: {error}."))
    };
    frame(exchange, head).map_err(|e| fault(&e))?;
    address(exchange, head).map_err(|e| fault(&e))
}

/// Content-Length where the body is known; chunks where it is still being gathered.
fn frame(exchange: &Exchange, head: &mut RequestHeader) -> pingora::Result<()> {
    match &exchange.body {
        Body::None | Body::Streamed => {}
        Body::Whole(body) => {
            head.remove_header(&TRANSFER_ENCODING);
            head.remove_header(&EXPECT);
            head.insert_header(CONTENT_LENGTH, body.len().to_string())?;
            if exchange.decision.redacted > 0 {
                BODY_DIGESTS
                    .iter()
                    .for_each(|name| drop(head.remove_header(*name)));
            }
        }
        Body::Gathering(_) => {
            head.remove_header(&CONTENT_LENGTH);
            head.remove_header(&EXPECT);
            if head.version != http::Version::HTTP_2 {
                head.insert_header(TRANSFER_ENCODING, "chunked")?;
            }
        }
    }
    Ok(())
}

/// Path prefix, host and credentials of the upstream; where the request came from.
fn address(exchange: &Exchange, head: &mut RequestHeader) -> pingora::Result<()> {
    let Some(route) = &exchange.route else {
        return Ok(());
    };
    let upstream = &route.upstream;
    let prefix = upstream.url.prefix();
    if !prefix.is_empty() || head.uri.authority().is_some() {
        let uri = http::Uri::try_from(target(prefix, &exchange.request.path, &head.uri));
        head.set_uri(
            uri.map_err(|e| pingora::Error::because(pingora::ErrorType::InternalError, "upstream uri", e))?,
        );
    }
    head.insert_header("x-forwarded-host", exchange.request.host.as_str())?;
    head.insert_header(
        "x-forwarded-proto",
        if exchange.request.tls { "https" } else { "http" },
    )?;
    if let Some(client) = exchange.client {
        head.insert_header("x-forwarded-for", client.ip().to_string())?;
    }
    let host = upstream.host.as_deref().unwrap_or(&exchange.request.host);
    head.insert_header(HOST, host)?;
    for (name, value) in &upstream.headers {
        head.insert_header(name.clone(), value.clone())?;
    }
    Ok(())
}

/// The target that the upstream gets.  Below a prefix it is the path as the gate reads it: dot segments must not
/// lead out of the prefix.
fn target(prefix: &str, path: &str, sent: &http::Uri) -> String {
    if prefix.is_empty() {
        return sent
            .path_and_query()
            .map_or("/", |target| target.as_str())
            .to_owned();
    }
    match sent.query() {
        Some(query) => format!("{prefix}{path}?{query}"),
        None => format!("{prefix}{path}"),
    }
}

#[cfg(test)]
mod tests {
    use super::target;
    use crate::path::canonical;

    #[test]
    fn a_path_stays_below_the_prefix_of_its_upstream() {
        for (prefix, sent, expected) in [
            ("", "http://gate/%61//b?c=%64", "/%61//b?c=%64"),
            ("/base", "/v1/chat?x=1", "/base/v1/chat?x=1"),
            ("/base", "/../secret", "/base/secret"),
            ("/base", "/v1/%2e%2e/%2E%2e/secret?q=..", "/base/secret?q=.."),
        ] {
            let uri: http::Uri = sent.parse().expect("a target");
            assert_eq!(target(prefix, &canonical(uri.path()), &uri), expected, "{sent}");
        }
    }
}
