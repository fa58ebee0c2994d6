//! Answers that a test makes up.

use std::io;
use std::sync::Arc;

use bytes::Bytes;
use http_body_util::channel::Channel;
use http_body_util::{BodyExt, Full};
use hyper::body::Frame;
use hyper::header::{HeaderName, HeaderValue};
use hyper::{HeaderMap, Method, Response, StatusCode};

use super::State;
use super::body::Body;

/// The page of a reverse proxy, with what no caller should be shown.
pub const PAGE: &str = "<html><head><title>502 Bad Gateway</title><script>steal()</script></head>\
    <body><h1>Bad Gateway</h1><p>The backend is gone.</p><!-- build 1234 --></body></html>";
/// An error of OpenAI's, spaced as nobody would space it again.
pub const OPENAI_ERROR: &str = r#"{ "error" : {"message":"Rate limit reached for gpt-test.","type":"tokens","param":null,"code":"rate_limit_exceeded"} }"#;

/// An answer that a test makes up.
#[derive(Clone, Debug)]
pub struct Canned {
    status: u16,
    headers: Vec<(String, String)>,
    body: Bytes,
    pieces: Option<usize>,
    trailer: bool,
    breaks: bool,
}

impl Canned {
    /// With this status, and nothing in it.
    pub fn new(status: u16) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: Bytes::new(),
            pieces: None,
            trailer: false,
            breaks: false,
        }
    }

    /// With a header field.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// With a body of this type.
    #[must_use]
    pub fn body(self, content_type: &str, body: impl Into<Bytes>) -> Self {
        let mut this = self.header("content-type", content_type);
        this.body = body.into();
        this
    }

    /// Without a length, in pieces of this size.
    #[must_use]
    pub fn in_pieces(mut self, bytes: usize) -> Self {
        self.pieces = Some(bytes);
        self
    }

    /// With a trailer behind the body.
    #[must_use]
    pub fn with_trailer(mut self) -> Self {
        self.trailer = true;
        self
    }

    /// Breaks off behind the body, without an end, when the test says [`Origin::step`](super::Origin::step).
    #[must_use]
    pub fn breaking_off(mut self) -> Self {
        self.breaks = true;
        self
    }

    /// The answer to a request of this method. (hyper would send a body to HEAD over HTTP/2.)
    pub(super) fn response(&self, method: &Method, state: Arc<State>) -> Response<Body> {
        let mut response = Response::new(match *method {
            Method::HEAD => Full::default().map_err(|never| match never {}).boxed(),
            _ => self.as_body(state),
        });
        *response.status_mut() = StatusCode::from_u16(self.status).expect("a status");
        for (name, value) in &self.headers {
            let name = HeaderName::from_bytes(name.as_bytes()).expect("a name");
            let value = HeaderValue::from_str(value).expect("a value");
            response.headers_mut().append(name, value);
        }
        response
    }

    fn as_body(&self, state: Arc<State>) -> Body {
        if self.pieces.is_none() && !self.trailer && !self.breaks {
            return Full::new(self.body.clone())
                .map_err(|never| match never {})
                .boxed();
        }
        let pieces = self.body.chunks(self.pieces.unwrap_or(usize::MAX));
        let data = pieces.map(|piece| Frame::data(self.body.slice_ref(piece)));
        let trailer = self.trailer.then(|| {
            let field = (
                HeaderName::from_static("x-trailer"),
                HeaderValue::from_static("1"),
            );
            Frame::trailers(HeaderMap::from_iter([field]))
        });
        let frames: Vec<_> = data.chain(trailer).collect();
        let (mut sender, body) = Channel::<Bytes, io::Error>::new(frames.len().max(1));
        for frame in frames {
            sender.try_send(frame).expect("room for all frames");
        }
        if self.breaks {
            tokio::spawn(async move {
                if let Ok(step) = state.steps.acquire().await {
                    step.forget();
                }
                sender.abort(io::Error::other("the test wants it to break off"));
            });
        }
        body.boxed()
    }
}
