"""LiteLLM, by its routes to OpenAI and to Anthropic."""

import os

# Its list of prices comes with it: nothing is to be fetched.
os.environ["LITELLM_LOCAL_MODEL_COST_MAP"] = "True"

import litellm
from report import ask_all

ROUTES = {"chat": ("openai/gpt-test", "/v1"), "messages": ("anthropic/claude-test", "")}


def ask(job):
    model, path = ROUTES[job["api"]]
    stream = job["mode"] == "stream"
    # Retries stay as it has them, unless a job says otherwise: a refusal that is retried must show.
    retries = {"max_retries": job["retries"]} if "retries" in job else {}
    messages = [{"role": "user", "content": job["prompt"]}]
    done = litellm.completion(
        model=model, messages=messages, stream=stream, api_base=job["url"] + path, api_key="test", **retries
    )
    if stream:
        yield from (chunk.choices[0].delta.content for chunk in done)
    else:
        yield done.choices[0].message.content


ask_all(ask)
