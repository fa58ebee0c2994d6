//! JSON of no known shape: strings under telling keys are taken for what a person wrote.

use super::collect::Collector;
use crate::Role;
use crate::json::{Kind, View};

/// Keys under which applications of their own making put what a person typed.
const TELLING: [&str; 14] = [
    "prompt",
    "prompts",
    "message",
    "messages",
    "input",
    "inputs",
    "content",
    "text",
    "query",
    "question",
    "q",
    "user_input",
    "user_message",
    "instruction",
];

/// Everything else is [`Role::Unknown`], a `system` key too: in a shape that nobody knows, nobody is trusted.
pub(super) fn collect<'d>(c: &mut Collector<'d>, root: View<'d>) {
    for view in root.within() {
        let telling = view
            .key()
            .is_some_and(|key| TELLING.contains(&key.to_ascii_lowercase().as_str()));
        if telling {
            c.text(view, Role::User);
            view.items()
                .filter(|item| item.is(Kind::String))
                .for_each(|item| c.text(item, Role::User));
        }
    }
}
