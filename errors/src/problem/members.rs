//! The problem as a document: its members, in the order in which they are written.

use serde::{Serialize, Serializer, ser::SerializeMap};

use crate::problem::{Entries, Problem};

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
    "host",
    "source",
    "error",
    "message",
];

impl Serialize for Problem {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut entries = Entries::new(serializer.serialize_map(None)?, None, None);
        self.members(&mut entries)?;
        entries.end()
    }
}

impl Problem {
    /// Writes the members of the document into a map that others may add to.
    pub(crate) fn members<M: SerializeMap>(&self, entries: &mut Entries<'_, M>) -> Result<(), M::Error> {
        let kind = self.0.kind;
        entries.add("type", &self.uri())?;
        entries.add("title", kind.title)?;
        entries.add("status", &self.0.status)?;
        entries.add("detail", self.detail_text())?;
        if let Some(instance) = self.instance_uri() {
            entries.add("instance", instance)?;
        }
        entries.add("code", kind.code)?;
        entries.add("category", &kind.category)?;
        entries.add("retryable", &self.0.retryable)?;
        if let Some(seconds) = self.retry_seconds() {
            entries.add("retry_after", &seconds)?;
        }
        entries.add("owner_action_required", &kind.owner_action_required)?;
        entries.add("what_to_do", &self.advice())?;
        if let Some(id) = self.id() {
            entries.add("request_id", id)?;
        }
        entries.add("timestamp", &self.timestamp())?;
        if let Some(host) = self.host_name() {
            entries.add("host", host)?;
        }
        entries.add("source", self.source().as_str())?;
        for (key, value) in self.extensions() {
            entries.add(key, value)?;
        }
        Ok(())
    }
}
