"""patient.py openai|anthropic|urllib|events URL PROMPT|PATH [BODY [ACCEPT]]

Asks through the helper of errors/clients/python; prints the waits that it took, the requests, and the problem at the end.
"""

import dataclasses
import json
import sys
import urllib.request
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "errors" / "clients" / "python"))
from lockgate_problem import Policy, call_with_retry, parse, parse_event, problem_of  # noqa: E402

client, url, *rest = sys.argv[1:]
seen = {"requests": 0, "waits": [], "answer": None, "problem": None}


def openai(prompt):
    import openai

    messages = [{"role": "user", "content": prompt}]
    sdk = openai.OpenAI(api_key="test", base_url=f"{url}/v1", max_retries=0)
    return lambda: sdk.chat.completions.create(model="test", messages=messages).choices[0].message.content


def anthropic(prompt):
    import anthropic

    messages = [{"role": "user", "content": prompt}]
    sdk = anthropic.Anthropic(api_key="test", base_url=url, max_retries=0)
    return lambda: sdk.messages.create(model="test", max_tokens=9, messages=messages).content[0].text


def plain(path, body, accept):
    fields = {"content-type": "application/json", "accept": accept}
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    def ask():
        with opener.open(urllib.request.Request(url + path, body.encode(), fields)) as answer:
            text = answer.read()
            note(parse(answer.status, answer.headers, text))
            return text.decode()

    return ask


def events(path, body, accept):
    """The data of each event of a stream, the last of which may be a problem."""

    def ask():
        data = [line[6:] for line in plain(path, body, accept)().splitlines() if line.startswith("data: ")]
        note(parse_event(data[-1]))
        return data

    return ask


def note(problem):
    seen["problem"] = problem and dataclasses.asdict(problem)


def counted(call):
    seen["requests"] += 1
    return call()


ask = {"openai": openai, "anthropic": anthropic, "urllib": plain, "events": events}[client](*rest)
try:
    seen["answer"] = call_with_retry(lambda: counted(ask), Policy(jitter=0.0), sleep=seen["waits"].append)
except Exception as error:
    note(problem_of(error))
    seen["exception"] = type(error).__name__
print(json.dumps(seen))
