//! Git hosts and package registries.

use crate::pii::category::{Category, How, token};

pub(in crate::pii) const CATEGORIES: &[Category] = &[
    Category {
        name: "BITBUCKET_TOKEN",
        title: "Access token or app password of Bitbucket and other products of Atlassian",
        source: "Atlassian, API tokens: ATBB, ATCTT3xFfG, ATATT3xFfG",
        example: "ATBB0123456789abcdefghijABCDEF012345",
        words: &[],
        how: How::Tokens(&[
            token("ATBB", "ATBB[A-Za-z0-9]{32}", 0.95),
            token("ATCTT3", "ATCTT3xFfG[A-Za-z0-9_=-]{50,}", 1.0),
            token("ATATT3", "ATATT3xFfG[A-Za-z0-9_=-]{50,}", 1.0),
        ]),
    },
    Category {
        name: "GITHUB_TOKEN",
        title: "Token of GitHub",
        source: "GitHub, token formats: ghp_, gho_, ghu_, ghs_ or ghr_ and 36 characters; github_pat_",
        example: "ghp_0123456789abcdefghijABCDEFGHIJ012345",
        words: &[],
        how: How::Tokens(&[
            token("ghp_", "ghp_[A-Za-z0-9]{36,}", 1.0),
            token("gho_", "gho_[A-Za-z0-9]{36,}", 1.0),
            token("ghu_", "ghu_[A-Za-z0-9]{36,}", 1.0),
            token("ghs_", "ghs_[A-Za-z0-9]{36,}", 1.0),
            token("ghr_", "ghr_[A-Za-z0-9]{36,}", 1.0),
            token("github_pat_", "github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}", 1.0),
        ]),
    },
    Category {
        name: "GITLAB_TOKEN",
        title: "Token of GitLab",
        source: "GitLab, token prefixes: glpat-, gldt-, glrt-, glcbt-, glptt-, glft-, glsoat-, glagent-",
        example: "glpat-0123456789abcdefghij",
        words: &[],
        how: How::Tokens(&[
            token(
                "glpat-",
                "glpat-[A-Za-z0-9_-]{20,64}(?:\\.[0-9a-z]{2}\\.[0-9a-z]{9})?",
                1.0,
            ),
            token("gldt-", "gldt-[A-Za-z0-9_-]{20,64}", 1.0),
            token("glrt-", "glrt-[A-Za-z0-9_-]{20,64}", 1.0),
            token("glcbt-", "glcbt-[A-Za-z0-9_-]{20,64}", 1.0),
            token("glptt-", "glptt-[A-Za-z0-9_-]{20,64}", 1.0),
            token("glft-", "glft-[A-Za-z0-9_-]{20,64}", 1.0),
            token("glsoat-", "glsoat-[A-Za-z0-9_-]{20,64}", 1.0),
            token("glagent-", "glagent-[A-Za-z0-9_-]{20,64}", 1.0),
        ]),
    },
    Category {
        name: "NPM_TOKEN",
        title: "Token of the npm registry",
        source: "npm, about access tokens: npm_ and 36 characters",
        example: "npm_0123456789abcdefghijABCDEFGHIJ012345",
        words: &[],
        how: How::Tokens(&[token("npm_", "npm_[A-Za-z0-9]{36}", 1.0)]),
    },
    Category {
        name: "PYPI_TOKEN",
        title: "Token of the Python package index",
        source: "PyPI, API tokens: pypi- and a macaroon in Base64 that names pypi.org",
        example: "pypi-AgEIcHlwaS5vcmcCJDAxMjM0NTY3LTg5YWItY2RlZi0wMTIzLTQ1Njc4OWFiY2RlZgACKlszLCJhYmNkZWYiXQ",
        words: &[],
        how: How::Tokens(&[token("pypi-", "pypi-AgE[A-Za-z0-9_-]{50,}", 1.0)]),
    },
];
