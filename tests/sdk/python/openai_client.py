"""OpenAI's SDK, of the generation that PYTHONPATH has."""

import openai
from report import ask_all


def ask(job):
    # Retries stay as the SDK has them, unless a job says otherwise: a refusal that is retried must show.
    retries = {"max_retries": job["retries"]} if "retries" in job else {}
    client = openai.OpenAI(api_key="test", base_url=f"{job['url']}/v1", **retries)
    yield from {"chat": chat, "responses": responses}[job["api"]](client, job["prompt"], job["mode"] == "stream")


def chat(client, prompt, stream):
    messages = [{"role": "user", "content": prompt}]
    done = client.chat.completions.create(model="gpt-test", messages=messages, stream=stream)
    if stream:
        yield from (chunk.choices[0].delta.content for chunk in done)
    else:
        yield done.choices[0].message.content


def responses(client, prompt, stream):
    done = client.responses.create(model="gpt-test", input=prompt, stream=stream)
    if stream:
        yield from (event.delta for event in done if event.type == "response.output_text.delta")
    else:
        yield done.output_text


ask_all(ask)
