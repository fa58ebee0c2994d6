//! The way of a request, in one screen, and the way back.
//!
//! ```text
//! door -> route -> limit -> body -> extract -> scan -> decide -> redact -> forward
//!                 \-------------------------------------\-> problem
//!
//! answer -> upstream_error (held, then told) or stream (watched for its end) or neither
//! ```
//!
//! Each stage is one file, takes the [`Exchange`] and leaves in it what it learnt.  A stage that ends the
//! exchange returns the [`Problem`] that the client gets; the upstream is then never contacted.

pub(crate) mod answer;
pub(crate) mod body;
pub(crate) mod decide;
pub(crate) mod extract;
pub(crate) mod forward;
pub(crate) mod limit;
pub(crate) mod redact;
pub(crate) mod route;
pub(crate) mod scan;
pub(crate) mod stream;
pub(crate) mod upstream_error;

use lockgate_errors::Problem;
use pingora::proxy::Session;

use crate::exchange::{Body, Exchange};
use crate::gate::Gate;

/// Bodies up to this size are worked on in place: at some 50 MB/s that is about a millisecond.
const INLINE_BYTES: usize = 64 * 1024;

/// Takes a request from its head to the decision.
pub(crate) async fn receive(
    gate: &Gate,
    session: &mut Session,
    exchange: &mut Exchange,
) -> Result<(), Problem> {
    route::choose(gate, session, exchange)?;
    limit::before_body(gate, exchange)?;
    body::read(gate, session, exchange).await?;
    if matches!(exchange.body, Body::Gathering(_)) {
        // The rest of the body comes through `request_body_filter`, which then calls `judge`.
        return Ok(());
    }
    judge(gate, exchange).await
}

/// Decides on a request whose body is whole, or is none of the gate's business.
pub(crate) async fn judge(gate: &Gate, exchange: &mut Exchange) -> Result<(), Problem> {
    extract::prompts(gate, exchange);
    limit::before_scan(gate, exchange)?;
    scan::prompts(gate, exchange).await;
    decide::by_rules(gate, exchange)?;
    redact::body(exchange);
    Ok(())
}

/// Does work whose time grows with the body; for a large one, without holding up the exchanges that share
/// the thread.
pub(crate) fn off_the_reactor<T>(bytes: usize, work: impl FnOnce() -> T) -> T {
    if bytes <= INLINE_BYTES {
        work()
    } else {
        tokio::task::block_in_place(work)
    }
}
