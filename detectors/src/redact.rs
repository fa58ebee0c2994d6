//! Redaction: placeholders over findings, and no other byte touched.

use std::ops::Range;

use crate::json::literal;
use crate::{Finding, Prompts, Protocol, Segment};

/// Replaces every finding that has a span with a placeholder such as `[CREDIT_CARD]`, right inside the JSON
/// string literals that hold it; every other byte of the body stays as it was.
///
/// Findings that overlap become one, named after the longest of them. `body` is the body that `prompts` was
/// extracted from; whatever does not fit it is left alone.
#[must_use]
pub fn redact<'a>(
    body: &[u8],
    prompts: &Prompts,
    findings: impl IntoIterator<Item = &'a Finding>,
) -> Vec<u8> {
    let mut spans: Vec<(usize, Range<usize>, &str)> = findings
        .into_iter()
        .filter_map(|finding| Some((finding.segment, finding.span.clone()?, finding.category.as_str())))
        .filter(|(_, span, _)| !span.is_empty())
        .collect();
    spans.sort_by_key(|(segment, span, _)| (*segment, span.start, span.end));

    let mut edits: Vec<(Range<usize>, String)> = Vec::new();
    for group in spans.chunk_by(|a, b| a.0 == b.0) {
        let Some(segment) = group.first().and_then(|(index, ..)| prompts.segments.get(*index)) else {
            continue;
        };
        let merged = merge(group.iter().map(|(_, span, category)| (span.clone(), *category)));
        let places = locate(body, segment, prompts.protocol, &merged);
        let named = places
            .into_iter()
            .zip(merged)
            .filter_map(|(place, (_, name))| Some((place?, placeholder(name))));
        edits.extend(named);
    }
    edits.sort_by_key(|(place, _)| place.start);
    apply(body, &edits)
}

/// Joins spans (sorted by start) that overlap; the longest gives the name.
fn merge<'a>(spans: impl Iterator<Item = (Range<usize>, &'a str)>) -> Vec<(Range<usize>, &'a str)> {
    let mut merged: Vec<(Range<usize>, &str, usize)> = Vec::new();
    for (span, name) in spans {
        let length = span.len();
        match merged.last_mut() {
            Some((last, named, longest)) if span.start < last.end => {
                last.end = last.end.max(span.end);
                if length > *longest {
                    (*named, *longest) = (name, length);
                }
            }
            _ => merged.push((span, name, length)),
        }
    }
    merged.into_iter().map(|(span, name, _)| (span, name)).collect()
}

/// Where spans of a segment's text stand in the body.
fn locate(
    body: &[u8],
    segment: &Segment,
    protocol: Protocol,
    spans: &[(Range<usize>, &str)],
) -> Vec<Option<Range<usize>>> {
    let start = segment.raw.start;
    let Some(raw) = body
        .get(segment.raw.clone())
        .and_then(|raw| std::str::from_utf8(raw).ok())
    else {
        return Vec::new();
    };
    if protocol == Protocol::PlainText {
        let widen =
            |span: &Range<usize>| raw.floor_char_boundary(span.start)..raw.ceil_char_boundary(span.end);
        return spans
            .iter()
            .map(|(span, _)| Some(widen(span)).filter(|s| !s.is_empty()))
            .map(|place| place.map(|place| place.start + start..place.end + start))
            .collect();
    }
    let spans: Vec<_> = spans.iter().map(|(span, _)| span.clone()).collect();
    let places = literal::locate(raw, &spans).into_iter();
    places
        .map(|place| place.map(|place| place.start + start..place.end + start))
        .collect()
}

/// `[CATEGORY]`, of letters that need no escape in JSON whatever the category is called.
fn placeholder(category: &str) -> String {
    let plain = |c: char| {
        if c.is_ascii_alphanumeric() {
            c.to_ascii_uppercase()
        } else {
            '_'
        }
    };
    format!("[{}]", category.chars().map(plain).collect::<String>())
}

fn apply(body: &[u8], edits: &[(Range<usize>, String)]) -> Vec<u8> {
    let mut result = Vec::with_capacity(body.len());
    let mut at = 0;
    for (place, text) in edits {
        let Some(kept) = body.get(at..place.start) else {
            continue;
        };
        result.extend_from_slice(kept);
        result.extend_from_slice(text.as_bytes());
        at = place.end;
    }
    result.extend_from_slice(body.get(at..).unwrap_or_default());
    result
}

#[cfg(test)]
mod tests;
