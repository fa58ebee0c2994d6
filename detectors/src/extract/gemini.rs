//! Gemini `generateContent` and its relatives.

use super::collect::{Collector, role_of};
use crate::Role;
use crate::json::{Kind, View};

pub(super) fn collect<'d>(c: &mut Collector<'d>, root: View<'d>) {
    request(c, root);
    // `batchEmbedContents` holds requests, `countTokens` may hold one.
    for inner in root.all("requests").flat_map(View::items) {
        request(c, inner);
    }
    root.any(&["generateContentRequest", "generate_content_request"])
        .for_each(|inner| request(c, inner));
}

fn request<'d>(c: &mut Collector<'d>, root: View<'d>) {
    for system in root.any(&["systemInstruction", "system_instruction"]) {
        c.text(system, Role::System);
        parts(c, system, Role::System);
    }
    for contents in root.any(&["contents", "content"]) {
        c.text(contents, Role::User);
        let alone = contents.is(Kind::Object).then_some(contents);
        for content in contents.items().chain(alone) {
            c.text(content, Role::User);
            parts(c, content, role_of(content, Role::User));
        }
    }
    c.all_deep(
        root,
        &["tools", "generationConfig", "generation_config"],
        Role::ToolDefinition,
    );
}

fn parts<'d>(c: &mut Collector<'d>, content: View<'d>, role: Role) {
    for parts in content.all("parts") {
        c.text(parts, role);
        let alone = parts.is(Kind::Object).then_some(parts);
        for part in parts.items().chain(alone) {
            c.text(part, role);
            c.texts(part, &["text"], role);
            c.all_deep(part, &["functionCall", "function_call"], Role::Assistant);
            c.all_deep(part, &["executableCode", "executable_code"], Role::Assistant);
            c.all_deep(part, &["functionResponse", "function_response"], Role::Tool);
            c.all_deep(
                part,
                &["codeExecutionResult", "code_execution_result"],
                Role::Tool,
            );
        }
    }
}
