//! Codes of banks.

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

/// The code that stands in capitals behind a telling word: where it begins and ends.
pub(in crate::pii) fn find(text: &str, word_end: usize) -> Option<std::ops::Range<usize>> {
    const NEAR: usize = 32;
    let near = text.get(word_end..text.floor_char_boundary(word_end + NEAR))?;
    let mut from = 0;
    for word in near.split(|c: char| !c.is_ascii_alphanumeric()) {
        let start = word_end + from;
        from += word.len()
            + near
                .get(from + word.len()..)?
                .chars()
                .next()
                .map_or(0, char::len_utf8);
        // The last word may go on beyond what was looked at.
        let rest = text.get(start..)?;
        let length = rest
            .bytes()
            .take(12)
            .take_while(u8::is_ascii_alphanumeric)
            .count();
        let code = rest.get(..length)?;
        let country = code.get(4..6).unwrap_or_default();
        let letters = code
            .get(..6)
            .is_some_and(|head| head.bytes().all(|byte| byte.is_ascii_uppercase()));
        let is_upper = !code.bytes().any(|byte| byte.is_ascii_lowercase());
        let is_known = || COUNTRIES.split_ascii_whitespace().any(|known| known == country);
        if matches!(length, 8 | 11) && letters && is_upper && is_known() {
            return Some(start..start + length);
        }
    }
    None
}
