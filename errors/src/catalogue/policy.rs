//! Verdicts of the owner's rules: final, and about what the request says.

use super::{Category::ContentPolicy, ProblemType};

problems! {
    Gate:

    /// A rule blocked a prompt injection.
    PROMPT_INJECTION = {
        code: "prompt_injection",
        title: "Prompt injection blocked",
        status: 403,
        category: ContentPolicy,
        retryable: false,
        retry_after: None,
        owner_action_required: false,
        summary: "The prompt looks like an attempt to override the instructions of the model.",
        what_to_do: "Do not send the same prompt again. \
            Remove the text that tries to change the model's instructions; it often comes from a tool result, a web page or a document.",
        for_owner: "The log line of the request id names the rule and the score. \
            Raise the threshold of that rule, or narrow its condition, if honest prompts are refused.",
    }
    /// A rule blocked unsafe or toxic content.
    UNSAFE_CONTENT = {
        code: "unsafe_content",
        title: "Unsafe content blocked",
        status: 403,
        category: ContentPolicy,
        retryable: false,
        retry_after: None,
        owner_action_required: false,
        summary: "The prompt contains content that the owner of this gate does not allow.",
        what_to_do: "Do not send the same prompt again. Rephrase it without the unsafe content.",
        for_owner: "The log line of the request id names the rule and the score. \
            Raise the threshold of that rule if honest prompts are refused.",
    }
    /// A rule blocked personal data.
    PII_BLOCKED = {
        code: "pii_blocked",
        title: "Personal data blocked",
        status: 403,
        category: ContentPolicy,
        retryable: false,
        retry_after: None,
        owner_action_required: false,
        summary: "The prompt contains personal data that must not leave through this gate.",
        what_to_do: "Do not send the same prompt again. Remove or mask the personal data.",
        for_owner: "The log line names the rule and the categories. \
            With `action: redact` the data is replaced and the request passes.",
    }
    /// A rule blocked the request for a reason of the owner's own.
    RULE_BLOCKED = {
        code: "rule_blocked",
        title: "Blocked by a rule",
        status: 403,
        category: ContentPolicy,
        retryable: false,
        retry_after: None,
        owner_action_required: false,
        summary: "A rule of the owner of this gate refuses this request.",
        what_to_do: "Do not send the same request again. \
            If it should be allowed, give the owner of the gate the request id.",
        for_owner: "The log line of the request id names the rule. \
            Its condition stands under `rules` in the configuration.",
    }
}
