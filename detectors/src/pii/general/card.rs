//! Payment cards.

use crate::pii::category::{Category, How, Written, form};
use crate::pii::checks::{has_one_separator, luhn, number};

pub(in crate::pii) const CATEGORIES: &[Category] = &[Category {
    name: "CREDIT_CARD",
    title: "Payment card number, alone or in the groups that cards are printed in",
    source: "ISO/IEC 7812: prefix of a network, its lengths, Luhn",
    example: "4111 1111 1111 1111",
    words: &[
        "card",
        "credit card",
        "debit card",
        "card number",
        "visa",
        "mastercard",
        "amex",
        "pan",
        "kreditkarte*",
        "kartennummer",
        "carte",
        "tarjeta",
        "cartão",
        "carta di credito",
        "карт*",
        "卡号",
        "信用卡",
        "カード",
    ],
    how: How::Forms(&[
        form(r"\d{12,19}", check, 1.0, 1.0),
        form(
            r"\d{4}[ .-]\d{4}[ .-]\d{4}[ .-]\d{1,4}(?:[ .-]\d{1,3})?",
            check,
            1.0,
            1.0,
        ),
        form(
            r"\d{4}[ .-](?:\d{6}[ .-]\d{4,5}|\d{5}[ .-]\d{6})",
            check,
            1.0,
            1.0,
        ),
        form(r"\d{6}[ .-]\d{13}|\d{8}[ .-]\d{8}", check, 1.0, 1.0),
    ]),
}];

fn check(it: &Written<'_>) -> bool {
    has_one_separator(it.raw()) && is_issued(it.id) && luhn(it.id)
}

/// Whether a network issues numbers with this prefix and length.
fn is_issued(id: &[u8]) -> bool {
    let Some(prefix) = number(id, 0..4) else {
        return false;
    };
    match (prefix, id.len()) {
        // Visa.
        (4000..=4999, 13 | 16 | 19) => true,
        // Mastercard; Mir.
        (5100..=5599 | 2221..=2720, 16) | (2200..=2204, 16..=19) => true,
        // American Express.
        (3400..=3499 | 3700..=3799, 15) => true,
        // Diners Club.
        (3000..=3059 | 3095 | 3600..=3699 | 3800..=3999, 14..=19) => true,
        // JCB.
        (3528..=3589, 16..=19) => true,
        // Discover, UnionPay, RuPay.
        (6011 | 6440..=6599 | 6200..=6299 | 8100..=8299 | 6000..=6099 | 5080..=5089, 16..=19) => true,
        // Maestro: only its own well-known ranges, the whole of 5 and 6 would take in everything.
        (5018 | 5020 | 5038 | 5893 | 6304 | 6759 | 6761..=6763, 12..=19) => true,
        _ => false,
    }
}
