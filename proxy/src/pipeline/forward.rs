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
    let target = head.uri.path_and_query().map_or("/", |target| target.as_str());
    if !prefix.is_empty() || head.uri.authority().is_some() {
        let uri = http::Uri::try_from(format!("{prefix}{target}"));
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
