//! Content codings of an upstream's error bodies, taken off with a bound.

use std::io::{Cursor, Read};

use flate2::read::{DeflateDecoder, GzDecoder, ZlibDecoder};

/// Largest window that zstd may ask for, as a power of two: 8 MiB, the most that HTTP allows (RFC 9659).
const ZSTD_WINDOW_LOG: u32 = 23;
const BROTLI_BUFFER: usize = 4096;

/// A content coding that can be taken off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Coding {
    Identity,
    Gzip,
    Deflate,
    Brotli,
    Zstd,
}

// === impl Coding ===

impl Coding {
    /// The coding that Content-Encoding names; `None` for one that is not known, and for several.
    pub(crate) fn named(field: &str) -> Option<Self> {
        const NAMES: [(&str, Coding); 7] = [
            ("", Coding::Identity),
            ("identity", Coding::Identity),
            ("gzip", Coding::Gzip),
            ("x-gzip", Coding::Gzip),
            ("deflate", Coding::Deflate),
            ("br", Coding::Brotli),
            ("zstd", Coding::Zstd),
        ];
        let field = field.trim();
        NAMES
            .iter()
            .find(|(name, _)| name.eq_ignore_ascii_case(field))
            .map(|(_, coding)| *coding)
    }

    /// The first `limit` bytes of what is inside, and whether that is all of it.
    ///
    /// What is damaged is given as far as it goes.
    pub(crate) fn decode(self, bytes: &[u8], limit: usize) -> (Vec<u8>, bool) {
        match self {
            Self::Identity => read(bytes, limit),
            Self::Gzip => read(GzDecoder::new(bytes), limit),
            Self::Deflate => match read(ZlibDecoder::new(bytes), limit) {
                // Some servers leave out the zlib wrapping that the name stands for.
                (inside, false) if inside.is_empty() => read(DeflateDecoder::new(bytes), limit),
                decoded => decoded,
            },
            Self::Brotli => read(brotli::Decompressor::new(bytes, BROTLI_BUFFER), limit),
            Self::Zstd => zstd(bytes, limit),
        }
    }
}

fn zstd(bytes: &[u8], limit: usize) -> (Vec<u8>, bool) {
    let decoder = zstd::stream::read::Decoder::with_buffer(Cursor::new(bytes)).and_then(|mut decoder| {
        decoder.window_log_max(ZSTD_WINDOW_LOG)?;
        Ok(decoder)
    });
    decoder.map_or_else(|_| (Vec::new(), false), |decoder| read(decoder, limit))
}

fn read(reader: impl Read, limit: usize) -> (Vec<u8>, bool) {
    let mut inside = Vec::new();
    let more = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    let sound = reader.take(more).read_to_end(&mut inside).is_ok();
    let fits = inside.len() <= limit;
    inside.truncate(limit);
    (inside, sound && fits)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    const TEXT: &[u8] = b"<html><title>502 Bad Gateway</title></html>";

    fn written<W: Write>(mut writer: W, finish: impl FnOnce(W) -> Vec<u8>) -> Vec<u8> {
        writer.write_all(TEXT).unwrap();
        finish(writer)
    }

    fn packed() -> Vec<(&'static str, Vec<u8>)> {
        use flate2::Compression;
        use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};
        let fast = Compression::fast();
        vec![
            ("identity", TEXT.to_vec()),
            (
                "gzip",
                written(GzEncoder::new(Vec::new(), fast), |w| w.finish().unwrap()),
            ),
            (
                "X-GZip",
                written(GzEncoder::new(Vec::new(), fast), |w| w.finish().unwrap()),
            ),
            (
                "deflate",
                written(ZlibEncoder::new(Vec::new(), fast), |w| w.finish().unwrap()),
            ),
            (
                "deflate",
                written(DeflateEncoder::new(Vec::new(), fast), |w| w.finish().unwrap()),
            ),
            (
                "br",
                written(
                    brotli::CompressorWriter::new(Vec::new(), 4096, 5, 20),
                    brotli::CompressorWriter::into_inner,
                ),
            ),
            ("zstd", zstd::encode_all(TEXT, 3).unwrap()),
        ]
    }

    #[test]
    fn every_coding_is_taken_off() {
        for (name, bytes) in packed() {
            let coding = Coding::named(name).unwrap();
            assert_eq!(coding.decode(&bytes, 1000), (TEXT.to_vec(), true), "{name}");
            assert_eq!(coding.decode(&bytes, 10), (TEXT[..10].to_vec(), false), "{name}");
        }
        assert_eq!(Coding::named("compress"), None);
        assert_eq!(Coding::named("gzip, br"), None);
    }

    #[test]
    fn what_is_damaged_is_not_whole() {
        for (name, bytes) in packed().into_iter().skip(1) {
            let coding = Coding::named(name).unwrap();
            let (inside, whole) = coding.decode(&bytes[..bytes.len() / 2], 1000);
            assert!(!whole && TEXT.starts_with(&inside), "{name}: {inside:?}");
            assert!(
                !coding.decode(b"\xff\xff\xff\xff this is none of them", 1000).1,
                "{name}"
            );
        }
    }

    #[test]
    fn a_bomb_is_cut_at_the_limit() {
        let zeros = vec![0; 16 << 20];
        let bombs = [
            (Coding::Zstd, zstd::encode_all(&*zeros, 3).unwrap()),
            (Coding::Gzip, {
                let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
                encoder.write_all(&zeros).unwrap();
                encoder.finish().unwrap()
            }),
        ];
        for (coding, bomb) in bombs {
            assert!(bomb.len() < 64 * 1024);
            let (inside, whole) = coding.decode(&bomb, 65536);
            assert_eq!((inside.len(), whole), (65536, false));
        }
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_are_bounded(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..512)) {
            for coding in [Coding::Gzip, Coding::Deflate, Coding::Brotli, Coding::Zstd] {
                proptest::prop_assert!(coding.decode(&bytes, 100).0.len() <= 100);
            }
        }
    }
}
