//! What each provider calls an error. The status counts, because a problem of the upstream keeps the upstream's;
//! the category where it knows better.

use crate::catalogue::{Category, UPSTREAM_PAYMENT_REQUIRED};
use crate::problem::Problem;

pub(super) fn openai_type(problem: &Problem) -> &'static str {
    if problem.kind() == &UPSTREAM_PAYMENT_REQUIRED {
        return "insufficient_quota";
    }
    match problem.status_code() {
        _ if problem.kind().category == Category::RateLimit => "rate_limit_error",
        401 => "authentication_error",
        403 => "permission_error",
        408 => "timeout_error",
        429 => "rate_limit_error",
        500.. => "server_error",
        _ => "invalid_request_error",
    }
}

pub(super) fn anthropic_type(problem: &Problem) -> &'static str {
    if problem.kind() == &UPSTREAM_PAYMENT_REQUIRED {
        return "billing_error";
    }
    match (problem.kind().category, problem.status_code()) {
        (Category::Overload, _) | (_, 529) => "overloaded_error",
        (Category::RateLimit, _) | (_, 429) => "rate_limit_error",
        (Category::Timeout, _) | (_, 408 | 504) => "timeout_error",
        (_, 401) => "authentication_error",
        (_, 402) => "billing_error",
        (_, 403) => "permission_error",
        (_, 404 | 410) => "not_found_error",
        (_, 409) => "conflict_error",
        (_, 413 | 414 | 431) => "request_too_large",
        (_, 500..) => "api_error",
        _ => "invalid_request_error",
    }
}

/// The canonical code of Google's APIs and of gRPC (google.rpc, code.proto): its name and its number.
pub(in crate::render) fn canonical(problem: &Problem) -> (&'static str, u8) {
    match (problem.kind().category, problem.status_code()) {
        (Category::Timeout, _) | (_, 408 | 504) => ("DEADLINE_EXCEEDED", 4),
        (Category::RateLimit, _) | (_, 429) => ("RESOURCE_EXHAUSTED", 8),
        (_, 401) => ("UNAUTHENTICATED", 16),
        (_, 402 | 403 | 451) => ("PERMISSION_DENIED", 7),
        (_, 404 | 410) => ("NOT_FOUND", 5),
        (_, 405 | 501 | 505) => ("UNIMPLEMENTED", 12),
        (_, 409 | 423 | 425) => ("ABORTED", 10),
        (_, 412 | 428) => ("FAILED_PRECONDITION", 9),
        (_, 416) => ("OUT_OF_RANGE", 11),
        (_, 499) => ("CANCELLED", 1),
        (_, 500) => ("INTERNAL", 13),
        (_, 502..) => ("UNAVAILABLE", 14),
        _ => ("INVALID_ARGUMENT", 3),
    }
}

/// JSON-RPC's own numbers where they fit. Others keep clear of -32000 to -32002 and -32042, which
/// MCP's SDKs give a meaning of their own.
pub(super) fn json_rpc_code(problem: &Problem) -> i32 {
    match problem.kind().category {
        _ if problem.code() == "invalid_json" => -32700,
        Category::BadRequest | Category::TooLarge => -32600,
        Category::Internal => -32603,
        _ => -32010,
    }
}
