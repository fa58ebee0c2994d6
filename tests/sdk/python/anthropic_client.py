"""Anthropic's SDK."""

import anthropic
from report import ask_all


def ask(job):
    # Retries stay as the SDK has them, unless a job says otherwise: a refusal that is retried must show.
    retries = {"max_retries": job["retries"]} if "retries" in job else {}
    client = anthropic.Anthropic(api_key="test", base_url=job["url"], **retries)
    request = {"model": "claude-test", "max_tokens": 100, "messages": [{"role": "user", "content": job["prompt"]}]}
    if job["mode"] == "plain":
        yield client.messages.create(**request).content[0].text
        return
    with client.messages.stream(**request) as stream:
        yield from stream.text_stream


ask_all(ask)
