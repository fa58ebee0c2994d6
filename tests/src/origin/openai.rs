//! Answers in OpenAI's shapes. Each says back what the user said, so that a client sees what the gate changed.

use serde_json::{Value, json};

use super::said::{Said, echo, event, last_text, named};

pub(super) fn chat(sent: &Value) -> Said {
    let text = echo(&last_text(&sent["messages"]));
    if sent["stream"] != true {
        return Said::Whole(completion(&text));
    }
    let chunk = |delta: Value, finish: Value| {
        let choices = json!([{ "index": 0, "delta": delta, "finish_reason": finish }]);
        event(
            &json!({ "id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1, "model": "gpt-test", "choices": choices }),
        )
    };
    let words = text
        .split_inclusive(' ')
        .map(|word| chunk(json!({ "content": word }), Value::Null));
    let start = std::iter::once(chunk(json!({ "role": "assistant", "content": "" }), Value::Null));
    let end = [chunk(json!({}), json!("stop")), "data: [DONE]\n\n".to_owned()];
    Said::Events(start.chain(words).chain(end).collect())
}

pub(super) fn responses(sent: &Value) -> Said {
    let input = &sent["input"];
    let said = input.as_str().map_or_else(|| last_text(input), str::to_owned);
    let text = echo(&said);
    if sent["stream"] != true {
        return Said::Whole(response(&text, "completed"));
    }
    let words = text.split_inclusive(' ').map(|word| {
        json!({
            "type": "response.output_text.delta", "item_id": "msg_1", "output_index": 0, "content_index": 0,
            "delta": word, "logprobs": [],
        })
    });
    let start = [
        json!({ "type": "response.created", "response": response("", "in_progress") }),
        json!({ "type": "response.output_item.added", "output_index": 0, "item": item("", "in_progress") }),
    ];
    let end = [
        json!({ "type": "response.output_item.done", "output_index": 0, "item": item(&text, "completed") }),
        json!({ "type": "response.completed", "response": response(&text, "completed") }),
    ];
    let events = start.into_iter().chain(words).chain(end).enumerate();
    let numbered = events.map(|(number, mut event)| {
        event["sequence_number"] = number.into();
        named(&event)
    });
    Said::Events(numbered.collect())
}

fn completion(text: &str) -> Value {
    json!({
        "id": "chatcmpl-1", "object": "chat.completion", "created": 1, "model": "gpt-test",
        "choices": [{ "index": 0, "message": { "role": "assistant", "content": text }, "finish_reason": "stop" }],
        "usage": { "prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2 },
    })
}

fn response(text: &str, status: &str) -> Value {
    json!({
        "id": "resp_1", "object": "response", "created_at": 1, "status": status, "model": "gpt-test",
        "output": [item(text, status)], "parallel_tool_calls": true, "tool_choice": "auto", "tools": [],
        "usage": { "input_tokens": 1, "output_tokens": 1, "total_tokens": 2 },
    })
}

fn item(text: &str, status: &str) -> Value {
    let content = json!([{ "type": "output_text", "text": text, "annotations": [] }]);
    json!({ "type": "message", "id": "msg_1", "status": status, "role": "assistant", "content": content })
}
