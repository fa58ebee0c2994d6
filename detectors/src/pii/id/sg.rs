//! Singapore.

use crate::pii::category::{Category, How, Written, form, only_named};
use crate::pii::checks::{number, weighted};

pub(in crate::pii) const CATEGORIES: &[Category] = &[
    Category {
        name: "SG_NRIC_FIN",
        title: "Identity card number (NRIC) and foreign identification number (FIN)",
        source: "Immigration and Checkpoints Authority: series S, T, F, G or M, seven digits, check letter modulo 11",
        example: "S1234567D",
        words: &["nric", "fin", "identity card", "ic no", "ic number"],
        how: How::Forms(&[form(r"[STFGM]\d{7}[A-Z]", nric, 0.85, 1.0)]),
    },
    Category {
        name: "SG_UEN",
        title: "Unique entity number",
        source: "ACRA: businesses eight digits, companies year and five digits, others T or S, year, kind, four digits; check letter modulo 11",
        example: "197401143C",
        words: &["uen", "unique entity number", "acra"],
        how: How::Forms(&[
            form(r"[TS]\d{2}[A-Z]{2}\d{4}[A-Z]", other, 0.6, 1.0),
            only_named(r"\d{8}[A-Z]", business, 1.0),
            only_named(r"(?:19|20)\d{7}[A-Z]", company, 1.0),
        ]),
    },
];

fn nric(it: &Written<'_>) -> bool {
    let (Some(series), Some(digits), Some(last)) = (it.id.first(), it.id.get(1..8), it.id.last()) else {
        return false;
    };
    let sum = weighted(digits, &[2, 7, 6, 5, 4, 3, 2]);
    let (letters, offset) = match series {
        b'S' => (b"JZIHGFEDCBA", 0),
        b'T' => (b"JZIHGFEDCBA", 4),
        b'F' => (b"XWUTRQPNMLK", 0),
        b'G' => (b"XWUTRQPNMLK", 4),
        _ => (b"XWUTRQPNJLK", 3),
    };
    letters.get(((sum + offset) % 11) as usize) == Some(last)
}

fn business(it: &Written<'_>) -> bool {
    let sum = weighted(it.id, &[10, 4, 9, 3, 8, 2, 7, 1]);
    b"XMKECAWLJDB".get((sum % 11) as usize) == it.id.last()
}

fn company(it: &Written<'_>) -> bool {
    let sum = weighted(it.id, &[10, 8, 6, 4, 9, 7, 5, 3, 1]);
    b"ZKCMDNERGWH".get((sum % 11) as usize) == it.id.last() && number(it.id, 0..4) > Some(1899)
}

/// Kinds of entities.
const KINDS: &str = "CC CD CH CL CM CP CS CX DP FB FC FM FN GA GB GS HC HS LL LP MB MC MD MH MM MQ NB NR PA PB PF RF RP SM SS TC TU VH XL";

fn other(it: &Written<'_>) -> bool {
    const ALPHABET: &[u8] = b"ABCDEFGHJKLMNPQRSTUVWX0123456789";
    let place = |byte: u8| {
        ALPHABET
            .iter()
            .position(|known| *known == byte)
            .unwrap_or_default()
    };
    let sum: usize = it
        .id
        .iter()
        .zip([4, 3, 5, 3, 10, 2, 2, 5, 7])
        .map(|(byte, weight)| place(*byte) * weight)
        .sum();
    let kind = it.id.get(3..5).and_then(|kind| std::str::from_utf8(kind).ok());
    let known = kind.is_some_and(|kind| KINDS.split_ascii_whitespace().any(|known| known == kind));
    known && ALPHABET.get((sum + 6) % 11) == it.id.last()
}
