//! Private keys.

use crate::pii::category::{Category, How, Token, any, token};

pub(in crate::pii) const CATEGORIES: &[Category] = &[Category {
    name: "PRIVATE_KEY",
    title: "Private key in PEM or of age, whole or cut off",
    source: "RFC 7468, RFC 4716, OpenPGP (RFC 9580): BEGIN ... PRIVATE KEY, Base64; AGE-SECRET-KEY-1",
    example: "-----BEGIN PRIVATE KEY-----\nMIICdQIBADANBgkqhkiG9w0BAQEFAASCAl8wggJbAgEAAoGBAMZ1\n-----END PRIVATE KEY-----",
    words: &[],
    how: How::Tokens(&[
        Token {
            prefix: "-----BEGIN ",
            pattern: "-----BEGIN (?:[A-Z0-9]{2,12} ){0,2}PRIVATE KEY(?: BLOCK)?-----\
                (?:[A-Za-z0-9+/=:,. \\r\\n\\t\\\\\"]|DEK-Info|Proc-Type|-[A-Z0-9]){16,}\
                (?:-----END (?:[A-Z0-9]{2,12} ){0,2}PRIVATE KEY(?: BLOCK)?-----)?",
            check: any,
            score: 1.0,
        },
        token(
            "AGE-SECRET-KEY-1",
            "AGE-SECRET-KEY-1[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}",
            1.0,
        ),
    ]),
}];
