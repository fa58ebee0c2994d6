//! OpenAI completions and embeddings: one text, or a list of texts.

use super::collect::Collector;
use crate::Role;
use crate::json::View;

pub(super) fn collect<'d>(c: &mut Collector<'d>, root: View<'d>) {
    for text in root.any(&["prompt", "suffix", "input"]) {
        c.text(text, Role::User);
        for item in text.items() {
            c.text(item, Role::User);
            // Some servers take `[{"text": ...}]`.
            c.texts(item, &["text", "content"], Role::User);
        }
    }
}
