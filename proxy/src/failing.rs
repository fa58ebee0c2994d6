//! What the client gets when an exchange fails on the way.

use pingora::proxy::Session;
use pingora::{Error, ErrorSource, ErrorType};

use crate::exchange::{Answer, CLIENT_LEFT, Exchange};
use crate::pipeline::{answer, upstream_error};
use crate::{failure, respond};

/// Tells the client, if there is still a way to, and gives the status of the exchange.
pub(crate) async fn tell(session: &mut Session, exchange: &mut Exchange, error: &Error) -> u16 {
    let of_client = exchange.problem.is_none() && matches!(error.esource(), ErrorSource::Downstream);
    if of_client && session.as_downstream_mut().is_body_done() {
        // One that does not take in its answer has not left: the gate lets it go.
        exchange.response.left = *error.etype() != ErrorType::WriteTimedout;
        let status = final_status(session).unwrap_or(CLIENT_LEFT);
        exchange.response.status = Some(status);
        return status;
    }
    session.set_keepalive(None);
    let written = match final_status(session) {
        Some(status) => {
            if !of_client {
                end_answer(session, exchange, error).await;
            }
            return status;
        }
        // The answer that was being held is told as far as it came.
        None if exchange.problem.is_none() && matches!(exchange.answer, Answer::Error(_)) => {
            upstream_error::send(session, exchange, false).await
        }
        None => {
            let problem = exchange
                .problem
                .take()
                .unwrap_or_else(|| failure::problem(error, exchange));
            respond::with_problem(session, exchange, problem).await
        }
    };
    if let Err(error) = written {
        tracing::debug!(request_id = exchange.id, %error, "the client was gone before it could be answered");
    }
    exchange.response.status.unwrap_or_default()
}

/// Sends the error answer of the upstream that was held, now that its body has come.
pub(crate) async fn tell_held(session: &mut Session, exchange: &mut Exchange) {
    if let Err(error) = upstream_error::send(session, exchange, true).await {
        tracing::debug!(request_id = exchange.id, %error, "the client was gone before it could be answered");
    }
}

/// Ends an answer whose head was sent: with the error in its own form where it is a stream that has one.
/// Otherwise the connection is cut, or the HTTP/2 stream reset, when pingora drops the session without an end.
async fn end_answer(session: &mut Session, exchange: &mut Exchange, error: &Error) {
    let problem = exchange
        .problem
        .take()
        .unwrap_or_else(|| failure::problem(error, exchange));
    // On HTTP/2 a reset would overtake the words.
    let whole =
        session.is_http2() || !matches!(&exchange.answer, Answer::Stream(stream) if stream.is_to_be_cut());
    if let Some(words) = answer::last_words(exchange, problem)
        && let Err(error) = session.write_response_body(Some(words), whole).await
    {
        tracing::debug!(request_id = exchange.id, %error, "the client was gone before it could be told");
    }
}

/// The status that the client was sent; `100 Continue` and its like are not yet an answer.
pub(crate) fn final_status(session: &Session) -> Option<u16> {
    let status = session.response_written()?.status;
    (!status.is_informational() || status == http::StatusCode::SWITCHING_PROTOCOLS).then_some(status.as_u16())
}
