//! Anthropic messages.

use super::collect::{Collector, role_of};
use crate::Role;
use crate::json::{Kind, View};

pub(super) fn collect<'d>(c: &mut Collector<'d>, root: View<'d>) {
    for system in root.all("system") {
        c.text(system, Role::System);
        system
            .items()
            .for_each(|block| c.texts(block, &["text"], Role::System));
    }
    for message in root.all("messages").flat_map(View::items) {
        let role = role_of(message, Role::User);
        message
            .all("content")
            .for_each(|content| blocks(c, content, role));
    }
    c.all_deep(root, &["tools", "output_format"], Role::ToolDefinition);
}

/// Content: one string or blocks. Nests (a tool result holds blocks, a document too); the depth is bounded
/// by the depth of the JSON.
fn blocks<'d>(c: &mut Collector<'d>, content: View<'d>, role: Role) {
    c.text(content, role);
    let alone = content.is(Kind::Object).then_some(content);
    for item in content.items().chain(alone) {
        c.text(item, role);
        block(c, item, role);
    }
}

fn block<'d>(c: &mut Collector<'d>, block: View<'d>, role: Role) {
    c.texts(block, &["text"], role);
    c.texts(block, &["thinking"], Role::Assistant);
    c.all_deep(block, &["input"], Role::Assistant);
    let inner = inner_role(block, role);
    if inner == Role::Document {
        c.texts(block, &["title", "context"], inner);
        for source in block.all("source") {
            c.text(source, inner);
            if source.all("type").any(|kind| kind.raw_text() == "\"text\"") {
                c.texts(source, &["data"], inner);
            }
            source
                .all("content")
                .for_each(|content| blocks(c, content, inner));
        }
    }
    for content in block.all("content") {
        blocks(c, content, inner);
        if inner == Role::Tool {
            c.deep(content, Role::Tool);
        }
    }
}

/// Whose words a block's own content is: `tool_result`, `web_search_tool_result`, `mcp_tool_result` and their
/// like hold a tool's, `document` and `search_result` a document's.
fn inner_role(block: View<'_>, role: Role) -> Role {
    let mut inner = role;
    for kind in block.all("type").filter_map(View::text) {
        if kind.ends_with("tool_result") {
            return Role::Tool;
        }
        if matches!(&*kind, "document" | "search_result") {
            inner = Role::Document;
        }
    }
    // What stands in a tool's result stays a tool's.
    if role == Role::Tool { role } else { inner }
}
