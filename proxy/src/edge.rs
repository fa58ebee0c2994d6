//! pingora's phases, each handed on to the stage that does the work.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use lockgate_errors::{Problem, catalogue};
use pingora::http::{RequestHeader, ResponseHeader};
use pingora::proxy::{FailToProxy, ProxyHttp, Session};
use pingora::upstreams::peer::HttpPeer;
use pingora::{Error, ErrorType, Result};

use crate::exchange::{Answer, Body, Exchange};
use crate::gate::Gate;
use crate::pipeline::{self, answer, body, forward, route};
use crate::{failing, respond};

/// The gate as pingora sees it.
pub(crate) struct Edge {
    pub(crate) gate: Arc<Gate>,
}

#[async_trait]
impl ProxyHttp for Edge {
    type CTX = Exchange;

    fn new_ctx(&self) -> Exchange {
        Exchange::new(Some(self.gate.running.enter()))
    }

    async fn request_filter(&self, session: &mut Session, exchange: &mut Exchange) -> Result<bool> {
        session
            .downstream_session
            .set_read_timeout(Some(self.gate.limits.body_timeout.get()));
        session
            .downstream_session
            .set_write_timeout(Some(self.gate.limits.send_timeout.get()));
        route::note_head(session, exchange);
        if respond::with_page(session, exchange).await? {
            return Ok(true);
        }
        match pipeline::receive(&self.gate, session, exchange).await {
            Ok(()) => Ok(false),
            Err(problem) => respond::with_problem(session, exchange, problem)
                .await
                .map(|()| true),
        }
    }

    async fn upstream_peer(&self, _: &mut Session, exchange: &mut Exchange) -> Result<Box<HttpPeer>> {
        let Some(route) = exchange.route.clone() else {
            return Err(carry(exchange, Problem::new(&catalogue::ROUTE_NOT_FOUND)));
        };
        match route.upstream.peer().await {
            Ok(peer) => Ok(Box::new(peer)),
            Err(problem) => Err(carry(exchange, problem)),
        }
    }

    async fn upstream_request_filter(
        &self,
        _: &mut Session,
        head: &mut RequestHeader,
        exchange: &mut Exchange,
    ) -> Result<()> {
        // What an earlier attempt brought.
        exchange.answer = Answer::Plain;
        forward::head(exchange, head).map_err(|problem| carry(exchange, problem))
    }

    /// Puts the body that was decided on in the place of what pingora read.
    ///
    /// `None` would tell the upstream that the body ends here, so a chunk that is held back is an empty one.
    async fn request_body_filter(
        &self,
        _: &mut Session,
        chunk: &mut Option<Bytes>,
        end: bool,
        exchange: &mut Exchange,
    ) -> Result<()> {
        if let (Body::Gathering(_), Some(bytes)) = (&exchange.body, chunk.as_ref()) {
            body::append(&self.gate, exchange, bytes).map_err(|problem| carry(exchange, problem))?;
        }
        if end && let Body::Gathering(gathered) = &mut exchange.body {
            let whole = gathered.split().freeze();
            exchange.request.bytes = whole.len();
            exchange.body = Body::Whole(whole);
            pipeline::judge(&self.gate, exchange)
                .await
                .map_err(|problem| carry(exchange, problem))?;
        }
        match &exchange.body {
            Body::None | Body::Streamed => {}
            Body::Gathering(_) => *chunk = Some(Bytes::new()),
            Body::Whole(whole) => *chunk = Some(if end { whole.clone() } else { Bytes::new() }),
        }
        Ok(())
    }

    async fn upstream_response_filter(
        &self,
        session: &mut Session,
        head: &mut ResponseHeader,
        exchange: &mut Exchange,
    ) -> Result<()> {
        answer::head(&self.gate, session, exchange, head)
    }

    fn response_body_filter(
        &self,
        session: &mut Session,
        chunk: &mut Option<Bytes>,
        end: bool,
        exchange: &mut Exchange,
    ) -> Result<Option<Duration>> {
        answer::chunk(session, exchange, chunk, end).map(|()| None)
    }

    async fn response_trailer_filter(
        &self,
        _: &mut Session,
        _: &mut http::HeaderMap,
        exchange: &mut Exchange,
    ) -> Result<Option<Bytes>> {
        Ok(answer::trailers(exchange))
    }

    async fn fail_to_proxy(
        &self,
        session: &mut Session,
        error: &Error,
        exchange: &mut Exchange,
    ) -> FailToProxy {
        FailToProxy {
            error_code: failing::tell(session, exchange, error).await,
            can_reuse_downstream: false,
        }
    }

    fn suppress_error_log(&self, _: &Session, _: &Exchange, _: &Error) -> bool {
        // Each failure stands in the line of its exchange.
        true
    }

    async fn logging(&self, session: &mut Session, error: Option<&Error>, exchange: &mut Exchange) {
        if error.is_none() && matches!(exchange.answer, Answer::Error(_)) {
            // Boxed, because pingora makes this future for every exchange, and few need the room.
            Box::pin(failing::tell_held(session, exchange)).await;
        }
        if exchange.response.status.is_none() {
            exchange.response.status = failing::final_status(session);
        }
        self.gate.discovery.observe(exchange);
        self.gate.telemetry.exchange(exchange, error);
    }
}

/// Leaves the problem where `fail_to_proxy` finds it, and ends the exchange.
///
/// The source has to be downstream: with an HTTP/2 upstream pingora 0.9.1 only logs an error of
/// `request_body_filter` from anywhere else (`proxy_h2.rs`), and the client waits for a timeout.
fn carry(exchange: &mut Exchange, problem: Problem) -> Box<Error> {
    let status = problem.status_code();
    exchange.problem = Some(problem);
    let mut error = Error::explain(ErrorType::HTTPStatus(status), "ended by the gate").into_down();
    error.set_retry(false);
    error
}
