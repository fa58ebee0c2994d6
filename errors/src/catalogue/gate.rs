//! Troubles of the gate itself: worth a retry, because the next moment may be different.

use super::Category::{Internal, Overload, RateLimit};
use super::ProblemType;

problems! {
    Gate:

    /// A rule of the owner limits the rate, and the caller has used up its share.
    RATE_LIMITED = {
        code: "rate_limited",
        title: "Rate limit reached",
        status: 429,
        category: RateLimit,
        retryable: true,
        retry_after: Some(10),
        owner_action_required: false,
        summary: "This client has used up its requests for now.",
        what_to_do: "Wait `retry_after` seconds, then send the same request again.",
        for_owner: "The log line of the request id names the rule. Raise its limit if honest callers meet it.",
    }
    /// The scanner failed and the rules fail closed.
    SCANNER_UNAVAILABLE = {
        code: "scanner_unavailable",
        title: "Scanner is unavailable",
        status: 503,
        category: Internal,
        retryable: true,
        retry_after: Some(10),
        owner_action_required: true,
        summary: "The prompt could not be scanned, and the rules let nothing through unscanned.",
        what_to_do: "Wait `retry_after` seconds, then send the same request again. If it keeps failing, tell the owner of the gate.",
        for_owner: "Read the log for the error of the model; `lockgate check` loads it and tells. \
            With `on_error: open` requests pass unscored instead.",
    }
    /// The scan missed its deadline and the rules fail closed.
    SCANNER_TIMEOUT = {
        code: "scanner_timeout",
        title: "Scan took too long",
        status: 503,
        category: Overload,
        retryable: true,
        retry_after: Some(5),
        owner_action_required: false,
        summary: "The scan did not end within `scanner.deadline`, and the rules let nothing through unscanned.",
        what_to_do: "Wait `retry_after` seconds, then send the same request again. A shorter prompt is scanned faster.",
        for_owner: "Raise `scanner.deadline` or `scanner.model.threads`, or let requests pass unscored with `on_error: open`.",
    }
    /// The queue of the scanner is full and the rules fail closed.
    QUEUE_FULL = {
        code: "queue_full",
        title: "Scanner is busy",
        status: 503,
        category: Overload,
        retryable: true,
        retry_after: Some(2),
        owner_action_required: false,
        summary: "More prompts wait to be scanned than `scanner.model.queue` allows.",
        what_to_do: "Wait `retry_after` seconds, then send the same request again, with fewer requests at a time.",
        for_owner: "Raise `scanner.model.threads` first and `scanner.model.queue` second, or let requests pass unscored with `on_error: open`.",
    }
    /// The gate takes on no more exchanges at present.
    OVERLOADED = {
        code: "overloaded",
        title: "Gate is overloaded",
        status: 503,
        category: Overload,
        retryable: true,
        retry_after: Some(2),
        owner_action_required: false,
        summary: "The gate has as many requests in work as it can take.",
        what_to_do: "Wait `retry_after` seconds, then send the same request again, with fewer requests at a time.",
        for_owner: "Give the gate more CPU, or run more gates. The metrics tell what it is busy with.",
    }
    /// All bodies together are larger than `limits.buffered_bytes`.
    BUFFER_EXHAUSTED = {
        code: "buffer_exhausted",
        title: "Gate is out of buffer space",
        status: 503,
        category: Overload,
        retryable: true,
        retry_after: Some(2),
        owner_action_required: false,
        summary: "The bodies held by the gate have reached `limits.buffered_bytes`.",
        what_to_do: "Wait `retry_after` seconds, then send the same request again, with fewer requests at a time.",
        for_owner: "Raise `limits.buffered_bytes` as far as memory allows, or lower `limits.body_bytes`.",
    }
    /// A bug, or a failure that has no entry of its own.
    INTERNAL_ERROR = {
        code: "internal_error",
        title: "Internal error",
        status: 500,
        category: Internal,
        retryable: true,
        retry_after: Some(5),
        owner_action_required: true,
        summary: "The gate failed while it handled this request.",
        what_to_do: "Wait `retry_after` seconds, then try once more. If it fails again, give the owner of the gate the request id.",
        for_owner: "The log line of the request id has the cause. Please report it: a failure like this is a bug.",
    }
}
