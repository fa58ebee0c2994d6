//! Discovery: which endpoints stand behind the gate, learnt from the traffic alone.
//!
//! An endpoint enters the table when the upstream has answered for it, and gets a label from the shape of
//! what passed: a request or a response that only a language model API has.  Requests that the upstream
//! refused, or that never reached it, cannot put an endpoint or a label there; a client can only ask.

mod endpoint;
mod pattern;

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard};

use serde_json::json;
use time::OffsetDateTime;

use crate::exchange::{Exchange, Request};
use endpoint::{Endpoint, Label};

/// Endpoints by method, host and path pattern.
pub(crate) struct Discovery {
    enabled: bool,
    capacity: usize,
    table: Mutex<HashMap<Key, Endpoint>>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Key {
    method: String,
    host: String,
    pattern: String,
}

// === impl Discovery ===

impl Discovery {
    pub(crate) fn new(config: &lockgate_config::Discovery) -> Self {
        Self {
            enabled: config.enabled,
            capacity: config.endpoints.max(1),
            table: Mutex::default(),
        }
    }

    /// Learns from an exchange that is over.
    pub(crate) fn observe(&self, exchange: &Exchange) {
        if !self.enabled || exchange.route.is_none() {
            return;
        }
        let key = Key::of(&exchange.request);
        let mut table = self.lock();
        if !table.contains_key(&key) {
            let answered = exchange.response.from_upstream && exchange.response.status.is_some_and(is_answer);
            if !answered {
                return;
            }
            make_room(&mut table, self.capacity);
        }
        table.entry(key).or_insert_with(Endpoint::new).observe(exchange);
    }

    /// Whether a language model was seen to answer at this path, by whatever host and method: both are the
    /// client's to choose, and must not be a way around the scanner.
    pub(crate) fn is_llm(&self, request: &Request) -> bool {
        let pattern = pattern::of(&request.path);
        self.lock()
            .iter()
            .any(|(key, endpoint)| endpoint.label == Label::Llm && key.pattern == pattern)
    }

    /// The endpoint as conditions see it.
    pub(crate) fn describe(&self, request: &Request) -> serde_json::Value {
        let key = Key::of(request);
        let label = self
            .lock()
            .get(&key)
            .map_or("", |endpoint| endpoint.label.as_str());
        json!({ "label": label, "pattern": key.pattern })
    }

    /// All endpoints, the busiest first, for the admin port.
    pub(crate) fn list(&self) -> serde_json::Value {
        let table = self.lock();
        let mut endpoints: Vec<_> = table.iter().collect();
        endpoints.sort_by(|(a_key, a), (b_key, b)| {
            b.exchanges
                .cmp(&a.exchanges)
                .then_with(|| a_key.pattern.cmp(&b_key.pattern))
        });
        let entries: Vec<_> = endpoints
            .into_iter()
            .map(|(key, endpoint)| entry(key, endpoint))
            .collect();
        json!({ "endpoints": entries })
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Key, Endpoint>> {
        // A panic while the table was held leaves counters behind, nothing worse.
        self.table
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

// === impl Key ===

impl Key {
    fn of(request: &Request) -> Self {
        Self {
            method: request.method.clone(),
            host: request.host.to_ascii_lowercase(),
            pattern: pattern::of(&request.path),
        }
    }
}

/// Whether the upstream knows the endpoint: it answered with anything but "no such place" or "not so".
fn is_answer(status: u16) -> bool {
    !matches!(status, 404 | 405 | 410 | 501)
}

fn make_room(table: &mut HashMap<Key, Endpoint>, capacity: usize) {
    while table.len() >= capacity {
        let Some(oldest) = table
            .iter()
            .min_by_key(|(_, endpoint)| endpoint.last_seen)
            .map(|(key, _)| key.clone())
        else {
            return;
        };
        table.remove(&oldest);
    }
}

fn entry(key: &Key, endpoint: &Endpoint) -> serde_json::Value {
    let time = |at: OffsetDateTime| {
        at.format(&time::format_description::well_known::Rfc3339)
            .unwrap_or_default()
    };
    json!({
        "method": key.method,
        "host": key.host,
        "path": key.pattern,
        "label": endpoint.label,
        "evidence": endpoint.evidence,
        "protocols": endpoint.protocols,
        "models": endpoint.models,
        "streams": endpoint.streams,
        "exchanges": endpoint.exchanges,
        "blocked": endpoint.blocked,
        "redacted": endpoint.redacted,
        "statuses": endpoint.statuses,
        "first_seen": time(endpoint.first_seen),
        "last_seen": time(endpoint.last_seen),
    })
}

#[cfg(test)]
mod tests;
