//! One body per protocol, as its real clients write it.

use super::{lines, prompts};
use crate::Protocol;

#[test]
fn openai_chat() {
    let found = prompts(
        "/v1/chat/completions",
        r#"{"model": "gpt-x", "stream": true, "messages": [
            {"role": "developer", "content": "Be brief."},
            {"role": "user", "content": [{"type": "text", "text": "Weather?"},
                {"type": "image_url", "image_url": {"url": "https://example.com/a.png"}}]},
            {"role": "assistant", "content": null, "tool_calls": [{"id": "call_1", "type": "function",
                "function": {"name": "get_weather", "arguments": "{\"city\": \"Ulm\"}"}}]},
            {"role": "tool", "tool_call_id": "call_1", "content": "Rain."},
            {"role": "assistant", "content": "", "refusal": "I will not."}],
          "tools": [{"type": "function", "function": {"name": "get_weather", "description": "Get the weather.",
            "parameters": {"type": "object", "properties": {"city": {"type": "string", "description": "The city."}}}}}]}"#,
    );
    insta::assert_snapshot!(lines(&found), @r#"
    openai_chat Some("gpt-x") stream=true
    developer /messages/0/content Be brief.
    user /messages/1/content/0/text Weather?
    unknown /messages/1/content/1/image_url/url https://example.com/a.png
    assistant /messages/2/tool_calls/0/function/arguments {"city": "Ulm"}
    tool /messages/3/content Rain.
    assistant /messages/4/refusal I will not.
    tool_definition /tools/0/function/description Get the weather.
    tool_definition /tools/0/function/parameters/properties/city/description The city.
    "#);
}

#[test]
fn openai_responses() {
    let found = prompts(
        "/v1/responses",
        r#"{"model": "gpt-x", "instructions": "Be brief.", "input": [
            {"role": "user", "content": [{"type": "input_text", "text": "Hello"}]},
            {"type": "function_call", "call_id": "c1", "name": "f", "arguments": "{\"a\": 1}"},
            {"type": "function_call_output", "call_id": "c1", "output": "Ignored?"},
            {"type": "reasoning", "summary": [{"type": "summary_text", "text": "I think."}]},
            {"type": "message", "role": "assistant", "content": [{"type": "output_text", "text": "Hi"}]}],
          "tools": [{"type": "function", "name": "f", "description": "Does a thing.", "parameters": {}}]}"#,
    );
    insta::assert_snapshot!(lines(&found), @r#"
    openai_responses Some("gpt-x") stream=false
    system /instructions Be brief.
    user /input/0/content/0/text Hello
    assistant /input/1/arguments {"a": 1}
    tool /input/2/output Ignored?
    assistant /input/3/summary/0/text I think.
    assistant /input/4/content/0/text Hi
    tool_definition /tools/0/description Does a thing.
    "#);
    let found = prompts("/openai/v1/responses", r#"{"model": "gpt-x", "input": "Hello"}"#);
    insta::assert_snapshot!(lines(&found), @r#"
    openai_responses Some("gpt-x") stream=false
    user /input Hello
    "#);
}

#[test]
fn openai_completions_and_embeddings() {
    let found = prompts(
        "/v1/completions",
        r#"{"model": "m", "prompt": ["Once", "Twice"], "suffix": "end"}"#,
    );
    insta::assert_snapshot!(lines(&found), @r#"
    openai_completions Some("m") stream=false
    user /prompt/0 Once
    user /prompt/1 Twice
    user /suffix end
    "#);
    let found = prompts(
        "/v1/embeddings",
        r#"{"model": "m", "input": ["one text", "two"], "encoding_format": "base64"}"#,
    );
    insta::assert_snapshot!(lines(&found), @r#"
    openai_embeddings Some("m") stream=false
    user /input/0 one text
    user /input/1 two
    "#);
}

#[test]
fn anthropic() {
    let found = prompts(
        "/anthropic/v1/messages",
        r#"{"model": "claude-x", "max_tokens": 10, "system": [{"type": "text", "text": "Be kind."}], "messages": [
            {"role": "user", "content": [{"type": "text", "text": "Read this."},
                {"type": "document", "title": "A title", "source": {"type": "text", "media_type": "text/plain", "data": "The document."}},
                {"type": "document", "source": {"type": "content", "content": [{"type": "text", "text": "Second document."}]}}]},
            {"role": "assistant", "content": [{"type": "thinking", "thinking": "Hm."},
                {"type": "tool_use", "id": "t1", "name": "fetch", "input": {"url": "https://example.com"}}]},
            {"role": "user", "content": [{"type": "tool_result", "tool_use_id": "t1",
                "content": [{"type": "text", "text": "A page."},
                    {"type": "search_result", "title": "Found it", "source": "https://example.org", "content": [{"type": "text", "text": "Result."}]}]}]}],
          "tools": [{"name": "fetch", "description": "Fetches a page.", "input_schema": {"type": "object"}}]}"#,
    );
    insta::assert_snapshot!(lines(&found), @r#"
    anthropic Some("claude-x") stream=false
    system /system/0/text Be kind.
    user /messages/0/content/0/text Read this.
    document /messages/0/content/1/title A title
    document /messages/0/content/1/source/data The document.
    document /messages/0/content/2/source/content/0/text Second document.
    assistant /messages/1/content/0/thinking Hm.
    assistant /messages/1/content/1/input/url https://example.com
    tool /messages/2/content/0/content/0/text A page.
    tool /messages/2/content/0/content/1/title Found it
    tool /messages/2/content/0/content/1/source https://example.org
    tool /messages/2/content/0/content/1/content/0/text Result.
    tool_definition /tools/0/description Fetches a page.
    "#);
}

#[test]
fn gemini() {
    let found = prompts(
        "/v1beta/models/gemini-x:streamGenerateContent?alt=sse",
        r#"{"systemInstruction": {"parts": [{"text": "Be kind."}]}, "contents": [
            {"role": "user", "parts": [{"text": "Hello"}, {"inlineData": {"mimeType": "image/png", "data": "AAAA"}}]},
            {"role": "model", "parts": [{"functionCall": {"name": "look", "args": {"where": "over there"}}}]},
            {"role": "user", "parts": [{"functionResponse": {"name": "look", "response": {"seen": "A lake."}}}]}],
          "tools": [{"functionDeclarations": [{"name": "look", "description": "Looks around."}]}]}"#,
    );
    insta::assert_snapshot!(lines(&found), @r#"
    gemini Some("gemini-x") stream=true
    system /systemInstruction/parts/0/text Be kind.
    user /contents/0/parts/0/text Hello
    assistant /contents/1/parts/0/functionCall/args/where over there
    tool /contents/2/parts/0/functionResponse/response/seen A lake.
    tool_definition /tools/0/functionDeclarations/0/description Looks around.
    "#);
    let found = prompts(
        "/",
        r#"{"contents": {"parts": {"text": "one"}}, "system_instruction": "sys"}"#,
    );
    insta::assert_snapshot!(lines(&found), @r"
    gemini None stream=false
    user /contents/parts/text one
    system /system_instruction sys
    ");
}

#[test]
fn ollama() {
    let found = prompts(
        "/api/chat",
        r#"{"model": "m", "messages": [{"role": "user", "content": "Hello", "images": ["AAAA"]},
            {"role": "assistant", "content": "", "tool_calls": [{"function": {"name": "f", "arguments": {"a": "some value"}}}]},
            {"role": "tool", "tool_name": "f", "content": "Out."}]}"#,
    );
    insta::assert_snapshot!(lines(&found), @r#"
    ollama Some("m") stream=true
    user /messages/0/content Hello
    assistant /messages/1/tool_calls/0/function/arguments/a some value
    tool /messages/2/content Out.
    "#);
    let found = prompts(
        "/api/generate",
        r#"{"model": "m", "system": "Be kind.", "template": "{{ .Prompt }}", "prompt": "Hello", "stream": false}"#,
    );
    insta::assert_snapshot!(lines(&found), @r#"
    ollama Some("m") stream=false
    system /system Be kind.
    system /template {{ .Prompt }}
    user /prompt Hello
    "#);
}

#[test]
fn cohere() {
    let found = prompts(
        "/v2/chat",
        r#"{"model": "command", "stream": false, "messages": [{"role": "system", "content": "Be kind."},
            {"role": "user", "content": [{"type": "text", "text": "Hello"}]},
            {"role": "assistant", "tool_plan": "I will look.", "tool_calls": []},
            {"role": "tool", "content": [{"type": "document", "document": {"data": "{\"seen\": \"lake\"}"}}]}],
          "documents": ["Plain document.", {"id": "d1", "data": {"text": "Another document."}}]}"#,
    );
    insta::assert_snapshot!(lines(&found), @r#"
    cohere Some("command") stream=false
    system /messages/0/content Be kind.
    user /messages/1/content/0/text Hello
    assistant /messages/2/tool_plan I will look.
    tool /messages/3/content/0/document/data {"seen": "lake"}
    document /documents/0 Plain document.
    document /documents/1/data/text Another document.
    "#);
    let found = prompts(
        "/v1/chat",
        r#"{"message": "Hello", "chat_history": [{"role": "CHATBOT", "message": "Hi"}], "preamble": "Be kind."}"#,
    );
    insta::assert_snapshot!(lines(&found), @r"
    cohere None stream=false
    user /message Hello
    assistant /chat_history/0/message Hi
    system /preamble Be kind.
    ");
}

#[test]
fn unknown_shapes() {
    let found = prompts(
        "/ask",
        r#"{"session": "0b5ac1f2-0000-4000-8000-000000000000", "question": "Hi", "system": "Trust me, please.", "top": 3,
            "messages": ["one", {"text": "two"}], "filters": {"lang": "en"}}"#,
    );
    insta::assert_snapshot!(lines(&found), @r"
    unknown_json None stream=false
    unknown /session 0b5ac1f2-0000-4000-8000-000000000000
    user /question Hi
    unknown /system Trust me, please.
    user /messages/0 one
    user /messages/1/text two
    ");
    let found = prompts(
        "/mcp",
        r#"{"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "f", "arguments": {"text": "Hi"}}}"#,
    );
    insta::assert_snapshot!(lines(&found), @r"
    mcp_json_rpc None stream=false
    user /params/arguments/text Hi
    ");
}

#[test]
fn batches_and_lines() {
    let found = prompts(
        "/",
        r#"[{"x": 1}, {"model": "m", "prompt": "one"}, {"model": "n", "prompt": "two"}]"#,
    );
    insta::assert_snapshot!(lines(&found), @r#"
    openai_completions Some("m") stream=false
    user /1/prompt one
    user /2/prompt two
    "#);
    let body = b"{\"model\": \"m\", \"prompt\": \"one\"}\n{\"model\": \"m\", \"prompt\": \"two\"}\n";
    let found = super::from("/", Some("application/x-ndjson"), body).unwrap();
    assert_eq!(found.segments.len(), 2);
}

#[test]
fn shapes_without_a_telling_path() {
    let protocol = |body: &str| prompts("/", body).protocol;
    let message = r#""messages": [{"role": "user", "content": "x"}]"#;
    assert_eq!(protocol(&format!("{{{message}}}")), Protocol::OpenAiChat);
    assert_eq!(
        protocol(&format!("{{{message}, \"system\": \"s\"}}")),
        Protocol::Anthropic
    );
    assert_eq!(
        protocol(&format!("{{{message}, \"options\": {{}}}}")),
        Protocol::Ollama
    );
    assert_eq!(
        protocol(&format!("{{{message}, \"safety_mode\": \"OFF\"}}")),
        Protocol::Cohere
    );
    assert_eq!(
        protocol(r#"{"input": [{"role": "user", "content": "x"}]}"#),
        Protocol::OpenAiResponses
    );
    assert_eq!(
        protocol(r#"{"model": "m", "input": ["x"]}"#),
        Protocol::OpenAiEmbeddings
    );
    assert_eq!(
        protocol(r#"{"model": "m", "prompt": "x", "keep_alive": 5}"#),
        Protocol::Ollama
    );
    assert_eq!(
        protocol(r#"{"model": "m", "query": "x", "documents": ["a"]}"#),
        Protocol::Cohere
    );
    for body in [
        r#"{"messages": ["x"]}"#,
        r#"{"input": "x"}"#,
        r#"{"prompt": "x"}"#,
        "{}",
        "[]",
        "3",
    ] {
        assert_eq!(protocol(body), Protocol::UnknownJson, "{body}");
    }
}
