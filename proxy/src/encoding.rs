//! Content codings of the gate's own answers: what the client takes (RFC 9110, section 12.5.3), and gzip.

pub(crate) mod decode;

use std::io::Write as _;

use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;

/// Below this size gzip saves no packet.
const WORTHWHILE_BYTES: usize = 1024;
/// As much of Accept-Encoding as is looked at.
const MAX_MEMBERS: usize = 32;

/// A body ready to be sent, and the value of its Content-Encoding.
pub(crate) fn encoded(body: String, accept_encoding: Option<&str>) -> (Bytes, Option<&'static str>) {
    if wants_gzip(accept_encoding, body.len())
        && let Ok(packed) = gzip(body.as_bytes())
    {
        return (packed.into(), Some("gzip"));
    }
    (body.into(), None)
}

fn gzip(body: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::with_capacity(body.len() / 2), Compression::default());
    encoder.write_all(body)?;
    encoder.finish()
}

/// Whether a body of this size is to be compressed: where it is worthwhile and welcome, or where nothing else is.
///
/// A client that refuses every coding there is gets the body as it is: an error that nobody reads helps nobody.
fn wants_gzip(accept_encoding: Option<&str>, bytes: usize) -> bool {
    let Some(field) = accept_encoding else {
        return false;
    };
    let members = || field.split(',').take(MAX_MEMBERS).filter_map(member);
    let weight = |names: &[&str]| {
        members()
            .find(|(name, _)| names.iter().any(|known| known.eq_ignore_ascii_case(name)))
            .map(|(_, weight)| weight)
    };
    let any = weight(&["*"]);
    let gzip = weight(&["gzip", "x-gzip"]).or(any).unwrap_or(0.0);
    let identity = weight(&["identity"]);
    // Not named, it is acceptable unless `*;q=0` says that nothing else is.
    let refused = identity.or(any.filter(|weight| *weight == 0.0)) == Some(0.0);
    gzip > 0.0 && (refused || (bytes > WORTHWHILE_BYTES && identity.is_none_or(|weight| gzip >= weight)))
}

/// A coding with its weight; one with a malformed weight is passed over.
fn member(text: &str) -> Option<(&str, f32)> {
    let mut parts = text.split(';');
    let name = parts.next()?.trim();
    let weight = parts
        .filter_map(|part| part.trim().split_once('='))
        .find(|(key, _)| key.trim().eq_ignore_ascii_case("q"))
        .map_or(Some(1.0), |(_, value)| value.trim().parse().ok())?;
    (0.0..=1.0).contains(&weight).then_some((name, weight))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gzip_is_used_where_it_is_welcome_and_worthwhile() {
        let (large, small) = (5000, 100);
        for (field, of_large, of_small) in [
            (None, false, false),
            (Some(""), false, false),
            (Some("gzip"), true, false),
            (Some("x-gzip"), true, false),
            (Some("GZIP;q=1.0"), true, false),
            (Some("gzip;q=0"), false, false),
            (Some("gzip, deflate, br, zstd"), true, false),
            (Some("br"), false, false),
            (Some("*"), true, false),
            (Some("*;q=0"), false, false),
            (Some("gzip;q=0, *"), false, false),
            (Some("identity"), false, false),
            (Some("identity;q=0"), false, false),
            (Some("identity;q=0, gzip;q=0.1"), true, true),
            (Some("gzip, *;q=0"), true, true),
            (Some("identity, *;q=0"), false, false),
            (Some("identity;q=1, gzip;q=0.5"), false, false),
            (Some("identity;q=0.5, gzip;q=1"), true, false),
            (Some("gzip;q=nonsense"), false, false),
            (Some("gzip;q=7"), false, false),
        ] {
            assert_eq!(wants_gzip(field, large), of_large, "{field:?}, large");
            assert_eq!(wants_gzip(field, small), of_small, "{field:?}, small");
        }
    }

    #[test]
    fn what_is_packed_can_be_unpacked() {
        let text = "An error. ".repeat(500);
        let (packed, coding) = encoded(text.clone(), Some("gzip"));
        assert_eq!(coding, Some("gzip"));
        assert!(packed.len() < text.len() / 10);
        let unpacked = decode::Coding::Gzip.decode(&packed, text.len());
        assert_eq!(unpacked, (text.into_bytes(), true));
    }
}
