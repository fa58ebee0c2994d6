//! The gate's own answers, and the upstream's error answers as the gate gives them.

use bytes::Bytes;
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, TRANSFER_ENCODING, VARY};
use lockgate_errors::{Document, Problem, retry};
use pingora::Result;
use pingora::http::ResponseHeader;
use pingora::protocols::http::HttpTask;
use pingora::proxy::Session;

use crate::caller::{Caller, signed};
use crate::encoding;
use crate::exchange::Exchange;
use crate::pipeline::{limit, route};
use crate::problem_pages;

/// What is left of a request body that a refused client may still send before its connection is closed.
const DRAIN_WAIT: std::time::Duration = std::time::Duration::from_millis(500);
/// Fields of the upstream that describe a body which is not sent, or the connection that it came by.
const NOT_KEPT: [&str; 17] = [
    "accept-ranges",
    "connection",
    "content-digest",
    "content-encoding",
    "content-language",
    "content-length",
    "content-md5",
    "content-range",
    "digest",
    "etag",
    "keep-alive",
    "last-modified",
    "proxy-connection",
    "repr-digest",
    "trailer",
    "transfer-encoding",
    "upgrade",
];
/// Those of them that say something else with these statuses: how long the resource is, which protocol is asked for.
const EVEN_SO: [(u16, &str); 2] = [(416, "content-range"), (426, "upgrade")];
/// Fields that the upstream knows better than the gate where it sends them.
const UPSTREAMS: [&str; 5] = [
    "request-id",
    "retry-after",
    "retry-after-ms",
    "x-request-id",
    "x-should-retry",
];

/// The upstream's waits that are passed on as they are: whole numbers up to this.  Others (a date, a
/// fraction, an age of the world) not every client understands; the gate says the same in seconds.
const WAITS: [(&str, u128); 2] = [
    ("retry-after", retry::LONGEST.as_secs() as u128),
    ("retry-after-ms", retry::LONGEST.as_millis()),
];

/// Answers with a problem of the gate's, in the form and the envelope that the caller reads.
pub(crate) async fn with_problem(
    session: &mut Session,
    exchange: &mut Exchange,
    problem: Problem,
) -> Result<()> {
    let problem = signed(exchange, problem);
    let mut document = Caller::of(exchange).document(exchange, &problem);
    document
        .headers
        .extend(limit::fields(exchange).into_iter().flatten());
    exchange.response.status = Some(document.status);
    exchange.problem = Some(problem);
    let head = ResponseHeader::build(document.status, Some(document.headers.len() + 3))?;
    write(session, exchange, head, document).await
}

/// Answers with the problem that an error answer of the upstream became; the fields of `upstream`, its head, stay
/// but for those that describe its body.
pub(crate) async fn with_upstream_problem(
    session: &mut Session,
    exchange: &mut Exchange,
    problem: Problem,
    mut upstream: ResponseHeader,
) -> Result<()> {
    let problem = signed(exchange, problem);
    let mut document = Caller::of(exchange).document(exchange, &problem);
    exchange.problem = Some(problem);
    for name in NOT_KEPT {
        if !EVEN_SO.contains(&(upstream.status.as_u16(), name)) {
            upstream.remove_header(name);
        }
    }
    for (name, longest) in WAITS {
        let field = upstream.headers.get(name);
        let told = field.and_then(|value| value.to_str().ok()?.parse::<u128>().ok());
        if told.is_none_or(|wait| wait > longest) {
            upstream.remove_header(name);
        }
    }
    document
        .headers
        .retain(|(name, _)| !(UPSTREAMS.contains(name) && upstream.headers.contains_key(*name)));
    if document.status != upstream.status.as_u16() {
        upstream.set_status(document.status)?;
        upstream.set_reason_phrase(None)?;
    }
    // pingora can write no other version.
    upstream.set_version(http::Version::HTTP_11);
    write(session, exchange, upstream, document).await
}

/// Answers with what the upstream sent, which was held and turned out to need nothing.
pub(crate) async fn with_original(
    session: &mut Session,
    exchange: &Exchange,
    mut head: ResponseHeader,
    body: Bytes,
) -> Result<()> {
    head.remove_header(&TRANSFER_ENCODING);
    if !is_head(exchange) {
        head.insert_header(CONTENT_LENGTH, body.len().to_string())?;
    }
    head.set_version(http::Version::HTTP_11);
    send(session, head, if is_head(exchange) { Bytes::new() } else { body }).await
}

/// Answers with a page about a problem, where the request asks for one.
pub(crate) async fn with_page(session: &mut Session, exchange: &mut Exchange) -> Result<bool> {
    let request = &exchange.request;
    let Some(page) = problem_pages::find(&request.method, &request.path, request.accept.as_deref()) else {
        return Ok(false);
    };
    let document = match page {
        Ok(document) => document,
        Err(problem) => {
            let problem = signed(exchange, problem);
            let mut document = Caller::of(exchange).document(exchange, &problem);
            document
                .headers
                .push(("allow", problem_pages::METHODS.to_owned()));
            exchange.problem = Some(problem);
            document
        }
    };
    exchange.response.status = Some(document.status);
    let head = ResponseHeader::build(document.status, Some(document.headers.len() + 3))?;
    write(session, exchange, head, document).await.map(|()| true)
}

/// Writes a document; `head` has its status, and what else is to be sent.
async fn write(
    session: &mut Session,
    exchange: &Exchange,
    mut head: ResponseHeader,
    document: Document,
) -> Result<()> {
    let accepted = route::joined(session, "accept-encoding");
    let (body, coding) = encoding::encoded(document.body, accepted.as_deref());
    for (name, value) in document.headers {
        if name != VARY.as_str() {
            head.insert_header(name, value)?;
        }
    }
    vary(&mut head)?;
    head.insert_header(CONTENT_TYPE, document.content_type)?;
    if let Some(coding) = coding {
        head.insert_header(CONTENT_ENCODING, coding)?;
    }
    if !is_head(exchange) {
        head.insert_header(CONTENT_LENGTH, body.len().to_string())?;
    } else if !exchange.response.from_upstream {
        // Of an upstream's error the body is unknown here, and with it the length that GET would get.
        head.insert_header(CONTENT_LENGTH, body.len().to_string())?;
    }
    send(session, head, if is_head(exchange) { Bytes::new() } else { body }).await
}

async fn send(session: &mut Session, head: ResponseHeader, body: Bytes) -> Result<()> {
    finish_request(session).await;
    if body.is_empty() {
        // The only way to end an HTTP/2 stream with its head, which gRPC insists on.
        let head = HttpTask::Header(Box::new(head), true);
        session.write_response_tasks(vec![head]).await?;
    } else {
        session.write_response_header(Box::new(head), false).await?;
        session.write_response_body(Some(body), true).await?;
    }
    Ok(())
}

/// Adds what the gate's answers depend on to what the upstream's do.
fn vary(head: &mut ResponseHeader) -> Result<()> {
    let known = head
        .headers
        .get_all(VARY)
        .iter()
        .filter_map(|value| value.to_str().ok());
    let mut names: Vec<String> = known
        .flat_map(|value| value.split(','))
        .map(|name| name.trim().to_ascii_lowercase())
        .filter(|name| !name.is_empty())
        .collect();
    for name in ["accept", "accept-encoding"] {
        if !names.iter().any(|known| known == name || known == "*") {
            names.push(name.to_owned());
        }
    }
    head.insert_header(VARY, names.join(", "))
}

fn is_head(exchange: &Exchange) -> bool {
    exchange.request.method == "HEAD"
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
