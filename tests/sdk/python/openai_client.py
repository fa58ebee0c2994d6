"""openai_client.py URL chat|responses plain|stream PROMPT"""

import sys

import openai
from report import Count, report

url, api, mode, prompt = sys.argv[1:]
count = Count()
# Retries stay as the SDK has them: a refusal that is retried must show.
client = openai.OpenAI(
    api_key="test", base_url=f"{url}/v1", http_client=openai.DefaultHttpxClient(event_hooks=count.hooks())
)


def chat():
    messages = [{"role": "user", "content": prompt}]
    done = client.chat.completions.create(model="gpt-test", messages=messages, stream=mode == "stream")
    if mode == "plain":
        return done.choices[0].message.content, 1
    return joined(chunk.choices[0].delta.content for chunk in done)


def responses():
    done = client.responses.create(model="gpt-test", input=prompt, stream=mode == "stream")
    if mode == "plain":
        return done.output_text, 1
    return joined(event.delta for event in done if event.type == "response.output_text.delta")


def joined(pieces):
    pieces = [piece for piece in pieces if piece]
    return "".join(pieces), len(pieces)


report(count, openai.OpenAIError, {"chat": chat, "responses": responses}[api])
