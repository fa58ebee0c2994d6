//! One endpoint: method, host and path pattern, with what its traffic showed.

use std::collections::{BTreeMap, BTreeSet};

use lockgate_detectors::{Protocol, response_shape};
use serde::Serialize;
use time::OffsetDateTime;

use crate::exchange::Exchange;

/// Names of models come from clients; only the first few of an endpoint are kept, and none that is long.
const MAX_MODELS: usize = 16;
const MAX_MODEL_BYTES: usize = 128;

/// What an endpoint is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Label {
    /// Nothing more is known.
    Api,
    /// The Model Context Protocol.
    Mcp,
    /// A language model answers.
    Llm,
}

/// What is known of an endpoint.
#[derive(Debug)]
pub(crate) struct Endpoint {
    pub(crate) label: Label,
    /// What led to the label: `request_shape`, `response_shape`.
    pub(super) evidence: BTreeSet<&'static str>,
    pub(super) protocols: BTreeSet<&'static str>,
    pub(super) models: BTreeSet<String>,
    pub(super) streams: bool,
    pub(super) exchanges: u64,
    pub(super) blocked: u64,
    pub(super) redacted: u64,
    /// Exchanges by class of status, such as `2xx`.
    pub(super) statuses: BTreeMap<&'static str, u64>,
    pub(super) first_seen: OffsetDateTime,
    pub(super) last_seen: OffsetDateTime,
}

// === impl Label ===

impl Label {
    /// The name used in rules and JSON.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Api => "api",
            Self::Mcp => "mcp",
            Self::Llm => "llm",
        }
    }
}

// === impl Endpoint ===

impl Endpoint {
    pub(super) fn new() -> Self {
        let now = OffsetDateTime::now_utc();
        Self {
            label: Label::Api,
            evidence: BTreeSet::new(),
            protocols: BTreeSet::new(),
            models: BTreeSet::new(),
            streams: false,
            exchanges: 0,
            blocked: 0,
            redacted: 0,
            statuses: BTreeMap::new(),
            first_seen: now,
            last_seen: now,
        }
    }

    pub(super) fn observe(&mut self, exchange: &Exchange) {
        self.last_seen = OffsetDateTime::now_utc();
        self.exchanges += 1;
        self.blocked += u64::from(exchange.decision.blocked);
        self.redacted += u64::from(exchange.decision.redacted > 0);
        let status = exchange.response.status.unwrap_or(0);
        *self.statuses.entry(class(status)).or_default() += 1;
        if exchange.response.from_upstream && (200..300).contains(&status) {
            self.learn(exchange);
        }
    }

    /// Only an exchange that the upstream was content with says what the endpoint is.
    fn learn(&mut self, exchange: &Exchange) {
        let response = &exchange.response;
        let answered = response_shape(response.content_type.as_deref(), &response.head);
        self.note(exchange.prompts.protocol, "request_shape");
        if let Some(protocol) = answered {
            self.note(protocol, "response_shape");
        }
        let media = response.content_type.as_deref().unwrap_or("");
        self.streams |= media.starts_with("text/event-stream") || media.starts_with("application/x-ndjson");
        if let Some(model) = &exchange.prompts.model
            && self.models.len() < MAX_MODELS
            && model.len() <= MAX_MODEL_BYTES
        {
            self.models.insert(model.clone());
        }
    }

    fn note(&mut self, protocol: Protocol, evidence: &'static str) {
        let label = if protocol.is_llm() {
            Label::Llm
        } else if protocol == Protocol::McpJsonRpc {
            Label::Mcp
        } else {
            return;
        };
        self.label = self.label.max(label);
        self.evidence.insert(evidence);
        self.protocols.insert(protocol.as_str());
    }
}

fn class(status: u16) -> &'static str {
    match status / 100 {
        1 => "1xx",
        2 => "2xx",
        3 => "3xx",
        4 => "4xx",
        5 => "5xx",
        _ => "none",
    }
}
