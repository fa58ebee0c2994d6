//! Stage: an error answer of the upstream.
//!
//! What the client is told depends on the body: whether the quota is used up or only the minute's share, whether
//! it is JSON-RPC or a page.  So the head is held until the body has come, and then both are sent with a length.
//! pingora 0.9.1 has no hook for that; two of its properties are used.  A head with an interim status is not
//! taken for the answer, and the connection can be told to send none of them (over HTTP/2 it never does), so the
//! held head becomes such a one.  And `logging` is called before the connection is handed on to the next request:
//! there the answer is written.

mod plan;

use std::time::{Instant, SystemTime};

use bytes::{Bytes, BytesMut};
use http::StatusCode;
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE};
use lockgate_config::UpstreamErrors;
use lockgate_errors::{Envelope, Problem, upstream};
use pingora::http::ResponseHeader;
use pingora::proxy::Session;
use pingora::{Error, ErrorType, Result};

use super::limit;
use crate::budget::Held;
use crate::caller::Caller;
use crate::encoding::decode::Coding;
use crate::exchange::{Answer, Exchange};
use crate::gate::Gate;
use crate::{json_rpc, respond};

/// How much more of a body is taken in than is looked at, so that the connections can be kept.
const DRAINED_BYTES: usize = 1024 * 1024;
/// The interim status that stands in for that of a head which is held.
const HELD: StatusCode = StatusCode::EARLY_HINTS;

/// An error answer whose head is held.
#[derive(Debug)]
pub(crate) struct UpstreamError {
    head: ResponseHeader,
    /// What status and fields say.
    problem: Problem,
    mode: UpstreamErrors,
    coding: Option<Coding>,
    body: BytesMut,
    /// The most that is looked at.
    limit: usize,
    /// How much came and is not looked at.
    dropped: usize,
    /// Whether the body came to its end.
    ended: bool,
    /// When the rest is no longer waited for: of a body that drips every piece would come in time.
    until: Instant,
    share: Held,
}

/// Holds the head of an error answer, where the route wants more than what the upstream says itself: `true` where
/// it is held.
pub(crate) fn hold(
    gate: &Gate,
    session: &mut Session,
    exchange: &mut Exchange,
    head: &mut ResponseHeader,
) -> Result<bool> {
    let Some(route) = &exchange.route else {
        return Ok(false);
    };
    let caller = Caller::of(exchange);
    let limit = route.errors.body_bytes.as_usize();
    if plan::passes(head, route.errors.upstream, limit, caller) {
        return Ok(false);
    }
    let status = head.status.as_u16();
    let from_head = upstream::from_head(exchange.upstream_name(), status, &head.headers, SystemTime::now());
    let Some(problem) = from_head else {
        return Ok(false);
    };
    let coding = head
        .headers
        .get(CONTENT_ENCODING)
        .map_or("", |value| value.to_str().unwrap_or("?"));
    exchange.answer = Answer::Error(Box::new(UpstreamError {
        coding: Coding::named(coding),
        head: head.clone(),
        problem,
        mode: route.errors.upstream,
        body: BytesMut::new(),
        limit,
        dropped: 0,
        ended: false,
        until: Instant::now() + route.upstream.read_timeout,
        share: gate.budget.share(),
    }));
    session.as_downstream_mut().set_ignore_info_resp(true);
    let is_empty = head
        .headers
        .get(CONTENT_LENGTH)
        .is_some_and(|length| length == "0");
    head.set_status(HELD)?;
    if is_empty {
        refuse_the_rest(session, exchange)?;
    }
    Ok(true)
}

/// Ends the exchange where the answer is whole and the client is still sending: it may wait for the answer before
/// it goes on (100 Continue), or have much left to send in vain, and pingora would hear it out first.
pub(crate) fn refuse_the_rest(session: &mut Session, exchange: &mut Exchange) -> Result<()> {
    let Answer::Error(error) = &mut exchange.answer else {
        return Ok(());
    };
    if session.as_downstream_mut().is_body_done() {
        return Ok(());
    }
    error.ended = true;
    let status = error.head.status.as_u16();
    Error::e_explain(
        ErrorType::HTTPStatus(status),
        "the upstream wants no more of the request",
    )
    .map_err(|error| error.into_up())
}

/// Sends the answer that was held; `ended`: whether its body came to its end.
pub(crate) async fn send(session: &mut Session, exchange: &mut Exchange, ended: bool) -> Result<()> {
    let Answer::Error(mut error) = std::mem::take(&mut exchange.answer) else {
        return Ok(());
    };
    error.ended |= ended;
    // The upstream's own fields told what to wait for; those of the gate's limits are added only now.
    limit::tell(exchange, &mut error.head)?;
    let (body, whole) = error.decoded();
    if Caller::of(exchange).envelope == Envelope::JsonRpc && error.ended && json_rpc::is_error(&body) {
        let UpstreamError { head, body, .. } = *error;
        return respond::with_original(session, exchange, head, body.freeze()).await;
    }
    let (problem, head) = error.told(&body, whole);
    respond::with_upstream_problem(session, exchange, problem, head).await
}

// === impl UpstreamError ===

impl UpstreamError {
    /// Gathers a piece of the body; the client gets nothing of it yet.
    ///
    /// # Errors
    /// Where there is far more than is looked at, or where it takes too long: the exchange then ends with what
    /// there is.
    pub(crate) fn take(&mut self, chunk: &mut Option<Bytes>, end: bool) -> Result<()> {
        self.ended = end;
        let Some(bytes) = chunk.take() else {
            return Ok(());
        };
        let room = match self.mode {
            UpstreamErrors::Replace => 0,
            _ => self.limit - self.body.len(),
        };
        let wanted = &bytes[..bytes.len().min(room)];
        if self.dropped == 0 && self.share.grow(wanted.len()).is_ok() {
            self.body.extend_from_slice(wanted);
            self.dropped += bytes.len() - wanted.len();
        } else {
            self.dropped += bytes.len();
        }
        if self.dropped > DRAINED_BYTES {
            let why = "an error body far over errors.body_bytes";
            return Err(Error::explain(ErrorType::ReadError, why).into_up());
        }
        if !end && Instant::now() > self.until {
            let why = "an error body that does not come to its end";
            return Err(Error::explain(ErrorType::ReadTimedout, why).into_up());
        }
        Ok(())
    }

    /// The body without its coding, and whether that is all of it.
    fn decoded(&self) -> (Bytes, bool) {
        let whole = self.ended && self.dropped == 0;
        match self.coding {
            Some(Coding::Identity) => (Bytes::copy_from_slice(&self.body), whole),
            Some(coding) => {
                let (inside, sound) = coding.decode(&self.body, self.limit);
                (inside.into(), whole && sound)
            }
            None => (Bytes::new(), false),
        }
    }

    /// The problem with what the body says, and the head.
    fn told(self, body: &[u8], whole: bool) -> (Problem, ResponseHeader) {
        if self.mode == UpstreamErrors::Replace {
            return (self.problem, self.head);
        }
        let media = self
            .head
            .headers
            .get(CONTENT_TYPE)
            .and_then(|value| value.to_str().ok());
        let problem = upstream::with_body(self.problem, media, body, whole);
        let problem = if self.ended {
            problem
        } else {
            problem.with("truncated", true)
        };
        (problem, self.head)
    }
}
