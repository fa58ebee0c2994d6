//! Requests that the gate cannot or may not take: the caller has to change something.

use super::Category::{AccessDenied, BadRequest, NotFound, Timeout, TooLarge};
use super::ProblemType;

problems! {
    Gate:

    /// The body announces JSON and is not JSON.
    INVALID_JSON = {
        code: "invalid_json",
        title: "Body is not valid JSON",
        status: 400,
        category: BadRequest,
        retryable: false,
        retry_after: None,
        owner_action_required: false,
        summary: "The body of the request is not valid JSON, so its prompts cannot be checked.",
        what_to_do: "Correct the JSON at the given position and send the request again.",
        for_owner: "Nothing, unless many callers meet it. \
            Where a path takes bodies that only look like JSON, set `scan: never` on its route.",
    }
    /// The body is not UTF-8.
    INVALID_UTF8 = {
        code: "invalid_utf8",
        title: "Body is not valid UTF-8",
        status: 400,
        category: BadRequest,
        retryable: false,
        retry_after: None,
        owner_action_required: false,
        summary: "The body of the request is not valid UTF-8, so its prompts cannot be checked.",
        what_to_do: "Encode the body as UTF-8 and send the request again.",
        for_owner: "Nothing, unless many callers meet it. \
            Where a path takes such bodies on purpose, set `scan: never` on its route.",
    }
    /// The body is compressed, so its prompts cannot be told.
    UNSUPPORTED_ENCODING = {
        code: "unsupported_encoding",
        title: "Body is encoded",
        status: 415,
        category: BadRequest,
        retryable: false,
        retry_after: None,
        owner_action_required: false,
        summary: "The body of the request has a content coding, so its prompts cannot be checked.",
        what_to_do: "Send the body without Content-Encoding.",
        for_owner: "Nothing. \
            Encoded bodies are refused where prompts are scanned, because what cannot be read cannot be judged.",
    }
    /// The body is of a media type that the gate cannot look into, where it has to.
    UNSUPPORTED_MEDIA = {
        code: "unsupported_media",
        title: "Body is of a type that cannot be checked",
        status: 415,
        category: BadRequest,
        retryable: false,
        retry_after: None,
        owner_action_required: false,
        summary: "The body of the request is neither JSON nor plain text, so its prompts cannot be checked.",
        what_to_do: "Send the prompts as JSON.",
        for_owner: "If the path takes no prompts, set `scan: never` on its route.",
    }
    /// The body came without a length, in a way in which it cannot be forwarded.
    LENGTH_REQUIRED = {
        code: "length_required",
        title: "Length of the body is required",
        status: 411,
        category: BadRequest,
        retryable: false,
        retry_after: None,
        owner_action_required: false,
        summary: "The body of the request came without a length and cannot be forwarded.",
        what_to_do: "Send the request again with a Content-Length.",
        for_owner: "Nothing. Clients that speak HTTP/1.1 or HTTP/2 properly do not meet it.",
    }
    /// The JSON is nested deeper than `limits.json_depth`.
    NESTING_TOO_DEEP = {
        code: "nesting_too_deep",
        title: "JSON is nested too deeply",
        status: 400,
        category: BadRequest,
        retryable: false,
        retry_after: None,
        owner_action_required: false,
        summary: "The JSON of the body is nested deeper than `limits.json_depth` allows.",
        what_to_do: "Flatten the JSON and send the request again.",
        for_owner: "Raise `limits.json_depth` if honest requests are nested so deeply.",
    }
    /// The body has more values or prompts than `limits.json_nodes` or `limits.segments`.
    TOO_MANY_SEGMENTS = {
        code: "too_many_segments",
        title: "Too many parts in the body",
        status: 400,
        category: BadRequest,
        retryable: false,
        retry_after: None,
        owner_action_required: false,
        summary: "The body has more parts than `limits.segments` or `limits.json_nodes` allows.",
        what_to_do: "Send fewer messages or parts in one request.",
        for_owner: "Raise `limits.segments`, `limits.json_nodes` or `scanner.model.windows`, whichever the detail names, if honest requests are that large.",
    }
    /// The body ended before it was complete.
    TRUNCATED_BODY = {
        code: "truncated_body",
        title: "Body ended early",
        status: 400,
        category: BadRequest,
        retryable: false,
        retry_after: None,
        owner_action_required: false,
        summary: "The body of the request ended before the announced length was reached.",
        what_to_do: "Send the complete body, with a Content-Length that matches it.",
        for_owner: "Nothing, unless many callers meet it: then look at the network or at a proxy in front of the gate.",
    }
    /// The body is larger than `limits.body_bytes`.
    BODY_TOO_LARGE = {
        code: "body_too_large",
        title: "Body is too large",
        status: 413,
        category: TooLarge,
        retryable: false,
        retry_after: None,
        owner_action_required: false,
        summary: "The body of the request is larger than `limits.body_bytes` allows.",
        what_to_do: "Send a smaller request: shorten the conversation or split the documents.",
        for_owner: "Raise `limits.body_bytes` if honest requests are larger. \
            All bodies together stay under `limits.buffered_bytes`.",
    }
    /// The header section is larger than `limits.header_bytes`.
    HEADER_TOO_LARGE = {
        code: "header_too_large",
        title: "Header section is too large",
        status: 431,
        category: TooLarge,
        retryable: false,
        retry_after: None,
        owner_action_required: false,
        summary: "The header section of the request is larger than `limits.header_bytes` allows.",
        what_to_do: "Send fewer or shorter header fields.",
        for_owner: "Raise `limits.header_bytes` if honest requests have larger header sections; large cookies are the usual reason.",
    }
    /// The body did not arrive within `limits.body_timeout`.
    BODY_TIMEOUT = {
        code: "body_timeout",
        title: "Body took too long",
        status: 408,
        category: Timeout,
        retryable: true,
        retry_after: Some(1),
        owner_action_required: false,
        summary: "The body of the request did not arrive within `limits.body_timeout`.",
        what_to_do: "Send the request again, on a faster connection or with a smaller body.",
        for_owner: "Raise `limits.body_timeout` if callers on slow connections meet it.",
    }
    /// The header section did not arrive within `limits.header_timeout`.
    HEADER_TIMEOUT = {
        code: "header_timeout",
        title: "Header section took too long",
        status: 408,
        category: Timeout,
        retryable: true,
        retry_after: Some(1),
        owner_action_required: false,
        summary: "The header section of the request did not arrive within `limits.header_timeout`.",
        what_to_do: "Send the request again on a new connection.",
        for_owner: "Raise `limits.header_timeout` if callers on slow connections meet it. \
            Many of them at once may be an attack.",
    }
    /// An HTTP/1.1 request without Host.
    MISSING_HOST = {
        code: "missing_host",
        title: "Host is missing",
        status: 400,
        category: BadRequest,
        retryable: false,
        retry_after: None,
        owner_action_required: false,
        summary: "The request has no Host header field, or more than one.",
        what_to_do: "Send exactly one Host header field.",
        for_owner: "Nothing. A caller that sends no Host, or two, may be probing the gate.",
    }
    /// Content-Length and Transfer-Encoding contradict each other or themselves.
    AMBIGUOUS_LENGTH = {
        code: "ambiguous_length",
        title: "Length of the body is ambiguous",
        status: 400,
        category: BadRequest,
        retryable: false,
        retry_after: None,
        owner_action_required: false,
        summary: "Content-Length and Transfer-Encoding do not agree on where the body ends.",
        what_to_do: "Send either one valid Content-Length or `Transfer-Encoding: chunked`, never both.",
        for_owner: "Look at who sends it: such requests are a known way to smuggle a second request past a proxy.",
    }
    /// The request breaks the rules of HTTP in another way.
    MALFORMED_REQUEST = {
        code: "malformed_request",
        title: "Request is malformed",
        status: 400,
        category: BadRequest,
        retryable: false,
        retry_after: None,
        owner_action_required: false,
        summary: "The request is not valid HTTP.",
        what_to_do: "Correct the request line or header field that the detail names.",
        for_owner: "Nothing, unless a known client meets it: then report it with the detail.",
    }
    /// The method is none that the gate knows.
    METHOD_UNKNOWN = {
        code: "method_unknown",
        title: "Method is unknown",
        status: 501,
        category: BadRequest,
        retryable: false,
        retry_after: None,
        owner_action_required: false,
        summary: "The gate does not know the method of the request.",
        what_to_do: "Use a registered HTTP method, such as GET or POST.",
        for_owner: "Nothing.",
    }
    /// The address exists and the method is not for it.
    METHOD_NOT_ALLOWED = {
        code: "method_not_allowed",
        title: "Method is not allowed here",
        status: 405,
        category: BadRequest,
        retryable: false,
        retry_after: None,
        owner_action_required: false,
        summary: "This address does not answer the method of the request.",
        what_to_do: "Use a method that the Allow header field lists.",
        for_owner: "Nothing.",
    }
    /// No route of the configuration matches host and path.
    ROUTE_NOT_FOUND = {
        code: "route_not_found",
        title: "No route for this request",
        status: 404,
        category: NotFound,
        retryable: false,
        retry_after: None,
        owner_action_required: false,
        summary: "No route of this gate matches the host and the path of the request.",
        what_to_do: "Check the base URL. If it is right, the owner has to add a route under `routes`.",
        for_owner: "Add a route under `routes` whose `host` and `path` match, if the request should be served.",
    }
    /// The gate itself has nothing at this address.
    NOT_FOUND = {
        code: "not_found",
        title: "Not found",
        status: 404,
        category: NotFound,
        retryable: false,
        retry_after: None,
        owner_action_required: false,
        summary: "The gate has nothing at this address.",
        what_to_do: "Check the path.",
        for_owner: "Nothing.",
    }
    /// The admin port was asked without the right token.
    ADMIN_UNAUTHORIZED = {
        code: "admin_unauthorized",
        title: "Admin token required",
        status: 401,
        category: AccessDenied,
        retryable: false,
        retry_after: None,
        owner_action_required: false,
        summary: "The admin port needs a token, and the request carries none or another one.",
        what_to_do: "Send `Authorization: Bearer` with the value of `admin.token`.",
        for_owner: "The token is `admin.token` of the configuration. \
            Give it to nobody who may not see the log and the metrics.",
    }
}
