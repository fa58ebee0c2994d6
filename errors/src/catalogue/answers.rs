//! Error answers of the upstream. A problem keeps the status that the upstream gave; the one here is typical.

use super::Category::{AccessDenied, BadRequest, NotFound, Overload, RateLimit, Timeout, TooLarge, Upstream};
use super::ProblemType;

problems! {
    Upstream:

    /// The upstream answered 400.
    UPSTREAM_BAD_REQUEST = {
        code: "upstream_bad_request",
        title: "Upstream refused the request",
        status: 400,
        category: BadRequest,
        retryable: false,
        retry_after: None,
        owner_action_required: false,
        summary: "The upstream says that the request is malformed.",
        what_to_do: "Correct what the upstream names in the detail, then send the request again.",
        for_owner: "Nothing, unless every request meets it: then the upstream and the callers do not speak the same protocol.",
    }
    /// The upstream answered 401.
    UPSTREAM_UNAUTHORIZED = {
        code: "upstream_unauthorized",
        title: "Upstream does not accept the credential",
        status: 401,
        category: AccessDenied,
        retryable: false,
        retry_after: None,
        owner_action_required: false,
        summary: "The upstream needs a credential, and the request has none that it accepts.",
        what_to_do: "Check the API key or token that you send. \
            If the gate adds it for you, tell the owner of the gate.",
        for_owner: "If the gate adds the credential, check `headers` of the upstream and the environment variable that it names.",
    }
    /// The upstream answered 402, or says that a quota is used up.
    UPSTREAM_PAYMENT_REQUIRED = {
        code: "upstream_payment_required",
        title: "Upstream wants to be paid",
        status: 402,
        category: AccessDenied,
        retryable: false,
        retry_after: None,
        owner_action_required: true,
        summary: "The account at the upstream has no credit or no quota left.",
        what_to_do: "Do not send the request again. \
            Somebody has to add credit or raise the quota of the account.",
        for_owner: "If the account is yours, add credit or raise its quota at the provider.",
    }
    /// The upstream answered 403.
    UPSTREAM_FORBIDDEN = {
        code: "upstream_forbidden",
        title: "Upstream does not allow the request",
        status: 403,
        category: AccessDenied,
        retryable: false,
        retry_after: None,
        owner_action_required: false,
        summary: "The upstream knows the credential and does not allow it this request.",
        what_to_do: "Do not send the same request again. \
            Check that the account may use this model or address.",
        for_owner: "If the gate adds the credential, check what it may do. \
            A firewall in front of the upstream answers like this, too.",
    }
    /// The upstream answered 404 or 410.
    UPSTREAM_NOT_FOUND = {
        code: "upstream_not_found",
        title: "Upstream has nothing at this address",
        status: 404,
        category: NotFound,
        retryable: false,
        retry_after: None,
        owner_action_required: false,
        summary: "The upstream has nothing at this address, or does not know the model.",
        what_to_do: "Check the path, the base URL and the name of the model.",
        for_owner: "If every request meets it, check `url` of the upstream: its path is put in front of the path of the request.",
    }
    /// The upstream answered 413, 414 or 431.
    UPSTREAM_TOO_LARGE = {
        code: "upstream_too_large",
        title: "Request is too large for the upstream",
        status: 413,
        category: TooLarge,
        retryable: false,
        retry_after: None,
        owner_action_required: false,
        summary: "The upstream does not take a request of this size.",
        what_to_do: "Send a smaller request: shorten the conversation, split the documents, or send fewer header fields.",
        for_owner: "Raise the limit of the upstream, or lower `limits.body_bytes` so that the gate answers at once.",
    }
    /// The upstream answered 409, 423 or 425.
    UPSTREAM_CONFLICT = {
        code: "upstream_conflict",
        title: "Request conflicts with another one",
        status: 409,
        category: Upstream,
        retryable: true,
        retry_after: Some(2),
        owner_action_required: false,
        summary: "The upstream is at work on something that this request conflicts with.",
        what_to_do: "Wait `retry_after` seconds, look at the present state, then send the request again if it still makes sense.",
        for_owner: "Nothing, unless many callers meet it.",
    }
    /// The upstream answered with any other status from 405 to 499.
    UPSTREAM_REJECTED = {
        code: "upstream_rejected",
        title: "Upstream cannot process the request",
        status: 422,
        category: BadRequest,
        retryable: false,
        retry_after: None,
        owner_action_required: false,
        summary: "The upstream understood the request and refuses to process it.",
        what_to_do: "Correct what the upstream names in the detail, then send the request again.",
        for_owner: "Nothing, unless every request meets it: then the upstream and the callers do not speak the same protocol.",
    }
    /// The upstream answered 429.
    UPSTREAM_RATE_LIMITED = {
        code: "upstream_rate_limited",
        title: "Upstream limits the rate",
        status: 429,
        category: RateLimit,
        retryable: true,
        retry_after: Some(20),
        owner_action_required: false,
        summary: "The upstream takes no more requests from this account for now.",
        what_to_do: "Wait `retry_after` seconds, then send the request again, with fewer requests at a time.",
        for_owner: "Ask the provider for a higher limit, or limit the callers by a rule of your own so that they share what there is.",
    }
    /// The upstream answered 503 or 529.
    UPSTREAM_OVERLOADED = {
        code: "upstream_overloaded",
        title: "Upstream is overloaded",
        status: 503,
        category: Overload,
        retryable: true,
        retry_after: Some(10),
        owner_action_required: false,
        summary: "The upstream has more to do than it can take.",
        what_to_do: "Wait `retry_after` seconds, then send the request again; double the wait each time that it fails.",
        for_owner: "Look at the status page of the provider, or give the upstream more capacity.",
    }
    /// The upstream answered 500, 502 or any other 5xx.
    UPSTREAM_FAILED = {
        code: "upstream_failed",
        title: "Upstream failed",
        status: 500,
        category: Upstream,
        retryable: true,
        retry_after: Some(5),
        owner_action_required: false,
        summary: "The upstream failed while it handled this request.",
        what_to_do: "Wait `retry_after` seconds, then send the request again. \
            If it keeps failing, tell the owner of the gate.",
        for_owner: "Look at the log of the upstream, or at the status page of the provider.",
    }
    /// The upstream answered 408, 504, 522 or 524: its own time ran out.
    UPSTREAM_GAVE_UP = {
        code: "upstream_gave_up",
        title: "Upstream ran out of time",
        status: 504,
        category: Timeout,
        retryable: true,
        retry_after: Some(10),
        owner_action_required: false,
        summary: "The upstream says that it took too long.",
        what_to_do: "Wait `retry_after` seconds, then send the request again; ask for a shorter or a streamed answer if you can.",
        for_owner: "Look at what stands between the gate and the model: one of them has a shorter time limit than the answers need.",
    }
    /// The upstream answered 501 or 505.
    UPSTREAM_UNSUPPORTED = {
        code: "upstream_unsupported",
        title: "Upstream does not support the request",
        status: 501,
        category: Upstream,
        retryable: false,
        retry_after: None,
        owner_action_required: false,
        summary: "The upstream does not support the method or the version of the request.",
        what_to_do: "Do not send the same request again. Use a method that the upstream supports.",
        for_owner: "If every request meets it, check `protocol` of the upstream.",
    }
}
