//! One request and its response, and all that is learnt about it on the way.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::{Bytes, BytesMut};
use lockgate_detectors::{ExtractError, Prompts, Verdict};
use lockgate_errors::Problem;

use crate::budget::Held;
use crate::drain::RunningOne;
use crate::gate::Route;
use crate::pipeline::decide::Decision;
use crate::pipeline::stream::Stream;
use crate::pipeline::upstream_error::UpstreamError;

pub(crate) use id::{began, request_id};

mod id;

/// The status that the log shows where the client left before it was answered (nginx's number).
pub(crate) const CLIENT_LEFT: u16 = 499;

/// One request and its response. Every stage of [`crate::pipeline`] reads what earlier stages left here.
pub(crate) struct Exchange {
    /// Unique and sortable by time: see [`id`].
    pub(crate) id: String,
    pub(crate) started: Instant,
    pub(crate) client: Option<SocketAddr>,
    pub(crate) request: Request,
    pub(crate) route: Option<Arc<Route>>,
    pub(crate) body: Body,
    /// How much of the gate's memory for bodies this exchange holds.
    pub(crate) held: Option<Held>,
    pub(crate) prompts: Prompts,
    /// Why the prompts of the body could not be told.
    pub(crate) body_fault: Option<BodyFault>,
    /// Whether this exchange is scanned: what `scan` of its route comes to.
    pub(crate) scanned: bool,
    pub(crate) verdict: Verdict,
    pub(crate) scan_time: Option<Duration>,
    pub(crate) decision: Decision,
    /// What the client gets instead of the upstream's answer.
    pub(crate) problem: Option<Problem>,
    pub(crate) response: Response,
    pub(crate) answer: Answer,
    _running: Option<RunningOne>,
}

/// The request line and the few fields that stages ask for.
#[derive(Debug, Default)]
pub(crate) struct Request {
    pub(crate) method: String,
    pub(crate) host: String,
    /// As the gate reads it; see [`crate::path`].
    pub(crate) path: String,
    pub(crate) version: &'static str,
    pub(crate) tls: bool,
    pub(crate) accept: Option<String>,
    pub(crate) content_type: Option<String>,
    pub(crate) content_encoding: Option<String>,
    /// Whether it has an `Idempotency-Key`: the upstream then acts on it once, however often it comes.
    pub(crate) keyed: bool,
    /// Only filled when a condition reads `request.headers`; names in lower case.
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) bytes: usize,
}

/// What is known of the answer.
#[derive(Debug, Default)]
pub(crate) struct Response {
    pub(crate) status: Option<u16>,
    pub(crate) content_type: Option<String>,
    /// Whether it came from the upstream, not from the gate.
    pub(crate) from_upstream: bool,
    /// The first bytes of the upstream's answer, for discovery.
    pub(crate) head: BytesMut,
    pub(crate) first_byte: Option<Duration>,
    /// How many interim answers (100 Continue and its like) came before it.
    pub(crate) interim: usize,
    /// Whether it broke off after its head was sent.
    pub(crate) broken: bool,
    /// Whether the client left before its end.
    pub(crate) left: bool,
}

/// What the gate does with the upstream's answer.
#[derive(Debug, Default)]
pub(crate) enum Answer {
    /// It passes untouched.
    #[default]
    Plain,
    /// It is an error, held until its body has come.
    Error(Box<UpstreamError>),
    /// It is a stream, watched for its end.
    Stream(Box<Stream>),
}

/// Where the request body is.
#[derive(Debug, Default)]
pub(crate) enum Body {
    /// The request has none.
    #[default]
    None,
    /// It is not looked at: pingora streams it.
    Streamed,
    /// Read whole, before any upstream contact; possibly redacted since.
    Whole(Bytes),
    /// Of undeclared length and over 64 KiB: gathered while pingora is connected to the upstream, which gets
    /// nothing of it before the decision.
    Gathering(BytesMut),
}

/// Why the prompts of a body could not be told.
#[derive(Debug, Clone)]
pub(crate) enum BodyFault {
    /// The body is not what its shape or type says.
    Unreadable(ExtractError),
    /// The body is compressed.
    Encoded(String),
    /// The body is of a type that holds no text, on a route or an endpoint whose prompts must be scanned.
    Media(String),
}

// === impl BodyFault ===

impl BodyFault {
    /// The code of the problem, as conditions see it in `body.error`.
    pub(crate) fn code(&self) -> &'static str {
        match self {
            Self::Unreadable(error) => error.code(),
            Self::Encoded(_) => "unsupported_encoding",
            Self::Media(_) => "unsupported_media",
        }
    }
}

impl std::fmt::Display for BodyFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Unreadable(error) => write!(f, "{error}"),
            Self::Media(media) => write!(f, "a body of type '{media}' cannot be searched for prompts"),
            Self::Encoded(coding) => write!(f, "the body is encoded as '{coding}'"),
        }
    }
}

// === impl Exchange ===

impl Exchange {
    /// An exchange that begins now; `running` counts it until it is dropped.
    pub(crate) fn new(running: Option<RunningOne>) -> Self {
        Self {
            id: request_id(),
            started: Instant::now(),
            client: None,
            request: Request::default(),
            route: None,
            body: Body::None,
            held: None,
            prompts: Prompts::none(),
            body_fault: None,
            scanned: false,
            verdict: Verdict::default(),
            scan_time: None,
            decision: Decision::default(),
            problem: None,
            response: Response::default(),
            answer: Answer::Plain,
            _running: running,
        }
    }

    /// The owner's name for the upstream, or `-` where there is no route to one.
    pub(crate) fn upstream_name(&self) -> &str {
        self.route.as_ref().map_or("-", |route| &route.upstream.name)
    }

    /// The name of the route, or `-` where none was found.
    pub(crate) fn route_name(&self) -> &str {
        self.route.as_ref().map_or("-", |route| &route.name)
    }
}
