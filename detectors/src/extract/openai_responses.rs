//! OpenAI responses.

use super::collect::{Collector, role_of};
use crate::Role;
use crate::json::View;

pub(super) fn collect<'d>(c: &mut Collector<'d>, root: View<'d>) {
    for instructions in root.all("instructions") {
        c.text(instructions, Role::System);
        instructions
            .items()
            .for_each(|entry| item(c, entry, Role::System));
    }
    for input in root.all("input") {
        c.text(input, Role::User);
        input.items().for_each(|entry| item(c, entry, Role::User));
    }
    for prompt in root.all("prompt") {
        c.all_deep(prompt, &["variables"], Role::User);
    }
    c.all_deep(root, &["tools", "text"], Role::ToolDefinition);
}

/// One item: a message, a call of a tool, its result, or the model's reasoning.
fn item<'d>(c: &mut Collector<'d>, item: View<'d>, default: Role) {
    c.text(item, default);
    let is_message = item.has("role");
    let role = role_of(item, if is_message { default } else { Role::Assistant });
    for content in item.all("content") {
        c.text(content, role);
        for part in content.items() {
            c.text(part, role);
            c.texts(part, &["text"], role);
            c.texts(part, &["refusal"], Role::Assistant);
        }
    }
    if is_message {
        return;
    }
    c.all_deep(item, &["output", "error"], Role::Tool);
    c.all_deep(item, &["results"], Role::Document);
    c.all_deep(
        item,
        &["arguments", "input", "summary", "action", "code", "queries"],
        Role::Assistant,
    );
    // An `mcp_list_tools` item: the definitions come from a server outside.
    c.all_deep(item, &["tools"], Role::Unknown);
}
