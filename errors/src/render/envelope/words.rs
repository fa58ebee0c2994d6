//! What each provider calls an error, by status: a problem of the upstream keeps the upstream's.

use crate::{catalogue::Category, problem::Problem};

pub(super) fn openai_type(status: u16) -> &'static str {
    match status {
        401 => "authentication_error",
        403 => "permission_error",
        408 => "timeout_error",
        429 => "rate_limit_error",
        500.. => "server_error",
        _ => "invalid_request_error",
    }
}

pub(super) fn anthropic_type(problem: &Problem) -> &'static str {
    match problem.status_code() {
        401 => "authentication_error",
        402 => "billing_error",
        403 => "permission_error",
        404 => "not_found_error",
        408 | 504 => "timeout_error",
        413 | 431 => "request_too_large",
        429 => "rate_limit_error",
        529 => "overloaded_error",
        503 if problem.kind().category == Category::Overload => "overloaded_error",
        500.. => "api_error",
        _ => "invalid_request_error",
    }
}

pub(super) fn gemini_status(status: u16) -> &'static str {
    match status {
        401 => "UNAUTHENTICATED",
        403 => "PERMISSION_DENIED",
        404 => "NOT_FOUND",
        405 | 501 => "UNIMPLEMENTED",
        408 | 504 => "DEADLINE_EXCEEDED",
        409 => "ABORTED",
        429 => "RESOURCE_EXHAUSTED",
        499 => "CANCELLED",
        500 => "INTERNAL",
        502.. => "UNAVAILABLE",
        _ => "INVALID_ARGUMENT",
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
