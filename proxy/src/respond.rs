//! The gate's own answers.

use bytes::Bytes;
use lockgate_errors::{Document, Envelope, Form, Problem, negotiate, render};
use pingora::Result;
use pingora::http::ResponseHeader;
use pingora::proxy::Session;

use crate::exchange::Exchange;
use crate::pipeline::limit;
use crate::{problem_pages, protocol_hint};

/// What is left of a request body that a refused client may still send before its connection is closed.
const DRAIN_WAIT: std::time::Duration = std::time::Duration::from_millis(500);

/// Answers with a problem, in the form and the envelope that the caller reads.
pub(crate) async fn with_problem(
    session: &mut Session,
    exchange: &mut Exchange,
    problem: Problem,
) -> Result<()> {
    let problem = problem
        .request_id(exchange.id.as_str())
        .instance(format!("urn:uuid:{}", exchange.id));
    let envelope = protocol_hint::envelope(&exchange.request.path, exchange.prompts.protocol);
    let form = negotiate(exchange.request.accept.as_deref(), default_form(envelope));
    let mut document = render(&problem, form, envelope);
    document
        .headers
        .extend(limit::fields(exchange).into_iter().flatten());
    exchange.response.status = Some(document.status);
    exchange.problem = Some(problem);
    write(session, exchange.request.method == "HEAD", document).await
}

/// Answers with a page about a problem, where the request asks for one.
pub(crate) async fn with_page(session: &mut Session, exchange: &mut Exchange) -> Result<bool> {
    let request = &exchange.request;
    let Some(document) = problem_pages::find(&request.method, &request.path, request.accept.as_deref())
    else {
        return Ok(false);
    };
    exchange.response.status = Some(document.status);
    write(session, request.method == "HEAD", document)
        .await
        .map(|()| true)
}

/// `*/*` and no Accept at all are programs: JSON.
fn default_form(envelope: Envelope) -> Form {
    if matches!(envelope, Envelope::None) {
        Form::ProblemJson
    } else {
        Form::Json
    }
}

async fn write(session: &mut Session, bodiless: bool, document: Document) -> Result<()> {
    let mut head = ResponseHeader::build(document.status, Some(document.headers.len() + 2))?;
    head.insert_header("content-type", document.content_type)?;
    head.insert_header("content-length", document.body.len().to_string())?;
    for (name, value) in document.headers {
        head.insert_header(name, value)?;
    }
    finish_request(session).await;
    session.write_response_header(Box::new(head), bodiless).await?;
    if !bodiless {
        session
            .write_response_body(Some(Bytes::from(document.body)), true)
            .await?;
    }
    Ok(())
}

/// Takes in what the client is still sending, for a moment: an HTTP/1 connection closed over unread bytes is
/// reset and loses the answer, and curl reports a reset HTTP/2 stream instead of its status.
async fn finish_request(session: &mut Session) {
    let downstream = session.as_downstream_mut();
    if downstream.is_body_done() {
        return;
    }
    downstream.set_keepalive(None);
    let drained = tokio::time::timeout(DRAIN_WAIT, async {
        while let Ok(Some(_)) = downstream.read_request_body().await {}
    });
    let _ = drained.await;
}
