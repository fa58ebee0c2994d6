//! Which error answers go through as they are.

use http::header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE};
use lockgate_config::UpstreamErrors;
use lockgate_errors::{Envelope, Form};
use pingora::http::ResponseHeader;

use crate::caller::Caller;
use crate::encoding::decode::Coding;

/// What kind of thing a body is, as far as an error can be read out of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Media {
    Json,
    Html,
    /// Other text, and what has no type.
    Text,
    Grpc,
    /// Images, archives, event streams: nothing to read an error from.
    Other,
}

/// Whether an answer goes through untouched: because the owner wants it so, or because it is not, or not only, an
/// error to be read: a page for a browser, an image, JSON that is too large to be added to.
pub(super) fn passes(head: &ResponseHeader, mode: UpstreamErrors, limit: usize, caller: Caller) -> bool {
    match mode {
        UpstreamErrors::Pass => return true,
        UpstreamErrors::Replace => return false,
        UpstreamErrors::Enrich => {}
    }
    let text = |name| head.headers.get(name).and_then(|value| value.to_str().ok());
    let length: Option<usize> = text(CONTENT_LENGTH).and_then(|length| length.trim().parse().ok());
    let media = Media::of(text(CONTENT_TYPE));
    if media == Media::Grpc {
        return true;
    }
    if length == Some(0) || caller.grpc {
        return false;
    }
    if Coding::named(text(CONTENT_ENCODING).unwrap_or_default()).is_none() {
        return true;
    }
    match media {
        Media::Json => caller.reads_json() && length.is_some_and(|length| length > limit),
        Media::Html => caller.form == Form::Html && caller.envelope != Envelope::JsonRpc,
        Media::Text => false,
        Media::Grpc | Media::Other => true,
    }
}

// === impl Media ===

impl Media {
    fn of(content_type: Option<&str>) -> Self {
        let media = content_type.unwrap_or_default();
        let media = media
            .split(';')
            .next()
            .unwrap_or_default()
            .trim()
            .to_ascii_lowercase();
        match media.as_str() {
            "" | "text/plain" | "text/xml" | "application/xml" | "text/markdown" => Self::Text,
            "text/html" | "application/xhtml+xml" => Self::Html,
            "application/json" | "text/json" => Self::Json,
            other if other.starts_with("application/grpc") => Self::Grpc,
            other if other.ends_with("+json") => Self::Json,
            other if other.ends_with("+xml") && !other.starts_with("image/") => Self::Text,
            _ => Self::Other,
        }
    }
}

#[cfg(test)]
mod tests {
    use UpstreamErrors::{Enrich, Pass, Replace};

    use super::*;

    const JSON: &[(&str, &str)] = &[("content-type", "application/json; charset=utf-8")];
    const HTML: &[(&str, &str)] = &[("content-type", "text/html")];
    const IMAGE: &[(&str, &str)] = &[("content-type", "image/svg+xml")];

    fn caller(form: Form) -> Caller {
        Caller {
            envelope: Envelope::None,
            form,
            grpc: false,
        }
    }

    fn decide(fields: &[(&'static str, &'static str)], mode: UpstreamErrors, caller: Caller) -> bool {
        let mut head = ResponseHeader::build(502, None).unwrap();
        for (name, value) in fields {
            head.insert_header(*name, *value).unwrap();
        }
        passes(&head, mode, 1000, caller)
    }

    #[test]
    fn what_goes_through_untouched() {
        let with = |fields: &[(&'static str, &'static str)], more: (&'static str, &'static str)| {
            [fields, &[more]].concat()
        };
        for (fields, form, expected) in [
            (JSON.to_vec(), Form::Json, false),
            (with(JSON, ("content-length", "1000")), Form::Json, false),
            (with(JSON, ("content-length", "1001")), Form::Json, true),
            (with(JSON, ("content-length", "1001")), Form::Markdown, false),
            (with(JSON, ("content-encoding", "gzip")), Form::Json, false),
            (with(JSON, ("content-encoding", "compress")), Form::Json, true),
            (
                vec![("content-type", "application/problem+json")],
                Form::Json,
                false,
            ),
            (HTML.to_vec(), Form::Json, false),
            (HTML.to_vec(), Form::Html, true),
            (with(HTML, ("content-length", "0")), Form::Html, false),
            (with(HTML, ("content-length", "5000")), Form::Json, false),
            (IMAGE.to_vec(), Form::Json, true),
            (with(IMAGE, ("content-length", "0")), Form::Json, false),
            (vec![("content-type", "text/event-stream")], Form::Json, true),
            (vec![("content-type", "application/grpc+proto")], Form::Json, true),
            (vec![], Form::Html, false),
        ] {
            assert_eq!(
                decide(&fields, Enrich, caller(form)),
                expected,
                "{fields:?} {form:?}"
            );
            assert!(decide(&fields, Pass, caller(form)));
            assert!(!decide(&fields, Replace, caller(form)));
        }
        let grpc = Caller {
            grpc: true,
            ..caller(Form::Json)
        };
        assert!(!decide(IMAGE, Enrich, grpc));
    }
}
