//! The whole configuration file.

use std::collections::BTreeMap;
use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize, Serializer};
use serde_json::{Value, json};

use crate::origin::Origin;
use crate::{
    Admin, ConfigError, Discovery, Errors, Limits, Listen, Logging, Route, RuleSet, Scanner, Server,
    Upstream, Warning,
};

/// A Lockgate configuration file.
///
/// Only `upstreams` and `routes` have to be there; everything else has a default.
///
/// `Debug` and `Serialize` show what is in the file: `***` for a secret, and `${NAME}` as it was written for
/// anything else that came from the environment. (The fields themselves hold the values.)
#[derive(Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Where the gate accepts connections.
    #[serde(default = "Listen::default_list")]
    pub listen: Vec<Listen>,
    /// The second listener, for the owner: metrics, endpoints, health.
    #[serde(default)]
    pub admin: Admin,
    /// What stands behind the gate, by name.
    pub upstreams: BTreeMap<String, Upstream>,
    /// Which exchange goes to which upstream; the first match wins.
    pub routes: Vec<Route>,
    /// How much of anything one exchange may use.
    #[serde(default)]
    pub limits: Limits,
    /// What becomes of the upstream's error answers.
    #[serde(default)]
    pub errors: Errors,
    /// How prompts are scored.
    #[serde(default)]
    pub scanner: Scanner,
    /// Rule sets, by name; `default` is the built-in safe set unless the file says otherwise.
    #[serde(default)]
    pub rules: BTreeMap<String, RuleSet>,
    /// What is written about each exchange.
    #[serde(default)]
    pub logging: Logging,
    /// Finding AI endpoints from the traffic.
    #[serde(default)]
    pub discovery: Discovery,
    /// The process itself.
    #[serde(default)]
    pub server: Server,
    /// Where it came from.
    #[serde(skip)]
    #[schemars(skip)]
    pub(crate) origin: Origin,
}

impl Config {
    /// The configuration of `lockgate demo`.
    pub fn demo() -> Result<Self, ConfigError> {
        crate::parse(crate::QUICKSTART, "examples/quickstart/lockgate.yaml", &|_| None)
    }

    /// What is legal and doubtful: a route that can never match, an upstream that no route uses, and so on.
    pub fn warnings(&self) -> Vec<Warning> {
        crate::warning::warnings(self)
    }

    /// The first route that takes this host and path.
    pub fn route(&self, host: &str, path: &str) -> Option<&Route> {
        self.routes
            .iter()
            .find(|route| route.host.matches(host) && route.path.matches(path))
    }

    /// The configuration as it may be shown.
    fn shown(&self) -> Value {
        let mut shown = json!({
            "listen": self.listen,
            "admin": self.admin,
            "upstreams": self.upstreams,
            "routes": self.routes,
            "limits": self.limits,
            "errors": self.errors,
            "scanner": self.scanner,
            "rules": self.rules,
            "logging": self.logging,
            "discovery": self.discovery,
            "server": self.server,
        });
        self.origin.hide(&mut shown);
        shown
    }
}

impl Serialize for Config {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.shown().serialize(serializer)
    }
}

impl fmt::Debug for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Config {:#}", self.shown())
    }
}
