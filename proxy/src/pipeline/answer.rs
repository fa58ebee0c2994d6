//! Stage: the answer of the upstream, on its way to the client.
//!
//! Most answers pass untouched.  An error is held until it can be told well ([`upstream_error`]), a stream is
//! watched for its end ([`stream`](super::stream)).

use bytes::Bytes;
use lockgate_errors::{Problem, catalogue};
use pingora::http::ResponseHeader;
use pingora::proxy::Session;
use pingora::{Error, ErrorType, Result};

use super::stream::Stream;
use super::{limit, upstream_error};
use crate::caller;
use crate::exchange::{Answer, Exchange};
use crate::gate::Gate;
use crate::{failure, protocol_hint};

/// How much of an answer discovery looks at.
const DISCOVERED_BYTES: usize = 2048;
/// Most interim answers before the real one: real servers send two or three.
const MOST_INTERIM: usize = 16;

/// Looks at the head of the answer.
pub(crate) fn head(
    gate: &Gate,
    session: &mut Session,
    exchange: &mut Exchange,
    head: &mut ResponseHeader,
) -> Result<()> {
    if head.status.is_informational() && head.status != http::StatusCode::SWITCHING_PROTOCOLS {
        return interim(exchange);
    }
    note(exchange, head);
    match head.status.as_u16() {
        200..=299 => {
            let request = &exchange.request;
            let envelope = || protocol_hint::envelope(&request.path, exchange.prompts.protocol);
            if let Some(stream) = Stream::of(head, envelope, &request.path) {
                exchange.answer = Answer::Stream(Box::new(stream));
            }
        }
        400..=599 if upstream_error::hold(gate, session, exchange, head)? => return Ok(()),
        _ => {}
    }
    limit::tell(exchange, head)
}

/// Counts an interim answer: each of them starts the wait for the real one anew.
fn interim(exchange: &mut Exchange) -> Result<()> {
    exchange.response.interim += 1;
    if exchange.response.interim <= MOST_INTERIM {
        return Ok(());
    }
    let mut error = Error::explain(ErrorType::InvalidHTTPHeader, "interim answers without end").into_up();
    error.set_retry(false);
    Err(error)
}

/// Looks at a piece of the body, and takes out of it what the client must not get, or not yet.
pub(crate) fn chunk(
    session: &mut Session,
    exchange: &mut Exchange,
    chunk: &mut Option<Bytes>,
    end: bool,
) -> Result<()> {
    let response = &mut exchange.response;
    if let Some(bytes) = chunk
        && response.head.len() < DISCOVERED_BYTES
    {
        let wanted = (DISCOVERED_BYTES - response.head.len()).min(bytes.len());
        response.head.extend_from_slice(&bytes[..wanted]);
    }
    match &mut exchange.answer {
        Answer::Plain => Ok(()),
        Answer::Error(error) => {
            error.take(chunk, end)?;
            if end {
                upstream_error::refuse_the_rest(session, exchange)?;
            }
            Ok(())
        }
        Answer::Stream(stream) => {
            if stream.pass(chunk, end) {
                tell_the_end(exchange, chunk);
            }
            Ok(())
        }
    }
}

/// What the trailers of an answer become.  A body takes the place of those of an answer that is held: pingora
/// could not write trailers where it has written no head.
pub(crate) fn trailers(exchange: &Exchange) -> Option<Bytes> {
    matches!(exchange.answer, Answer::Error(_)).then(Bytes::new)
}

/// Adds the error frame to the last piece of a stream that ended too soon.
fn tell_the_end(exchange: &mut Exchange, chunk: &mut Option<Bytes>) {
    let upstream = exchange.upstream_name();
    let problem = Problem::new(&catalogue::UPSTREAM_RESET).detail(format!(
        "The upstream '{upstream}' ended its stream before the answer was complete."
    ));
    let problem = failure::after_sending(exchange, problem);
    if let Some(frame) = last_words(exchange, problem) {
        *chunk = Some(match chunk.take() {
            Some(passed) => [passed, frame].concat().into(),
            None => frame,
        });
    }
}

/// What the client of a broken stream is told last; `None` where its connection is to be cut.
pub(crate) fn last_words(exchange: &mut Exchange, problem: Problem) -> Option<Bytes> {
    let Answer::Stream(stream) = &exchange.answer else {
        exchange.response.broken = true;
        return None;
    };
    if stream.is_complete() {
        return Some(Bytes::new());
    }
    exchange.response.broken = true;
    let problem = caller::signed(exchange, problem);
    let problem = if stream.is_json_rpc() {
        problem.rpc_id(caller::calls(exchange).id())
    } else {
        problem
    };
    let words = stream.last_words(&problem)?;
    exchange.problem = Some(problem);
    Some(words)
}

fn note(exchange: &mut Exchange, head: &ResponseHeader) {
    let response = &mut exchange.response;
    response.from_upstream = true;
    response.status = Some(head.status.as_u16());
    response.first_byte = Some(exchange.started.elapsed());
    response.content_type = head
        .headers
        .get("content-type")
        .and_then(|value| value.to_str().ok())
        .map(str::to_owned);
}
