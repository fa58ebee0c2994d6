//! Stage: the request body, whole and bounded, before any upstream contact.
//!
//! pingora 0.9.1 forwards a body only if it reads it itself.  What is read earlier must be replayed, and its
//! replay buffer drops everything once it holds more than 64 KiB (cloudflare/pingora#349, #688).  So the
//! buffer is switched on late: it then holds just the tail, which makes pingora call `request_body_filter`
//! once, at the end, and there the whole body takes the tail's place.  A body of undeclared length that
//! outgrows the buffer is gathered in `request_body_filter` instead ([`Body::Gathering`]).  When pingora has
//! a body phase before the upstream (cloudflare/pingora#816) this file shrinks to its loop.

use bytes::{Bytes, BytesMut};
use lockgate_config::Scan;
use lockgate_errors::{Problem, catalogue};
use pingora::ErrorType;
use pingora::proxy::Session;
use tokio::time::timeout;

use crate::budget::{Exhausted, Held};
use crate::exchange::{Body, Exchange};
use crate::gate::Gate;

/// pingora's private `BODY_BUF_LIMIT`.
const REPLAY_BYTES: usize = 64 * 1024;
/// The largest HTTP/2 DATA frame that pingora's server settings allow.
const H2_FRAME_BYTES: usize = 16 * 1024;
/// What is set aside for a body of undeclared length.
const FIRST_BYTES: usize = 8 * 1024;

/// Reads the body, if the route has any interest in it.
pub(crate) async fn read(gate: &Gate, session: &mut Session, exchange: &mut Exchange) -> Result<(), Problem> {
    if session.as_downstream_mut().is_body_empty() {
        return Ok(());
    }
    if !wanted(gate, exchange) {
        exchange.body = Body::Streamed;
        return Ok(());
    }
    let wait = gate.limits.body_timeout.get();
    let mut held = gate.budget.share();
    let read = timeout(wait, gather(gate, session, &mut held))
        .await
        .map_err(|_| too_slow(gate))?;
    exchange.body = read?;
    exchange.held = Some(held);
    exchange.request.bytes = match &exchange.body {
        Body::Whole(bytes) => bytes.len(),
        _ => 0,
    };
    Ok(())
}

/// A chunk of a body that is being gathered, checked against the limits.
pub(crate) fn append(gate: &Gate, exchange: &mut Exchange, chunk: &Bytes) -> Result<(), Problem> {
    if let (Body::Gathering(buffer), Some(held)) = (&mut exchange.body, &mut exchange.held) {
        push(gate, buffer, held, chunk)?;
    }
    Ok(())
}

async fn gather(gate: &Gate, session: &mut Session, held: &mut Held) -> Result<Body, Problem> {
    let limit = gate.limits.body_bytes.as_usize();
    let declared = declared(session);
    if declared.is_some_and(|bytes| bytes > limit) {
        return Err(too_large(gate));
    }
    if session.req_header().headers.contains_key("expect") {
        session
            .downstream_session
            .write_continue_response()
            .await
            .map_err(|e| truncated(&e))?;
    }
    let mut buffer = BytesMut::with_capacity(declared.unwrap_or(FIRST_BYTES).min(FIRST_BYTES));
    loop {
        if declared.is_none_or(|bytes| bytes.saturating_sub(buffer.len()) <= REPLAY_BYTES) {
            session.downstream_session.enable_retry_buffering();
        }
        let chunk = session
            .downstream_session
            .read_request_body()
            .await
            .map_err(|e| truncated(&e))?;
        let Some(chunk) = chunk else { break };
        push(gate, &mut buffer, held, &chunk)?;
        if session.downstream_session.is_body_done() {
            break;
        }
        if declared.is_none() && buffer.len() > REPLAY_BYTES - H2_FRAME_BYTES {
            return Ok(gather_while_connected(gate, session, buffer, held));
        }
    }
    if session.downstream_session.retry_buffer_truncated() {
        // pingora would have nothing to replay and wait for ever.
        return Err(Problem::new(&catalogue::LENGTH_REQUIRED).detail(
            "The body came without a length and could not be replayed; send it with Content-Length.",
        ));
    }
    Ok(Body::Whole(buffer.freeze()))
}

/// Goes over to gathering, while the replay buffer still has room for one more frame: a last frame that
/// outgrew it would leave pingora with nothing to replay.
fn gather_while_connected(gate: &Gate, session: &Session, buffer: BytesMut, held: &mut Held) -> Body {
    if session.downstream_session.retry_buffer_truncated() {
        return Body::Gathering(buffer);
    }
    // pingora replays what was read so far into `request_body_filter`.
    *held = gate.budget.share();
    Body::Gathering(BytesMut::new())
}

fn push(gate: &Gate, buffer: &mut BytesMut, held: &mut Held, chunk: &Bytes) -> Result<(), Problem> {
    if buffer.len() + chunk.len() > gate.limits.body_bytes.as_usize() {
        return Err(too_large(gate));
    }
    held.grow(chunk.len()).map_err(|Exhausted { limit }| {
        Problem::new(&catalogue::BUFFER_EXHAUSTED)
            .detail(format!(
                "The bodies of all exchanges already hold {limit} bytes (limits.buffered_bytes)."
            ))
            .with("limit", "limits.buffered_bytes")
            .with("limit_value", limit)
    })?;
    buffer.extend_from_slice(chunk);
    Ok(())
}

/// Whether the gate has to see the body before the upstream does.  On a route that is never scanned the rules
/// see a body without error and without size.
fn wanted(gate: &Gate, exchange: &Exchange) -> bool {
    let Some(route) = &exchange.route else {
        return false;
    };
    match route.scan {
        Scan::Never => false,
        Scan::Always => true,
        Scan::Auto => {
            !is_bulk(exchange.request.content_type.as_deref()) || gate.expects_prompts(&exchange.request)
        }
    }
}

/// Media types that hold no prompt as they are: streamed, unless the endpoint is known to take prompts.
fn is_bulk(content_type: Option<&str>) -> bool {
    const BULK: [&str; 9] = [
        "multipart/",
        "image/",
        "audio/",
        "video/",
        "font/",
        "application/octet-stream",
        "application/zip",
        "application/pdf",
        "application/grpc",
    ];
    let media = content_type.unwrap_or("").trim_start().to_ascii_lowercase();
    BULK.iter().any(|prefix| media.starts_with(prefix))
}

fn declared(session: &Session) -> Option<usize> {
    session
        .req_header()
        .headers
        .get("content-length")?
        .to_str()
        .ok()?
        .parse()
        .ok()
}

fn too_large(gate: &Gate) -> Problem {
    let limit = gate.limits.body_bytes;
    Problem::new(&catalogue::BODY_TOO_LARGE)
        .detail(format!(
            "The body of the request is larger than {limit} (limits.body_bytes)."
        ))
        .with("limit", "limits.body_bytes")
        .with("limit_value", limit.bytes())
}

fn too_slow(gate: &Gate) -> Problem {
    let wait = gate.limits.body_timeout;
    Problem::new(&catalogue::BODY_TIMEOUT)
        .detail(format!(
            "The body of the request was not complete after {wait} (limits.body_timeout)."
        ))
        .with("limit", "limits.body_timeout")
}

/// What a failed read of the client's body means.
fn truncated(error: &pingora::Error) -> Problem {
    match error.etype() {
        ErrorType::ReadTimedout => Problem::new(&catalogue::BODY_TIMEOUT)
            .detail("The body of the request stopped arriving before it was complete."),
        ErrorType::InvalidHTTPHeader | ErrorType::H1Error | ErrorType::InvalidH2 => {
            Problem::new(&catalogue::MALFORMED_REQUEST)
                .detail("The framing of the request body is not valid.")
        }
        _ => Problem::new(&catalogue::TRUNCATED_BODY)
            .detail("The connection ended before the body had the length that the head declares."),
    }
}
