//! Payment, mail and chat services.

use crate::pii::category::{Category, How, Written, form, token};

pub(in crate::pii) const CATEGORIES: &[Category] = &[
    Category {
        name: "SENDGRID_KEY",
        title: "Key of SendGrid",
        source: "SendGrid API keys: SG., 22 characters, 43 characters",
        example: "SG.0123456789abcdefghijAB.0123456789abcdefghijABCDEFGHIJ0123456789abc",
        words: &[],
        how: How::Tokens(&[token("SG.", "SG\\.[A-Za-z0-9_-]{22}\\.[A-Za-z0-9_-]{43}", 1.0)]),
    },
    Category {
        name: "SLACK_TOKEN",
        title: "Token or incoming webhook of Slack",
        source: "Slack, token types: xoxb-, xoxp-, xoxa-, xoxr-, xoxs-, xoxe., xapp-; hooks.slack.com/services/",
        example: "xoxb-123456789012-123456789012-abcdefghijABCDEFGHIJ0123",
        words: &[],
        how: How::Tokens(&[
            token("xox", "xoxb-[A-Za-z0-9-]{20,}", 1.0),
            token("xox", "xoxp-[A-Za-z0-9-]{20,}", 1.0),
            token("xox", "xoxa-[A-Za-z0-9-]{20,}", 1.0),
            token("xox", "xoxr-[A-Za-z0-9-]{20,}", 1.0),
            token("xox", "xoxs-[A-Za-z0-9-]{20,}", 1.0),
            token("xox", "xoxe\\.xox[bp]-[A-Za-z0-9-]{20,}", 1.0),
            token("xapp-", "xapp-\\d-[A-Z0-9]{8,16}-\\d{8,16}-[a-z0-9]{40,80}", 1.0),
            token(
                "hooks.slack.com/services/",
                "hooks\\.slack\\.com/services/T[A-Z0-9]{8,12}/B[A-Z0-9]{8,12}/[A-Za-z0-9]{20,30}",
                1.0,
            ),
        ]),
    },
    Category {
        name: "STRIPE_KEY",
        title: "Secret or restricted key of Stripe, or secret of a webhook",
        source: "Stripe, API keys: sk_ or rk_, live_ or test_; whsec_",
        example: "sk_test_0123456789abcdefghijABCD",
        words: &[],
        how: How::Tokens(&[
            token("sk_", "sk_live_[A-Za-z0-9]{10,}", 1.0),
            token("sk_", "sk_test_[A-Za-z0-9]{10,}", 0.95),
            token("rk_", "rk_live_[A-Za-z0-9]{10,}", 1.0),
            token("rk_", "rk_test_[A-Za-z0-9]{10,}", 0.95),
            token("whsec_", "whsec_[A-Za-z0-9+/]{24,80}=?=?", 0.95),
        ]),
    },
    Category {
        name: "TELEGRAM_TOKEN",
        title: "Token of a Telegram bot",
        source: "Telegram Bot API: number of the bot, colon, AA and 33 characters; what stands behind the colon is the secret",
        example: "123456789:AAabcdefghijABCDEFGHIJ0123456789_-a",
        words: &[],
        how: How::Tokens(&[token(":AA", ":AA[A-Za-z0-9_-]{33}", 0.9)]),
    },
    Category {
        name: "TWILIO_KEY",
        title: "Key of Twilio",
        source: "Twilio, API keys: SK or AC and 32 digits in hexadecimal",
        example: "SK0123456789abcdef0123456789abcdef",
        words: &["twilio", "account sid", "auth token"],
        how: How::Forms(&[form(r"SK[0-9A-F]{32}|AC[0-9A-F]{32}", is_as_issued, 0.9, 1.0)]),
    },
];

/// Capitals, then small hexadecimal digits.
fn is_as_issued(it: &Written<'_>) -> bool {
    let (kind, key) = it.raw().split_at_checked(2).unwrap_or_default();
    matches!(kind, "SK" | "AC") && key.contains(char::is_lowercase) && !key.contains(char::is_uppercase)
}
