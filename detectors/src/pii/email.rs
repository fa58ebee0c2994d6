//! E-mail addresses (RFC 5321, in the form that people write).

use std::ops::Range;

use super::surroundings::is_inside;

pub(super) const PATTERN: &str = r"(?x)
    [\p{L}\p{N}_] (?: [\p{L}\p{M}\p{N}_.+%'-]* [\p{L}\p{M}\p{N}_+-] )?
    @
    (?: [\p{Latin}\p{Greek}\p{Cyrillic}0-9]
        (?: [\p{Latin}\p{Greek}\p{Cyrillic}0-9-]* [\p{Latin}\p{Greek}\p{Cyrillic}0-9] )? \. )+
    [\p{Latin}\p{Greek}\p{Cyrillic}] [\p{Latin}\p{Greek}\p{Cyrillic}0-9-]* [\p{Latin}\p{Greek}\p{Cyrillic}0-9]";

/// What follows `@2x.` in the name of a picture.
const PICTURES: [&str; 6] = ["png", "jpg", "jpeg", "gif", "svg", "webp"];

pub(super) fn check(text: &str, mut candidate: Range<usize>, found: &mut Vec<(Range<usize>, f64)>) {
    candidate.start += sentence_before(text.get(candidate.clone()).unwrap_or_default());
    let Some((local, domain)) = text
        .get(candidate.clone())
        .and_then(|found| found.split_once('@'))
    else {
        return;
    };
    let top = domain.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    let has_digit = top.contains(|c: char| c.is_numeric());
    let good = local.len() <= 64
        && !local.contains("..")
        && domain.len() <= 253
        && domain.split('.').all(|label| label.len() <= 63)
        && (!has_digit || top.starts_with("xn--"))
        && !PICTURES.contains(&top.as_str())
        && !is_inside(text, &candidate, &[]);
    if good {
        found.push((candidate, 1.0));
    }
}

/// Bytes of a candidate that belong to the sentence: Chinese and Japanese put no space before an address, so
/// it begins where their letters end and Latin ones follow.
fn sentence_before(candidate: &str) -> usize {
    let local = candidate.split('@').next().unwrap_or_default();
    let next = local.chars().skip(1).map(Some).chain([None]);
    let places = local
        .char_indices()
        .zip(next)
        .filter(|((_, c), next)| *c >= '\u{2e80}' && next.is_some_and(|next| next.is_ascii_alphabetic()));
    places.last().map_or(0, |((at, c), _)| at + c.len_utf8())
}
