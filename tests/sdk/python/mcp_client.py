"""The client of MCP's Python SDK, over streamable HTTP: a call of a tool, then another in the same session."""

import asyncio

from mcp import Client
from report import answer_all, see_async


async def ask(job):
    # Where an answer never comes it would wait for ever.
    async with Client(f"{job['url']}/mcp", read_timeout_seconds=20) as client:
        async def call(text):
            done = await client.call_tool("say", {"text": text, "stream": job["mode"] == "stream"})
            yield done.content[0].text

        seen = await see_async(call(job["prompt"]))
        return seen | {"then": await see_async(call("And then?"))}


answer_all(lambda job: asyncio.run(ask(job)))
