//! What a content type promises.

/// What a content type promises about the body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Media {
    Json,
    /// One JSON value per line.
    JsonLines,
    Text,
    /// Images, sound, multipart: what no server reads as JSON by itself.
    Binary,
    /// Anything else: a form (which is what curl says by default), `application/octet-stream`, an invention.
    /// Not read as text, and yet some servers read JSON out of it.
    Other,
    Missing,
}

impl Media {
    pub(super) fn of(content_type: Option<&str>) -> Self {
        let Some(value) = content_type.map(str::trim).filter(|value| !value.is_empty()) else {
            return Self::Missing;
        };
        let essence = value
            .split(';')
            .next()
            .unwrap_or_default()
            .trim()
            .to_ascii_lowercase();
        let (kind, subtype) = essence.split_once('/').unwrap_or((&essence, ""));
        if subtype.contains("ndjson") || subtype.contains("jsonl") || subtype.contains("json-lines") {
            return Self::JsonLines;
        }
        if subtype == "json" || subtype.ends_with("+json") || subtype == "x-json" {
            return Self::Json;
        }
        match kind {
            "text" => Self::Text,
            "image" | "audio" | "video" | "font" | "multipart" | "model" => Self::Binary,
            _ => Self::Other,
        }
    }

    /// Whether a body that does not look like JSON is read at all.
    pub(super) fn is_text(self) -> bool {
        matches!(self, Self::Json | Self::JsonLines | Self::Text | Self::Missing)
    }
}
