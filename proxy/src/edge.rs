//! pingora's phases, each handed on to the stage that does the work.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use lockgate_errors::{Problem, catalogue};
use pingora::http::{RequestHeader, ResponseHeader};
use pingora::proxy::{FailToProxy, ProxyHttp, Session};
use pingora::upstreams::peer::HttpPeer;
use pingora::{Error, ErrorSource, ErrorType, Result};

use crate::exchange::{Body, CLIENT_LEFT, Exchange};
use crate::gate::Gate;
use crate::pipeline::{self, body, forward, limit, route};
use crate::{failure, respond};

/// How much of an answer discovery looks at.
const RESPONSE_HEAD_BYTES: usize = 2048;

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
        _: &mut Session,
        head: &mut ResponseHeader,
        exchange: &mut Exchange,
    ) -> Result<()> {
        let response = &mut exchange.response;
        response.from_upstream = true;
        response.status = Some(head.status.as_u16());
        response.first_byte = Some(exchange.started.elapsed());
        response.content_type = head
            .headers
            .get("content-type")
            .and_then(|value| value.to_str().ok())
            .map(str::to_owned);
        limit::tell(exchange, head)
    }

    fn response_body_filter(
        &self,
        _: &mut Session,
        chunk: &mut Option<Bytes>,
        _end: bool,
        exchange: &mut Exchange,
    ) -> Result<Option<Duration>> {
        let head = &mut exchange.response.head;
        if let Some(bytes) = chunk
            && head.len() < RESPONSE_HEAD_BYTES
        {
            let wanted = (RESPONSE_HEAD_BYTES - head.len()).min(bytes.len());
            head.extend_from_slice(&bytes[..wanted]);
        }
        Ok(None)
    }

    async fn fail_to_proxy(
        &self,
        session: &mut Session,
        error: &Error,
        exchange: &mut Exchange,
    ) -> FailToProxy {
        let client_left = exchange.problem.is_none()
            && matches!(error.esource(), ErrorSource::Downstream)
            && session.as_downstream_mut().is_body_done();
        if client_left {
            exchange.response.status.get_or_insert(CLIENT_LEFT);
            return FailToProxy {
                error_code: CLIENT_LEFT,
                can_reuse_downstream: false,
            };
        }
        let upstream = exchange
            .route
            .as_ref()
            .map_or("-", |route| route.upstream.name.as_str());
        let problem = exchange
            .problem
            .take()
            .unwrap_or_else(|| failure::problem(error, upstream));
        let error_code = problem.status_code();
        session.set_keepalive(None);
        if final_status(session).is_none()
            && let Err(error) = respond::with_problem(session, exchange, problem).await
        {
            tracing::debug!(request_id = exchange.id, %error, "the client was gone before it could be answered");
        }
        FailToProxy {
            error_code,
            can_reuse_downstream: false,
        }
    }

    fn suppress_error_log(&self, _: &Session, _: &Exchange, _: &Error) -> bool {
        // Each failure stands in the line of its exchange.
        true
    }

    async fn logging(&self, session: &mut Session, error: Option<&Error>, exchange: &mut Exchange) {
        if exchange.response.status.is_none() {
            exchange.response.status = final_status(session);
        }
        self.gate.discovery.observe(exchange);
        self.gate.telemetry.exchange(exchange, error);
    }
}

/// The status that the client was sent; `100 Continue` and its like are not yet an answer.
fn final_status(session: &Session) -> Option<u16> {
    let status = session.response_written()?.status;
    (!status.is_informational() || status == http::StatusCode::SWITCHING_PROTOCOLS).then_some(status.as_u16())
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
