//! Ollama: `/api/chat`, `/api/generate`, `/api/embed`.

use super::collect::Collector;
use super::openai_chat;
use crate::Role;
use crate::json::{Kind, View};

pub(super) fn collect<'d>(c: &mut Collector<'d>, root: View<'d>) {
    for message in root.all("messages").flat_map(View::items) {
        openai_chat::message(c, message);
    }
    c.texts(root, &["system", "template"], Role::System);
    c.texts(root, &["prompt", "suffix", "input"], Role::User);
    for item in root.all("input").flat_map(View::items) {
        c.text(item, Role::User);
    }
    c.all_deep(root, &["tools", "format"], Role::ToolDefinition);
}

/// Ollama streams unless it is told not to.
pub(super) fn streams(root: View<'_>) -> bool {
    !root.all("stream").any(|stream| stream.is(Kind::False)) && !root.has("input")
}
