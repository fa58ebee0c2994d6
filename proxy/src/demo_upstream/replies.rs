//! What the demo upstream says, in the words of each provider.

use serde_json::{Value, json};

/// Whose API is spoken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    OpenAiChat,
    OpenAiResponses,
    Anthropic,
}

/// An answer: the text, and how it is asked for.
pub(super) struct Reply {
    dialect: Dialect,
    model: String,
    text: String,
    pub(super) stream: bool,
}

// === impl Dialect ===

impl Dialect {
    pub(super) fn of(path: &str) -> Option<Self> {
        match path {
            "/v1/chat/completions" => Some(Self::OpenAiChat),
            "/v1/responses" => Some(Self::OpenAiResponses),
            "/v1/messages" => Some(Self::Anthropic),
            _ => None,
        }
    }
}

// === impl Reply ===

impl Reply {
    pub(super) fn to(dialect: Dialect, request: &Value) -> Self {
        let received = last_text(request).unwrap_or_default();
        Self {
            dialect,
            model: request["model"].as_str().unwrap_or("demo").to_owned(),
            text: format!("The upstream received: {received}"),
            stream: request["stream"].as_bool().unwrap_or(false),
        }
    }

    /// The answer in one piece.
    pub(super) fn whole(&self) -> Value {
        let Self { model, text, .. } = self;
        match self.dialect {
            Dialect::OpenAiChat => json!({
                "id": "chatcmpl-demo", "object": "chat.completion", "created": 0, "model": model,
                "choices": [{
                    "index": 0, "finish_reason": "stop",
                    "message": { "role": "assistant", "content": text, "refusal": null },
                }],
                "usage": { "prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2 },
            }),
            Dialect::OpenAiResponses => self.response("completed", json!([self.output_item()])),
            Dialect::Anthropic => json!({
                "id": "msg_demo", "type": "message", "role": "assistant", "model": model,
                "content": [{ "type": "text", "text": text }],
                "stop_reason": "end_turn", "stop_sequence": null,
                "usage": { "input_tokens": 1, "output_tokens": 1 },
            }),
        }
    }

    /// The answer as server-sent events.
    pub(super) fn events(&self) -> Vec<String> {
        match self.dialect {
            Dialect::OpenAiChat => self.chat_events(),
            Dialect::OpenAiResponses => self.response_events(),
            Dialect::Anthropic => self.anthropic_events(),
        }
    }

    fn chat_events(&self) -> Vec<String> {
        let chunk = |delta: Value, finish: Value| {
            let chunk = json!({
                "id": "chatcmpl-demo", "object": "chat.completion.chunk", "created": 0, "model": self.model,
                "choices": [{ "index": 0, "delta": delta, "finish_reason": finish }],
            });
            format!("data: {chunk}\n\n")
        };
        let mut events = vec![chunk(json!({ "role": "assistant", "content": "" }), Value::Null)];
        events.extend(
            self.pieces()
                .map(|piece| chunk(json!({ "content": piece }), Value::Null)),
        );
        events.push(chunk(json!({}), json!("stop")));
        events.push("data: [DONE]\n\n".to_owned());
        events
    }

    fn response_events(&self) -> Vec<String> {
        let created = self.response("in_progress", json!([]));
        let place = json!({ "item_id": "msg_demo", "output_index": 0, "content_index": 0 });
        let mut events = vec![json!({ "type": "response.created", "response": created })];
        events.extend(self.pieces().map(|piece| {
            merged(
                &place,
                json!({ "type": "response.output_text.delta", "delta": piece, "logprobs": [] }),
            )
        }));
        events.push(merged(
            &place,
            json!({ "type": "response.output_text.done", "text": self.text, "logprobs": [] }),
        ));
        events.push(json!({ "type": "response.completed", "response": self.whole() }));
        numbered(events)
    }

    fn anthropic_events(&self) -> Vec<String> {
        let mut start = self.whole();
        start["content"] = json!([]);
        start["stop_reason"] = Value::Null;
        let mut events = vec![
            json!({ "type": "message_start", "message": start }),
            json!({ "type": "content_block_start", "index": 0, "content_block": { "type": "text", "text": "" } }),
        ];
        events.extend(self.pieces().map(|piece| {
            json!({ "type": "content_block_delta", "index": 0, "delta": { "type": "text_delta", "text": piece } })
        }));
        events.push(json!({ "type": "content_block_stop", "index": 0 }));
        events.push(json!({
            "type": "message_delta",
            "delta": { "stop_reason": "end_turn", "stop_sequence": null },
            "usage": { "output_tokens": 1 },
        }));
        events.push(json!({ "type": "message_stop" }));
        events.iter().map(named).collect()
    }

    fn response(&self, status: &str, output: Value) -> Value {
        json!({
            "id": "resp_demo", "object": "response", "created_at": 0, "status": status, "model": self.model,
            "output": output, "parallel_tool_calls": true, "tool_choice": "auto", "tools": [],
            "usage": {
                "input_tokens": 1, "input_tokens_details": { "cached_tokens": 0 },
                "output_tokens": 1, "output_tokens_details": { "reasoning_tokens": 0 }, "total_tokens": 2,
            },
        })
    }

    fn output_item(&self) -> Value {
        json!({
            "id": "msg_demo", "type": "message", "role": "assistant", "status": "completed",
            "content": [{ "type": "output_text", "text": self.text, "annotations": [] }],
        })
    }

    /// The words of the text, each with the space behind it.
    fn pieces(&self) -> impl Iterator<Item = &str> {
        self.text.split_inclusive(' ')
    }
}

/// The list of models.
pub(super) fn models() -> Value {
    json!({ "object": "list", "data": [{ "id": "demo", "object": "model", "created": 0, "owned_by": "lockgate" }] })
}

/// The text of the last message, whichever API it came in.
fn last_text(request: &Value) -> Option<String> {
    let message = match (&request["messages"], &request["input"]) {
        (Value::Array(messages), _) => &messages.last()?["content"],
        (_, Value::Array(items)) => &items.last()?["content"],
        (_, text) => text,
    };
    match message {
        Value::String(text) => Some(text.clone()),
        Value::Array(parts) => Some(
            parts
                .iter()
                .filter_map(|part| part["text"].as_str())
                .collect::<Vec<_>>()
                .join(" "),
        ),
        _ => None,
    }
}

fn merged(base: &Value, mut more: Value) -> Value {
    if let (Some(base), Some(more)) = (base.as_object(), more.as_object_mut()) {
        more.extend(base.clone());
    }
    more
}

fn numbered(events: Vec<Value>) -> Vec<String> {
    let number = |(number, event)| merged(&json!({ "sequence_number": number }), event);
    events
        .into_iter()
        .enumerate()
        .map(number)
        .map(|event| named(&event))
        .collect()
}

fn named(event: &Value) -> String {
    format!(
        "event: {}\ndata: {event}\n\n",
        event["type"].as_str().unwrap_or("message")
    )
}
