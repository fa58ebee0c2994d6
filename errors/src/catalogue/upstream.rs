//! Failures between the gate and the upstream: SDKs retry their statuses, so they are retryable.

use super::Category::{Dns, Timeout, Tls, Upstream};
use super::ProblemType;

problems! {
    Gate:

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
        what_to_do: "Wait `retry_after` seconds, then send the same request again. If it keeps failing, tell the owner of the gate.",
        for_owner: "Check that the upstream runs and that its `url` under `upstreams` has the right host and port.",
    }
    /// The upstream did not answer in time.
    UPSTREAM_TIMEOUT = {
        code: "upstream_timeout",
        title: "Upstream took too long",
        status: 504,
        category: Timeout,
        retryable: true,
        retry_after: Some(10),
        owner_action_required: false,
        summary: "The upstream did not answer within its time limit.",
        what_to_do: "Wait `retry_after` seconds, then send the request again; ask for a shorter or a streamed answer if you can. \
            The upstream may have done the work already.",
        for_owner: "Raise `read_timeout` of the upstream if its answers take that long; streamed answers begin sooner.",
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
        for_owner: "Look at the log of the upstream: it crashed, was restarted, or closes idle connections sooner than the gate does.",
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
        what_to_do: "Wait `retry_after` seconds, then try once more. If it fails again, tell the owner of the gate.",
        for_owner: "Check the scheme and the port of the upstream's `url`: TLS on a plain port and the reverse look like this.",
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
        for_owner: "Check the certificate of the upstream and the name and the roots by which the gate checks it.",
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
        what_to_do: "Wait `retry_after` seconds, then send the same request again. If it keeps failing, tell the owner of the gate.",
        for_owner: "Check the host name in the upstream's `url` and the name servers of the machine.",
    }
    /// No connection to the upstream, or no TLS handshake, in time.
    UPSTREAM_CONNECT_TIMEOUT = {
        code: "upstream_connect_timeout",
        title: "Upstream does not take the connection",
        status: 504,
        category: Timeout,
        retryable: true,
        retry_after: Some(10),
        owner_action_required: true,
        summary: "The connection to the upstream was not made in time.",
        what_to_do: "Wait `retry_after` seconds, then send the same request again. If it keeps failing, tell the owner of the gate.",
        for_owner: "Check that the upstream runs and that no firewall drops the gate's packets. \
            The limit is `connect_timeout` of the upstream.",
    }
    /// The upstream did not take the request in time.
    UPSTREAM_SEND_TIMEOUT = {
        code: "upstream_send_timeout",
        title: "Upstream stopped taking the request",
        status: 504,
        category: Timeout,
        retryable: true,
        retry_after: Some(10),
        owner_action_required: false,
        summary: "The upstream did not take in the request in time.",
        what_to_do: "Wait `retry_after` seconds, then send the request again, with a smaller body if you can.",
        for_owner: "Look at what the upstream is busy with, and at the size of the bodies. \
            The limit is `write_timeout` of the upstream.",
    }
    /// Silence in the middle of an answer.
    UPSTREAM_STALLED = {
        code: "upstream_stalled",
        title: "Upstream fell silent",
        status: 504,
        category: Timeout,
        retryable: true,
        retry_after: Some(5),
        owner_action_required: false,
        summary: "The upstream began its answer and then sent nothing more in time.",
        what_to_do: "Send the request again. \
            The answer so far is incomplete, and the upstream may have done the work already.",
        for_owner: "Look at the log of the upstream. The limit is `read_timeout` of the upstream.",
    }
}
