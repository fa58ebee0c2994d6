"""The client of A2A's Python SDK, over JSON-RPC."""

import asyncio

from a2a.client import ClientConfig, ClientFactory
from a2a.types import AgentCapabilities, AgentCard, AgentInterface, Message, Part, Role, SendMessageRequest
from report import answer_all, see_async


async def ask(job):
    interface = AgentInterface(protocol_binding="JSONRPC", url=f"{job['url']}/a2a", protocol_version="1.0")
    card = AgentCard(
        name="test", version="1", supported_interfaces=[interface], capabilities=AgentCapabilities(streaming=True)
    )
    client = ClientFactory(ClientConfig(streaming=job["mode"] == "stream")).create(card)
    message = Message(message_id="1", role=Role.ROLE_USER, parts=[Part(text=job["prompt"])])

    async def pieces():
        async for event in client.send_message(SendMessageRequest(message=message)):
            for said in (event.message, event.artifact_update.artifact):
                for part in said.parts:
                    yield part.text

    return await see_async(pieces())


answer_all(lambda job: asyncio.run(ask(job)))
