"""anthropic_client.py URL messages plain|stream PROMPT"""

import sys

import anthropic
from report import Count, report

url, _api, mode, prompt = sys.argv[1:]
count = Count()
# Retries stay as the SDK has them: a refusal that is retried must show.
client = anthropic.Anthropic(
    api_key="test", base_url=url, http_client=anthropic.DefaultHttpxClient(event_hooks=count.hooks())
)
request = {"model": "claude-test", "max_tokens": 100, "messages": [{"role": "user", "content": prompt}]}


def messages():
    if mode == "plain":
        return client.messages.create(**request).content[0].text, 1
    with client.messages.stream(**request) as stream:
        pieces = list(stream.text_stream)
    return "".join(pieces), len(pieces)


report(count, anthropic.AnthropicError, messages)
