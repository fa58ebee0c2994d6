//! Answers to JSON-RPC: an MCP server with one tool, `say`, and an A2A agent.

use serde_json::{Value, json};

use super::mishap::CUT_AFTER;
use super::said::{Said, echo, event, last_text};

/// A call of the tool with this text always works.
pub const AFTERWARDS: &str = "And then?";
/// What an MCP server calls a session.
pub(super) const SESSION: &str = "mcp-session-id";

/// MCP, over streamable HTTP. A call whose argument `stream` is true is answered by events.
pub(super) fn mcp(method: &str, sent: &Value) -> Said {
    let result = match sent["method"].as_str().unwrap_or_default() {
        _ if method == "GET" => return Said::Bare(405),
        _ if method != "POST" => return Said::Bare(200),
        "initialize" => json!({
            "protocolVersion": sent["params"]["protocolVersion"], "capabilities": { "tools": {} },
            "serverInfo": { "name": "origin", "version": "1" },
        }),
        "tools/list" => json!({ "tools": [{ "name": "say", "inputSchema": { "type": "object" } }] }),
        "tools/call" => return call(sent),
        _ if sent["id"].is_null() => return Said::Bare(202),
        _ => return Said::Whole(error(sent, -32601, "The origin has no such method.")),
    };
    Said::Whole(reply(sent, &result))
}

/// Whether something may go wrong with this message of MCP: sessions always begin and go on.
pub(super) fn may_fail(sent: &Value) -> bool {
    sent["method"] == "tools/call" && sent["params"]["arguments"]["text"] != AFTERWARDS
}

/// A2A, over JSON-RPC.
pub(super) fn a2a(sent: &Value) -> Said {
    let text = echo(&last_text(&json!([sent["params"]["message"]])));
    let parts = |text: &str| json!([{ "text": text }]);
    if sent["method"] != "SendStreamingMessage" {
        let message = json!({ "messageId": "2", "role": "ROLE_AGENT", "parts": parts(&text) });
        return Said::Whole(reply(sent, &json!({ "message": message })));
    }
    let status = |state: &str| json!({ "state": state });
    let task = json!({ "id": "task-1", "contextId": "context-1", "status": status("TASK_STATE_WORKING") });
    let words = text.split_inclusive(' ').map(|word| {
        let artifact = json!({ "artifactId": "artifact-1", "parts": parts(word) });
        json!({ "artifactUpdate": { "taskId": "task-1", "contextId": "context-1", "artifact": artifact, "append": true } })
    });
    let done =
        json!({ "taskId": "task-1", "contextId": "context-1", "status": status("TASK_STATE_COMPLETED") });
    let events = [json!({ "task": task })]
        .into_iter()
        .chain(words)
        .chain([json!({ "statusUpdate": done })]);
    Said::Events(events.map(|result| event(&reply(sent, &result))).collect())
}

/// A JSON-RPC error.
pub(super) fn error(sent: &Value, code: i32, message: &str) -> Value {
    json!({ "jsonrpc": "2.0", "id": sent["id"], "error": { "code": code, "message": message } })
}

fn call(sent: &Value) -> Said {
    let arguments = &sent["params"]["arguments"];
    let text = echo(arguments["text"].as_str().unwrap_or_default());
    let result = reply(sent, &json!({ "content": [{ "type": "text", "text": text }] }));
    if arguments["stream"] != true {
        return Said::Whole(result);
    }
    let progress = |step: usize| {
        let params = json!({ "progressToken": sent["params"]["_meta"]["progressToken"], "progress": step });
        json!({ "jsonrpc": "2.0", "method": "notifications/progress", "params": params })
    };
    let steps = (1..=CUT_AFTER).map(|step| event(&progress(step)));
    Said::Events(steps.chain([event(&result)]).collect())
}

fn reply(sent: &Value, result: &Value) -> Value {
    json!({ "jsonrpc": "2.0", "id": sent["id"], "result": result })
}
