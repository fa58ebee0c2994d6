"""Cohere's SDK, the second version of its chat."""

import cohere
from cohere.core.request_options import RequestOptions
from report import ask_all


def ask(job):
    # Retries stay as the SDK has them, unless a job says otherwise: a refusal that is retried must show.
    options = RequestOptions(max_retries=job["retries"]) if "retries" in job else None
    client = cohere.ClientV2(api_key="test", base_url=job["url"])
    request = {
        "model": "command-test", "messages": [{"role": "user", "content": job["prompt"]}], "request_options": options
    }
    if job["mode"] == "plain":
        yield client.chat(**request).message.content[0].text
        return
    for event in client.chat_stream(**request):
        if event.type == "content-delta":
            yield event.delta.message.content.text
        if event.type == "message-end" and event.delta.error:
            yield {"finish_reason": event.delta.finish_reason, "error": event.delta.error}


ask_all(ask)
