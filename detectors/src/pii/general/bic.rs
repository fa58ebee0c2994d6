//! Codes of banks.

use std::ops::Range;

use crate::pii::category::{Category, How, Own};

/// The countries and territories of ISO 3166-1, and Kosovo.
const COUNTRIES: &str = "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT \
    BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK \
    FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE \
    JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ \
    MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO \
    RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW \
    TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW";

pub(in crate::pii) const CATEGORIES: &[Category] = &[Category {
    name: "SWIFT_BIC",
    title: "Business identifier code of a bank, next to a telling word",
    source: "ISO 9362: four letters, country, two characters, three more for a branch",
    example: "DEUTDEFF500",
    words: &[
        "swift",
        "bic",
        "swift code",
        "bic code",
        "swift/bic",
        "bic/swift",
        "bank identifier",
        "business identifier",
    ],
    how: How::Own(Own::Bic),
}];

/// What may stand between a telling word and the code.
const BETWEEN: [&str; 9] = [
    "code", "codes", "bic", "swift", "is", "no", "nr", "number", "nummer",
];

/// The code that stands in capitals behind a telling word: where it begins and ends.
pub(in crate::pii) fn find(text: &str, word_end: usize) -> Option<Range<usize>> {
    const NEAR: usize = 24;
    let bytes = text.as_bytes();
    let mut at = word_end;
    while at < word_end + NEAR {
        // Whatever is no word is a gap, also the words of other scripts.
        let gap = bytes
            .get(at..)?
            .iter()
            .take(16)
            .take_while(|byte| !byte.is_ascii_alphanumeric())
            .count();
        let start = at + gap;
        let length = bytes
            .get(start..)?
            .iter()
            .take(12)
            .take_while(|byte| byte.is_ascii_alphanumeric())
            .count();
        let word = text.get(start..start + length)?;
        if is_code(word) {
            return Some(start..start + length);
        }
        if length == 0 || !BETWEEN.iter().any(|known| known.eq_ignore_ascii_case(word)) {
            return None;
        }
        at = start + length;
    }
    None
}

fn is_code(word: &str) -> bool {
    let Some((letters, rest)) = word.split_at_checked(6).filter(|_| matches!(word.len(), 8 | 11)) else {
        return false;
    };
    let country = letters.get(4..).unwrap_or_default();
    letters.bytes().all(|byte| byte.is_ascii_uppercase())
        && !rest.bytes().any(|byte| byte.is_ascii_lowercase())
        && COUNTRIES.split_ascii_whitespace().any(|known| known == country)
}
