//! Cohere: chat v2 and v1, embed, rerank.

use super::collect::{Collector, role_of};
use super::openai_chat;
use crate::Role;
use crate::json::View;

pub(super) fn collect<'d>(c: &mut Collector<'d>, root: View<'d>) {
    for message in root.all("messages").flat_map(View::items) {
        openai_chat::message(c, message);
    }
    // Version 1: one message, its history and a preamble.
    c.texts(root, &["message", "query"], Role::User);
    for entry in root.all("chat_history").flat_map(View::items) {
        c.texts(entry, &["message"], role_of(entry, Role::User));
        c.all_deep(entry, &["tool_results"], Role::Tool);
    }
    c.texts(root, &["preamble"], Role::System);
    c.all_deep(root, &["tool_results"], Role::Tool);
    c.all_deep(root, &["documents"], Role::Document);
    c.all_deep(root, &["texts", "inputs"], Role::User);
    c.all_deep(root, &["tools", "response_format"], Role::ToolDefinition);
}
