"""Google's SDK for Gemini."""

from google import genai
from report import ask_all


def ask(job):
    client = genai.Client(api_key="test", http_options={"base_url": job["url"], "api_version": "v1beta"})
    request = {"model": "gemini-test", "contents": job["prompt"]}
    if job["mode"] == "plain":
        yield client.models.generate_content(**request).text
    else:
        yield from (chunk.text for chunk in client.models.generate_content_stream(**request))


ask_all(ask)
