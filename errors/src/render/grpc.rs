//! gRPC: a status in the header fields, and no body.

use super::Document;
use crate::problem::Problem;

/// Writes the problem as an answer of gRPC that has nothing but trailers, which HTTP carries as header fields.
pub fn grpc(problem: &Problem) -> Document {
    let status = match problem.status_code() {
        400 | 411 | 413 | 415 | 422 | 431 => 3,
        401 => 16,
        403 => 7,
        404 => 5,
        429 => 8,
        500 => 13,
        _ => 14,
    };
    Document {
        status: 200,
        content_type: "application/grpc",
        headers: vec![("grpc-status", u8::to_string(&status))],
        body: String::new(),
    }
}
