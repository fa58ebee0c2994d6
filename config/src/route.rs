//! Which exchange goes where.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{HostPattern, PathPrefix, RouteErrors};

/// A match on host and path, and what happens to the exchanges that fit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Route {
    /// A name for logs, metrics and conditions; unique.
    pub name: String,
    /// The host asked for: exact, `*.example.com`, or `*` for any.
    #[serde(default)]
    pub host: HostPattern,
    /// A path prefix, matched by whole segments: `/v1` fits `/v1` and `/v1/chat`, not `/v10`.
    #[serde(default)]
    pub path: PathPrefix,
    /// The name of an upstream.
    pub upstream: String,
    /// Whether prompts are looked for.
    #[serde(default)]
    pub scan: Scan,
    /// The name of a rule set.
    #[serde(default = "default_rules")]
    pub rules: String,
    /// What the route does differently with the upstream's error answers.
    #[serde(default, skip_serializing_if = "RouteErrors::is_empty")]
    pub errors: RouteErrors,
}

/// Whether the prompts of a route are looked for and scored.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Scan {
    /// Where the endpoint looks like one of a language model, or was labelled so from its traffic.
    #[default]
    Auto,
    /// Every exchange.
    Always,
    /// No exchange: the rules of the route see no scores.
    Never,
}

fn default_rules() -> String {
    "default".to_owned()
}
