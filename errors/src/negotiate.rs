//! Which form the caller asked for (RFC 9110, section 12.5.1).

use self::Form::{Html, Json, Markdown, ProblemJson};

/// Longest Accept field that is looked at, in bytes; what follows is ignored.
const MAX_BYTES: usize = 4096;
/// Most media ranges that are looked at.
const MAX_RANGES: usize = 64;

/// What can be served, most preferred first where the caller leaves it open.
///
/// `text/plain` is asked for by agents and tools that read Markdown as it is.
const OFFERS: [(Form, &str, &str); 5] = [
    (Json, "application", "json"),
    (ProblemJson, "application", "problem+json"),
    (Markdown, "text", "markdown"),
    (Markdown, "text", "plain"),
    (Html, "text", "html"),
];

/// A form in which a problem can be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Form {
    /// `application/json`: for programs and SDKs.
    Json,
    /// `application/problem+json`: the same document under the media type of RFC 9457.
    ProblemJson,
    /// `text/markdown`: for agents, with all machine fields in front.
    Markdown,
    /// `text/html`: for people with a browser.
    Html,
}

/// Chooses the form by the value of the Accept field; several fields are to be joined with commas.
///
/// The highest q-value wins, then the range that is named first, then `default`.
/// `*/*`, no field, and a field that allows none of the forms give `default`: an error that is read
/// by nobody helps nobody. `text/*` gives Markdown; `application/*` gives the default if that is JSON
/// of either kind, else JSON. Ranges with a malformed q-value are ignored.
///
/// ```
/// use lockgate_errors::{Form, negotiate};
///
/// assert_eq!(negotiate(Some("text/html, */*;q=0.8"), Form::Json), Form::Html);
/// assert_eq!(negotiate(Some("*/*"), Form::Json), Form::Json);
/// ```
pub fn negotiate(accept: Option<&str>, default: Form) -> Form {
    let ranges: Vec<Range<'_>> = bounded(accept.unwrap_or_default())
        .take(MAX_RANGES)
        .filter_map(Range::parse)
        .collect();
    let mut best: Option<(Rank, Form)> = None;
    for (form, kind, subtype) in OFFERS {
        let Some(rank) = rank(&ranges, kind, subtype, form == default) else {
            continue;
        };
        if best.is_none_or(|(leader, _)| rank > leader) {
            best = Some((rank, form));
        }
    }
    best.map_or(default, |(_, form)| form)
}

/// A media range with its weight in thousandths.
struct Range<'a> {
    kind: &'a str,
    subtype: &'a str,
    quality: u16,
}

/// Greater is better: the weight, then the place in the field from its end, then being the default.
type Rank = (u16, usize, bool);

/// How much the caller wants this media type, by the most specific range that covers it.
fn rank(ranges: &[Range<'_>], kind: &str, subtype: &str, default: bool) -> Option<Rank> {
    ranges
        .iter()
        .enumerate()
        .filter_map(|(at, range)| {
            Some((
                range.specificity(kind, subtype)?,
                range.quality,
                ranges.len() - at,
                range,
            ))
        })
        .max_by_key(|(specificity, quality, place, _)| (*specificity, *quality, *place))
        .filter(|(_, quality, ..)| *quality > 0)
        // A caller that takes any text is no browser: Markdown even where the default is HTML.
        .map(|(_, quality, place, range)| (quality, place, default && !range.is("text", "*")))
}

/// Cuts the field at its commas, but not at those in quoted parameters.
fn bounded(accept: &str) -> impl Iterator<Item = &str> {
    let accept = &accept[..accept.floor_char_boundary(MAX_BYTES)];
    let mut quoted = false;
    accept.split(move |char| {
        quoted ^= char == '"';
        char == ',' && !quoted
    })
}

impl<'a> Range<'a> {
    fn parse(text: &'a str) -> Option<Self> {
        let mut parts = text.split(';');
        let (kind, subtype) = parts.next()?.trim().split_once('/')?;
        let quality = parts
            .filter_map(|part| part.trim().split_once('='))
            .find(|(name, _)| name.eq_ignore_ascii_case("q"))
            .map_or(Some(1000), |(_, value)| thousandths(value))?;
        Some(Self {
            kind,
            subtype,
            quality,
        })
    }

    fn is(&self, kind: &str, subtype: &str) -> bool {
        self.kind.eq_ignore_ascii_case(kind) && self.subtype.eq_ignore_ascii_case(subtype)
    }

    fn specificity(&self, kind: &str, subtype: &str) -> Option<u8> {
        match () {
            () if self.is(kind, subtype) => Some(2),
            () if self.is(kind, "*") => Some(1),
            () if self.is("*", "*") => Some(0),
            () => None,
        }
    }
}

/// A q-value: 0 to 1 with at most three decimals.
fn thousandths(value: &str) -> Option<u16> {
    let (whole, fraction) = value.split_once('.').unwrap_or((value, ""));
    if fraction.len() > 3 || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let fraction: u16 = format!("{fraction:0<3}").parse().ok()?;
    match whole {
        "0" => Some(fraction),
        "1" if fraction == 0 => Some(1000),
        _ => None,
    }
}

impl Form {
    /// The media type, as it stands in Content-Type.
    pub const fn media_type(self) -> &'static str {
        match self {
            Json => "application/json",
            ProblemJson => "application/problem+json",
            Markdown => "text/markdown; charset=utf-8",
            Html => "text/html; charset=utf-8",
        }
    }
}

#[cfg(test)]
pub(crate) mod tests;
