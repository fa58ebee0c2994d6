"""Mistral's SDK."""

from mistralai.client import Mistral
from report import ask_all


def ask(job):
    client = Mistral(api_key="test", server_url=job["url"])
    request = {"model": "mistral-test", "messages": [{"role": "user", "content": job["prompt"]}]}
    if job["mode"] == "plain":
        yield client.chat.complete(**request).choices[0].message.content
    else:
        yield from (event.data.choices[0].delta.content for event in client.chat.stream(**request))


ask_all(ask)
