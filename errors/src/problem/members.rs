//! The problem as a document: its members, in the order in which they are written.

use serde::{Serialize, Serializer, ser::SerializeMap};

use crate::problem::Problem;

/// Members that an extension must not shadow: those of the document and of the providers' envelopes.
pub(super) const RESERVED: &[&str] = &[
    "type",
    "title",
    "status",
    "detail",
    "instance",
    "code",
    "category",
    "retryable",
    "retry_after",
    "owner_action_required",
    "what_to_do",
    "request_id",
    "timestamp",
    "error",
    "message",
];

impl Serialize for Problem {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        self.members(&mut map)?;
        map.end()
    }
}

impl Problem {
    /// Writes the members of the document into a map that others may add to.
    pub(crate) fn members<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        let kind = self.0.kind;
        map.serialize_entry("type", &self.uri())?;
        map.serialize_entry("title", kind.title)?;
        map.serialize_entry("status", &self.0.status)?;
        map.serialize_entry("detail", self.detail_text())?;
        if let Some(instance) = self.instance_uri() {
            map.serialize_entry("instance", instance)?;
        }
        map.serialize_entry("code", kind.code)?;
        map.serialize_entry("category", &kind.category)?;
        map.serialize_entry("retryable", &self.0.retryable)?;
        if let Some(seconds) = self.retry_seconds() {
            map.serialize_entry("retry_after", &seconds)?;
        }
        map.serialize_entry("owner_action_required", &kind.owner_action_required)?;
        map.serialize_entry("what_to_do", kind.what_to_do)?;
        if let Some(id) = self.id() {
            map.serialize_entry("request_id", id)?;
        }
        map.serialize_entry("timestamp", &self.timestamp())?;
        for (key, value) in self.extensions() {
            map.serialize_entry(key, value)?;
        }
        Ok(())
    }
}
