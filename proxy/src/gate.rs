//! What all exchanges share: the configuration, made ready for use.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use lockgate_config::{
    Action, Config, Errors, HostPattern, Limits, OnError, PathPrefix, Rule, RuleSet, Scan,
};
use lockgate_detectors::{Needs, Scanner};

use crate::budget::Budget;
use crate::discovery::Discovery;
use crate::drain::Running;
use crate::exchange::Request;
use crate::pipeline::decide;
use crate::pipeline::limit;
use crate::protocol_hint;
use crate::telemetry::Telemetry;
use crate::upstream::{Upstream, UpstreamError};

/// The gate: everything that an exchange needs and no exchange changes.
pub(crate) struct Gate {
    pub(crate) routes: Vec<Arc<Route>>,
    pub(crate) limits: Limits,
    pub(crate) scan_deadline: Duration,
    pub(crate) scanner: Scanner,
    pub(crate) discovery: Discovery,
    pub(crate) budget: Arc<Budget>,
    pub(crate) telemetry: Arc<Telemetry>,
    pub(crate) running: Running,
}

/// A route with its upstream and its rules.
pub(crate) struct Route {
    pub(crate) name: String,
    host: HostPattern,
    path: PathPrefix,
    pub(crate) scan: Scan,
    pub(crate) upstream: Arc<Upstream>,
    pub(crate) rules: Arc<Rules>,
    pub(crate) errors: Errors,
}

/// A rule set, and what it reads.
pub(crate) struct Rules {
    pub(crate) list: Vec<Rule>,
    pub(crate) limits: limit::Limits,
    pub(crate) on_error: OnError,
    pub(crate) references: BTreeSet<String>,
    pub(crate) needs: Needs,
    /// Whether it is certain beforehand that no rule applies to a request without prompts and without a body
    /// that was read: most of the traffic of a site then costs no evaluation.
    pub(crate) idle_without_prompts: bool,
}

/// Why a checked configuration still cannot be served.
#[derive(Debug, thiserror::Error)]
pub(crate) enum GateError {
    #[error("route `{route}` names the upstream `{upstream}`, which is not in `upstreams`")]
    UnknownUpstream { route: String, upstream: String },
    #[error("route `{route}` names the rule set `{rules}`, which is not in `rules`")]
    UnknownRules { route: String, rules: String },
    #[error(transparent)]
    Upstream(#[from] UpstreamError),
}

// === impl Gate ===

impl Gate {
    pub(crate) fn new(
        config: &Config,
        scanner: Scanner,
        telemetry: Arc<Telemetry>,
    ) -> Result<Self, GateError> {
        let mut upstreams = BTreeMap::new();
        for (name, upstream) in &config.upstreams {
            upstreams.insert(name.as_str(), Arc::new(Upstream::new(name, upstream)?));
        }
        let model = config.scanner.model.enabled;
        let rules: BTreeMap<&str, Arc<Rules>> = config
            .rules
            .iter()
            .map(|(name, set)| {
                (
                    name.as_str(),
                    Arc::new(Rules::new(set, model, config.limits.rate_limit_keys)),
                )
            })
            .collect();
        let routes = config.routes.iter().map(|route| {
            let upstream =
                upstreams
                    .get(route.upstream.as_str())
                    .ok_or_else(|| GateError::UnknownUpstream {
                        route: route.name.clone(),
                        upstream: route.upstream.clone(),
                    })?;
            let rules = rules
                .get(route.rules.as_str())
                .ok_or_else(|| GateError::UnknownRules {
                    route: route.name.clone(),
                    rules: route.rules.clone(),
                })?;
            Ok(Arc::new(Route {
                name: route.name.clone(),
                host: route.host.clone(),
                path: route.path.clone(),
                scan: route.scan,
                upstream: Arc::clone(upstream),
                rules: Arc::clone(rules),
                errors: config.errors.for_route(&route.errors),
            }))
        });
        Ok(Self {
            routes: routes.collect::<Result<_, GateError>>()?,
            limits: config.limits.clone(),
            scan_deadline: config.scanner.deadline.get(),
            scanner,
            discovery: Discovery::new(&config.discovery),
            budget: Budget::new(config.limits.buffered_bytes.as_usize()),
            telemetry,
            running: Running::default(),
        })
    }

    /// Whether requests to this endpoint are known, or by their path look, to carry prompts.
    pub(crate) fn expects_prompts(&self, request: &Request) -> bool {
        protocol_hint::is_llm_path(&request.path) || self.discovery.is_llm(request)
    }
}

// === impl Route ===

impl Route {
    pub(crate) fn matches(&self, host: &str, path: &str) -> bool {
        self.host.matches(host) && self.path.matches(path)
    }
}

#[cfg(test)]
impl Route {
    /// A route that takes everything, for tests of what happens behind it.
    pub(crate) fn any_for_tests() -> Self {
        let upstream = lockgate_config::parse(lockgate_config::QUICKSTART, "quickstart", &|_| None).unwrap();
        let upstream = Upstream::new("demo", upstream.upstreams.values().next().unwrap()).unwrap();
        Self {
            name: "any".into(),
            host: HostPattern::Any,
            path: PathPrefix::default(),
            scan: Scan::Auto,
            upstream: Arc::new(upstream),
            rules: Arc::new(Rules::new(&RuleSet::default(), false, 1)),
            errors: Errors::default(),
        }
    }
}

// === impl Rules ===

impl Rules {
    /// `model`: whether there is one; without it the scores are those of the signatures alone.
    /// `keys`: how many callers each limit tells apart.
    pub(crate) fn new(set: &RuleSet, model: bool, keys: usize) -> Self {
        let limits = limit::Limits::new(&set.list, keys);
        let rules = set.list.iter().enumerate();
        let late = rules.filter(|(n, _)| !limits.is_by_head(*n));
        let late: Vec<Rule> = late.map(|(_, rule)| rule.clone()).collect();
        let references = decide::references(&late);
        let reads = |name: &str| references.contains(name);
        let redacts = set.list.iter().any(|rule| rule.action == Action::Redact);
        let needs = Needs {
            pii: reads("pii") || redacts,
            signatures: reads("injection") || reads("signatures"),
            model: model && (reads("injection") || reads("toxic")),
        };
        let idle_without_prompts = decide::none_applies_without_prompts(&late, &references);
        Self {
            list: set.list.clone(),
            limits,
            on_error: set.on_error,
            references,
            needs,
            idle_without_prompts,
        }
    }

    /// Whether any condition that waits for the body reads this variable.
    pub(crate) fn reads(&self, name: &str) -> bool {
        self.references.contains(name)
    }

    /// Whether any detector is asked for.
    pub(crate) fn needs_scan(&self) -> bool {
        self.needs != Needs::NONE
    }
}
