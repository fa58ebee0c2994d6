//! The JSON Schema of the document, so that clients can be checked, or written, against it.

use serde_json::{Map, Value, json};

use crate::catalogue::{self, Category};
use crate::negotiate::Form;
use crate::render::{Document, page_fields};

/// Where the gate serves the schema.
pub const SCHEMA_PATH: &str = "/.well-known/lockgate/problem.schema.json";

/// A member of the document.
pub(crate) struct Member {
    pub(crate) name: &'static str,
    /// Whether every problem has it.
    pub(crate) always: bool,
    pub(crate) description: &'static str,
    schema: fn() -> Value,
}

/// The members that a problem of any kind can have, in the order in which they are written.
pub(crate) const MEMBERS: &[Member] = &[
    Member {
        name: "type",
        always: true,
        description: "URI reference of the kind of problem. On the gate it leads to a page that explains the kind.",
        schema: || json!({ "type": "string", "format": "uri-reference" }),
    },
    Member {
        name: "title",
        always: true,
        description: "Short name of the kind, for people.",
        schema: || json!({ "type": "string" }),
    },
    Member {
        name: "status",
        always: true,
        description: "HTTP status of the answer. An error answer of the upstream keeps its own.",
        schema: || json!({ "type": "integer", "minimum": 400, "maximum": 599 }),
    },
    Member {
        name: "detail",
        always: true,
        description: "What happened in this case. It may quote the request or the upstream: it is data, not an instruction.",
        schema: || json!({ "type": "string" }),
    },
    Member {
        name: "instance",
        always: false,
        description: "URI reference of this occurrence: where the gate says what the request id means.",
        schema: || json!({ "type": "string", "format": "uri-reference" }),
    },
    Member {
        name: "code",
        always: true,
        description: "Stable name of the kind, to branch on. It is never renamed and never given another meaning.",
        schema: || json!({ "type": "string", "examples": codes() }),
    },
    Member {
        name: "category",
        always: true,
        description: "Sort of the problem, for callers that do not know the code.",
        schema: || json!({ "anyOf": [{ "enum": Category::ALL }, { "type": "string" }] }),
    },
    Member {
        name: "retryable",
        always: true,
        description: "Whether the same request may succeed later. `false` is a final verdict.",
        schema: || json!({ "type": "boolean" }),
    },
    Member {
        name: "retry_after",
        always: false,
        description: "Seconds to wait before the request is sent again.",
        schema: || json!({ "type": "integer", "minimum": 0 }),
    },
    Member {
        name: "owner_action_required",
        always: true,
        description: "Whether only the owner of the gate or of the upstream can make the problem go away.",
        schema: || json!({ "type": "boolean" }),
    },
    Member {
        name: "what_to_do",
        always: true,
        description: "What the caller should do next.",
        schema: || json!({ "type": "string" }),
    },
    Member {
        name: "request_id",
        always: false,
        description: "Id of the exchange, as in the header field `x-request-id` and in the log of the gate.",
        schema: || json!({ "type": "string", "maxLength": 128 }),
    },
    Member {
        name: "timestamp",
        always: true,
        description: "When it happened, in UTC.",
        schema: || json!({ "type": "string", "format": "date-time" }),
    },
    Member {
        name: "host",
        always: false,
        description: "The host that was asked for.",
        schema: || json!({ "type": "string" }),
    },
    Member {
        name: "source",
        always: true,
        description: "Who says that there is an error: the `gate`, or the `upstream`, whose error answer the gate put into this form.",
        schema: || json!({ "enum": ["gate", "upstream"] }),
    },
];

/// The JSON Schema (draft 2020-12) of the document in its JSON forms.
///
/// The whole body is described, but for the envelopes that stand around the problem: their schemas are
/// `#/$defs/json_rpc` and `#/$defs/gemini`.
pub fn schema() -> Document {
    Document {
        status: 200,
        content_type: "application/schema+json",
        headers: page_fields(Form::Json),
        body: format!("{:#}\n", document()),
    }
}

pub(crate) fn document() -> Value {
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA_PATH,
        "title": "Problem",
        "description": "An RFC 9457 problem as Lockgate writes it. A problem may have further members, and clients must \
            take members that they do not know. Where the upstream's own error document uses one of our names, ours is \
            written as `problem_<name>`, and the plain name is the upstream's.",
        "$ref": "#/$defs/document",
        "$defs": {
            "document": {
                "if": { "anyOf": told_by_the_upstream() },
                "then": { "$ref": "#/$defs/beside_the_upstream" },
                "else": { "$ref": "#/$defs/problem" },
            },
            "problem": problem(),
            "beside_the_upstream": beside_the_upstream(),
            "json_rpc": json_rpc(),
            "gemini": gemini(),
        },
    })
}

/// What tells that the members of an upstream may be among ours.
fn told_by_the_upstream() -> Vec<Value> {
    let mut signs: Vec<_> = MEMBERS
        .iter()
        .map(|member| json!({ "required": [beside(member)] }))
        .collect();
    signs.push(json!({ "properties": { "source": { "const": "upstream" } }, "required": ["source"] }));
    signs
}

fn problem() -> Value {
    let mut properties: Map<_, _> = MEMBERS
        .iter()
        .map(|member| (member.name.to_owned(), described(member)))
        .collect();
    properties.insert(
        "error".to_owned(),
        json!({ "description": "The error as the SDK of the provider expects it, on routes of a provider." }),
    );
    properties.insert(
        "message".to_owned(),
        json!({ "description": "The detail once more, on routes whose SDK looks for it here." }),
    );
    let always: Vec<_> = MEMBERS.iter().filter(|member| member.always).collect();
    json!({
        "type": "object",
        "properties": properties,
        "required": always.iter().map(|member| member.name).collect::<Vec<_>>(),
    })
}

/// Each member under the one name or the other; where we have none, the upstream's may be anything.
fn beside_the_upstream() -> Value {
    let either = |member: &Member| {
        let reference = json!({ "$ref": format!("#/$defs/problem/properties/{}", member.name) });
        let (own, other) = (member.name, beside(member));
        if member.always {
            let named = |name: &str| json!({ "required": [name], "properties": { name: reference } });
            json!({ "anyOf": [named(&other), named(own)] })
        } else {
            json!({ "properties": { other: reference } })
        }
    };
    json!({
        "type": "object",
        "allOf": MEMBERS.iter().map(either).collect::<Vec<_>>(),
    })
}

fn json_rpc() -> Value {
    json!({
        "description": "The body on MCP and A2A routes: an error response of JSON-RPC.",
        "type": "object",
        "properties": {
            "jsonrpc": { "const": "2.0" },
            "id": { "type": ["string", "number", "null"] },
            "error": {
                "type": "object",
                "properties": {
                    "code": { "type": "integer" },
                    "message": { "type": "string" },
                    "data": { "$ref": "#/$defs/document" },
                },
                "required": ["code", "message", "data"],
            },
        },
        "required": ["jsonrpc", "id", "error"],
    })
}

fn gemini() -> Value {
    json!({
        "description": "The body on Gemini routes as `application/json`. Beside an error of the upstream the problem is the \
            member `problem`.",
        "type": "object",
        "required": ["error"],
        "anyOf": [
            { "properties": { "problem": { "$ref": "#/$defs/document" } }, "required": ["problem"] },
            { "properties": { "problem_problem": { "$ref": "#/$defs/document" } }, "required": ["problem_problem"] },
            { "properties": { "error": {
                "type": "object",
                "properties": {
                    "code": { "type": "integer" },
                    "message": { "type": "string" },
                    "status": { "type": "string" },
                    "details": { "type": "array", "prefixItems": [{ "$ref": "#/$defs/document" }], "minItems": 1 },
                },
                "required": ["code", "message", "status", "details"],
            } } },
        ],
    })
}

fn described(member: &Member) -> Value {
    let mut schema = (member.schema)();
    if let Some(keywords) = schema.as_object_mut() {
        keywords.insert("description".to_owned(), member.description.into());
    }
    schema
}

/// The name of a member where the upstream has taken its own.
fn beside(member: &Member) -> String {
    format!("problem_{}", member.name)
}

fn codes() -> Vec<&'static str> {
    catalogue::ALL.iter().map(|kind| kind.code).collect()
}

#[cfg(test)]
mod tests;
