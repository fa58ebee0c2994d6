//! Failures between the gate and the upstream: SDKs retry their statuses, so they are retryable.

use super::Category::{Dns, Tls, Upstream};
use super::ProblemType;

problems! {
    /// No connection to the upstream.
    UPSTREAM_CONNECT_FAILED = {
        code: "upstream_connect_failed",
        title: "Upstream cannot be reached",
        status: 502,
        category: Upstream,
        retryable: true,
        retry_after: Some(10),
        owner_action_required: true,
        summary: "The gate could not connect to the upstream.",
        what_to_do: "Wait, then send the same request again. If it keeps failing, tell the owner of the gate.",
    }
    /// The upstream did not answer in time.
    UPSTREAM_TIMEOUT = {
        code: "upstream_timeout",
        title: "Upstream took too long",
        status: 504,
        category: Upstream,
        retryable: true,
        retry_after: Some(10),
        owner_action_required: false,
        summary: "The upstream did not answer within its time limit.",
        what_to_do: "Wait, then send the request again; ask for a shorter or a streamed answer if you can. \
            The upstream may have done the work already.",
    }
    /// The upstream closed the connection in the middle.
    UPSTREAM_RESET = {
        code: "upstream_reset",
        title: "Upstream broke off",
        status: 502,
        category: Upstream,
        retryable: true,
        retry_after: Some(2),
        owner_action_required: false,
        summary: "The upstream closed the connection before its answer was complete.",
        what_to_do: "Send the request again. The upstream may have done the work already.",
    }
    /// The upstream answered with something that is not HTTP.
    UPSTREAM_INVALID_RESPONSE = {
        code: "upstream_invalid_response",
        title: "Upstream answered with an invalid response",
        status: 502,
        category: Upstream,
        retryable: true,
        retry_after: Some(10),
        owner_action_required: true,
        summary: "The upstream's answer is not valid HTTP.",
        what_to_do: "Wait, then try once more. If it fails again, tell the owner of the gate.",
    }
    /// The TLS handshake with the upstream failed.
    UPSTREAM_TLS = {
        code: "upstream_tls",
        title: "No secure connection to the upstream",
        status: 502,
        category: Tls,
        retryable: true,
        retry_after: Some(60),
        owner_action_required: true,
        summary: "The TLS handshake with the upstream failed.",
        what_to_do: "Tell the owner of the gate: a certificate, a host name or a trusted root is wrong. \
            Retry only after a while.",
    }
    /// The name of the upstream has no address.
    UPSTREAM_DNS = {
        code: "upstream_dns",
        title: "Upstream's name cannot be resolved",
        status: 502,
        category: Dns,
        retryable: true,
        retry_after: Some(30),
        owner_action_required: true,
        summary: "The host name of the upstream could not be resolved.",
        what_to_do: "Wait, then send the same request again. If it keeps failing, tell the owner of the gate.",
    }
}
