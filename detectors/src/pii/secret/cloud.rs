//! Cloud providers.

use crate::pii::category::{Category, How, token};

pub(in crate::pii) const CATEGORIES: &[Category] = &[
    Category {
        name: "AWS_ACCESS_KEY",
        title: "Access key of Amazon Web Services; the secret that belongs to it is an API_KEY",
        source: "AWS IAM, unique identifiers: AKIA, ASIA, ABIA or ACCA and sixteen capitals and digits",
        example: "AKIAIOSFODNN7EXAMPLE",
        words: &[],
        how: How::Tokens(&[
            token("AKIA", "AKIA[A-Z0-9]{16}", 0.95),
            token("ASIA", "ASIA[A-Z0-9]{16}", 0.95),
            token("ABIA", "ABIA[A-Z0-9]{16}", 0.95),
            token("ACCA", "ACCA[A-Z0-9]{16}", 0.95),
        ]),
    },
    Category {
        name: "AZURE_KEY",
        title: "Key of an Azure account or secret of an Entra application",
        source: "Azure Storage connection strings: AccountKey or SharedAccessKey and a key in Base64; Entra secrets with Q~ in the fourth place",
        example: "AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==",
        words: &[],
        how: How::Tokens(&[
            token("AccountKey=", "AccountKey=[A-Za-z0-9+/]{86}==", 1.0),
            token("SharedAccessKey=", "SharedAccessKey=[A-Za-z0-9+/]{43}=", 1.0),
            token(
                "SharedAccessSignature=",
                "SharedAccessSignature=[A-Za-z0-9%&=_.+/-]{40,400}",
                0.9,
            ),
            token("&sig=", "&sig=[A-Za-z0-9%+/]{40,80}(?:=|%3D)?", 0.9),
        ]),
    },
    Category {
        name: "GCP_KEY",
        title: "API key of Google, OAuth client secret and access token of Google Cloud",
        source: "Google Cloud, API keys and OAuth 2.0: AIza and 35 characters, GOCSPX-, ya29.",
        example: "AIzaSyDaGmWKa4JsXZ-HjGw7ISLn_3namBGewQe",
        words: &[],
        how: How::Tokens(&[
            token("AIza", "AIza[0-9A-Za-z_-]{35}", 0.95),
            token("GOCSPX-", "GOCSPX-[0-9A-Za-z_-]{28}", 0.95),
            token("ya29.", "ya29\\.[0-9A-Za-z_-]{30,}", 0.95),
        ]),
    },
    Category {
        name: "DIGITALOCEAN_TOKEN",
        title: "Token of DigitalOcean",
        source: "DigitalOcean API reference: dop_v1_, doo_v1_ or dor_v1_ and 64 digits in hexadecimal",
        example: "dop_v1_0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
        words: &[],
        how: How::Tokens(&[
            token("dop_v1_", "dop_v1_[a-f0-9]{64}", 1.0),
            token("doo_v1_", "doo_v1_[a-f0-9]{64}", 1.0),
            token("dor_v1_", "dor_v1_[a-f0-9]{64}", 1.0),
        ]),
    },
];
