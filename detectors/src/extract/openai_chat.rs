//! OpenAI chat completions.

use super::collect::{Collector, role_of};
use crate::Role;
use crate::json::{Kind, View};

pub(super) fn collect<'d>(c: &mut Collector<'d>, root: View<'d>) {
    for message in root.all("messages").flat_map(View::items) {
        self::message(c, message);
    }
    c.all_deep(
        root,
        &["tools", "functions", "response_format"],
        Role::ToolDefinition,
    );
    for prediction in root.all("prediction") {
        content(c, prediction, Role::Assistant);
    }
}

/// One message; Ollama and Cohere share its shape.
pub(super) fn message<'d>(c: &mut Collector<'d>, message: View<'d>) {
    content(c, message, role_of(message, Role::User));
    c.texts(
        message,
        &[
            "refusal",
            "reasoning_content",
            "reasoning",
            "thinking",
            "tool_plan",
        ],
        Role::Assistant,
    );
    for call in message
        .all("tool_calls")
        .flat_map(View::items)
        .chain(message.all("function_call"))
    {
        for function in call.all("function").chain(std::iter::once(call)) {
            // A JSON text with OpenAI, an object with Ollama.
            c.all_deep(function, &["arguments", "input"], Role::Assistant);
        }
    }
}

/// The `content` of a message: one string, or parts.
fn content<'d>(c: &mut Collector<'d>, message: View<'d>, role: Role) {
    for content in message.all("content") {
        c.text(content, role);
        let alone = content.is(Kind::Object).then_some(content);
        for part in content.items().chain(alone) {
            c.text(part, role);
            c.texts(part, &["text", "input_text"], role);
            c.texts(part, &["refusal"], Role::Assistant);
            // Cohere hands tool results over as documents.
            c.all_deep(
                part,
                &["document"],
                if role == Role::Tool {
                    Role::Tool
                } else {
                    Role::Document
                },
            );
        }
    }
}
