"""Ollama's SDK."""

import ollama
from report import ask_all


def ask(job):
    stream = job["mode"] == "stream"
    messages = [{"role": "user", "content": job["prompt"]}]
    done = ollama.Client(host=job["url"]).chat(model="llama-test", messages=messages, stream=stream)
    if stream:
        yield from (part.message.content for part in done)
    else:
        yield done.message.content


ask_all(ask)
