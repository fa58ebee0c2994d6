//! What becomes of the upstream's error answers.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::ByteSize;

/// What becomes of the upstream's error answers (status 400 to 599), unless a route says otherwise.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Errors {
    /// Whether they are passed, enriched or replaced.
    pub upstream: UpstreamErrors,
    /// How much of the body of such an answer is read; a JSON body that declares more is passed as it is.
    pub body_bytes: ByteSize,
}

/// What a route does differently with the upstream's error answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct RouteErrors {
    /// Whether they are passed, enriched or replaced.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub upstream: Option<UpstreamErrors>,
    /// How much of the body of such an answer is read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body_bytes: Option<ByteSize>,
}

/// What the client gets where the upstream answers with an error.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum UpstreamErrors {
    /// The answer as it is.
    Pass,
    /// The answer with a problem added: JSON keeps its members, a page becomes a problem that quotes it.
    #[default]
    Enrich,
    /// A problem with the upstream's status and waiting times, and nothing of its body.
    Replace,
}

// === impl Errors ===

impl Errors {
    /// What holds for a route.
    #[must_use]
    pub fn for_route(&self, route: &RouteErrors) -> Self {
        Self {
            upstream: route.upstream.unwrap_or(self.upstream),
            body_bytes: route.body_bytes.unwrap_or(self.body_bytes),
        }
    }
}

impl Default for Errors {
    fn default() -> Self {
        Self {
            upstream: UpstreamErrors::default(),
            body_bytes: ByteSize::kib(64),
        }
    }
}

// === impl RouteErrors ===

impl RouteErrors {
    /// Whether the route says nothing of its own.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

// === impl Display for UpstreamErrors: for `lockgate check` ===

impl std::fmt::Display for UpstreamErrors {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Pass => "passed as they are",
            Self::Enrich => "enriched",
            Self::Replace => "replaced",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(errors: &str, route: &str) -> crate::Config {
        let file = format!(
            "upstreams: {{ x: {{ url: 'http://127.0.0.1:1' }} }}\n\
             routes: [{{ name: x, upstream: x{route} }}]\n{errors}\n"
        );
        crate::parse(&file, "lockgate.yaml", &|_| None).expect("a configuration")
    }

    fn effective(errors: &str, route: &str) -> (UpstreamErrors, u64) {
        let config = config(errors, route);
        let errors = config.errors.for_route(&config.routes[0].errors);
        (errors.upstream, errors.body_bytes.bytes())
    }

    #[test]
    fn a_route_overrides_what_it_names() {
        use UpstreamErrors::{Enrich, Pass, Replace};
        assert_eq!(effective("", ""), (Enrich, 65536));
        assert_eq!(effective("errors: { upstream: pass }", ""), (Pass, 65536));
        assert_eq!(
            effective(
                "errors: { upstream: pass, body_bytes: 1KiB }",
                ", errors: { upstream: replace }"
            ),
            (Replace, 1024)
        );
        assert_eq!(
            effective("errors: { upstream: pass }", ", errors: { body_bytes: 2KiB }"),
            (Pass, 2048)
        );
    }
}
