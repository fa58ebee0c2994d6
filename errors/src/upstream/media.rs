//! The media type of a body, as its Content-Type says it.

/// A Content-Type that is looked at.
#[derive(Debug, Default)]
pub(super) struct Media<'a> {
    /// Type and subtype, in lower case.
    essence: String,
    parameters: &'a str,
}

impl<'a> Media<'a> {
    pub(super) fn of(content_type: Option<&'a str>) -> Self {
        let content_type = content_type.unwrap_or_default();
        let (essence, parameters) = content_type.split_once(';').unwrap_or((content_type, ""));
        Self {
            essence: essence.trim().to_ascii_lowercase(),
            parameters,
        }
    }

    pub(super) fn is_problem(&self) -> bool {
        self.essence == "application/problem+json"
    }

    /// JSON of any kind, but not a stream of it.
    pub(super) fn is_json(&self) -> bool {
        let subtype = self.essence.split_once('/').map_or("", |(_, subtype)| subtype);
        // AWS sends `application/x-amz-json-1.1`.
        subtype == "json" || subtype.ends_with("+json") || subtype.starts_with("x-amz-json")
    }

    pub(super) fn is_html(&self) -> bool {
        matches!(self.essence.as_str(), "text/html" | "application/xhtml+xml")
    }

    pub(super) fn is_xml(&self) -> bool {
        self.essence.ends_with("/xml") || self.essence.ends_with("+xml")
    }

    pub(super) fn charset(&self) -> Option<&'a str> {
        self.parameters
            .split(';')
            .filter_map(|parameter| parameter.split_once('='))
            .find(|(name, _)| name.trim().eq_ignore_ascii_case("charset"))
            .map(|(_, value)| value.trim().trim_matches('"'))
    }
}
