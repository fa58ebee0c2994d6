//! From a problem to what goes over the wire.

use crate::{negotiate::Form, problem::Problem};

pub use envelope::Envelope;
pub use explain::{exchange, explain, index};
pub use grpc::grpc;
pub use stream::{Framing, frame, is_raised};

mod envelope;
mod explain;
mod grpc;
mod html;
mod json;
mod markdown;
mod stream;

/// A response without the HTTP server: the caller adds `content-length` and sends it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The HTTP status.
    pub status: u16,
    /// The value of Content-Type, which is not among `headers`.
    pub content_type: &'static str,
    /// Further header fields, names in lower case, values visible ASCII.
    pub headers: Vec<(&'static str, String)>,
    /// The body, in UTF-8.
    pub body: String,
}

/// Writes the problem in this form, with the provider's error envelope where the form is JSON.
///
/// Two envelopes decide the media type themselves, because their clients read nothing else.
/// JSON-RPC is always `application/json` with status 200, whatever the form: MCP clients drop the
/// session, and the text with it, on any other status. Gemini's replaces the document under
/// [`Form::Json`] and stands beside its members under [`Form::ProblemJson`].
/// A document of the upstream that stays in front ([`Problem::kept`]) stays `application/json` as well, because
/// its members may mean something else than those of RFC 9457.
pub fn render(problem: &Problem, form: Form, envelope: Envelope) -> Document {
    if envelope == Envelope::JsonRpc {
        let body = json::body(problem, Form::Json, envelope);
        let headers = fields(problem, Form::Json);
        return Document {
            status: 200,
            content_type: Form::Json.media_type(),
            headers,
            body,
        };
    }
    let body = match form {
        Form::Json | Form::ProblemJson => json::body(problem, form, envelope),
        Form::Markdown => markdown::body(problem),
        Form::Html => html::body(problem),
    };
    let has_other_members = problem.kept_object().is_some_and(|kept| !kept.is_filled());
    let media = match form {
        Form::ProblemJson if has_other_members => Form::Json,
        form => form,
    };
    Document {
        status: problem.status_code(),
        content_type: media.media_type(),
        headers: fields(problem, form),
        body,
    }
}

/// The header fields of a problem in this form, but for Content-Type and Content-Length: what a server
/// that has to send its head before the body is known sets there.
pub fn fields(problem: &Problem, form: Form) -> Vec<(&'static str, String)> {
    let mut headers = vec![
        ("cache-control", "no-store".to_owned()),
        ("content-language", "en".to_owned()),
        ("vary", "accept".to_owned()),
        // The body quotes the network; nobody may take it for something else.
        ("x-content-type-options", "nosniff".to_owned()),
        ("x-should-retry", problem.is_retryable().to_string()),
    ];
    if let Some(seconds) = problem.retry_seconds() {
        headers.push(("retry-after", seconds.to_string()));
    }
    if let Some(milliseconds) = problem.retry_milliseconds().filter(|wait| wait % 1000 != 0) {
        headers.push(("retry-after-ms", milliseconds.to_string()));
    }
    if let Some(id) = problem.id() {
        // OpenAI's SDKs read the one, Anthropic's the other.
        headers.push(("x-request-id", id.to_owned()));
        headers.push(("request-id", id.to_owned()));
    }
    if form == Form::Html {
        headers.push(("content-security-policy", html::POLICY.to_owned()));
    }
    headers
}

/// The header fields of a page that changes only with the gate.
pub(crate) fn page_fields(form: Form) -> Vec<(&'static str, String)> {
    let mut fields = vec![
        ("cache-control", "public, max-age=3600".to_owned()),
        ("content-language", "en".to_owned()),
        ("vary", "accept".to_owned()),
        ("x-content-type-options", "nosniff".to_owned()),
    ];
    if form == Form::Html {
        fields.push(("content-security-policy", html::POLICY.to_owned()));
    }
    fields
}

#[cfg(test)]
pub(crate) mod tests;
