//! YAML in, checked and typed configuration out: with JSON Schema, secrets from the environment and CEL conditions.
//!
//! ```
//! let config = lockgate_config::parse(lockgate_config::QUICKSTART, "lockgate.yaml", &|_| None)?;
//! assert_eq!(config.routes[0].upstream, "demo");
//! # Ok::<(), lockgate_config::ConfigError>(())
//! ```
//!
//! A mistake is reported with the file, the line, the column and the path of the key;
//! what came from the environment is never part of a message.

mod address;
mod admin;
mod check;
mod condition;
mod config;
mod discovery;
mod error;
mod errors;
mod expand;
mod explain;
mod limits;
mod listen;
mod load;
mod logging;
mod matching;
mod nearest;
mod origin;
mod pii;
mod rate_limit;
mod route;
mod rules;
mod scanner;
mod schema;
mod secret;
mod server;
mod text;
mod units;
mod upstream;
mod url;
mod warning;
mod yaml;

pub use admin::Admin;
pub use condition::{Condition, ConditionError, EvalError, Facts};
pub use config::Config;
pub use discovery::Discovery;
pub use error::{ConfigError, Mistake};
pub use errors::{Errors, RouteErrors, UpstreamErrors};
pub use explain::explain;
pub use limits::Limits;
pub use listen::{Listen, Tls};
pub use load::{load, parse};
pub use logging::{LogFormat, LogLevel, Logging};
pub use matching::{HostPattern, PathPrefix, PatternError};
pub use pii::{NOISY_CATEGORIES, PII_CATEGORIES, Pii};
pub use rate_limit::{LimitKey, LimitPart, LimitPartError, RateLimit};
pub use route::{Route, Scan};
pub use rules::{Action, DEFAULT_RULES, Mode, OnError, Rule, RuleSet};
pub use scanner::{Engine, Model, Scanner};
pub use schema::schema;
pub use secret::Secret;
pub use server::Server;
pub use units::{ByteSize, Duration, UnitError};
pub use upstream::{Protocol, Upstream, UpstreamTls};
pub use url::{Scheme, UpstreamUrl, UrlError};
pub use warning::Warning;

/// The example configuration: what `lockgate demo` runs and the README explains line by line.
pub const QUICKSTART: &str = include_str!("../../examples/quickstart/lockgate.yaml");
