// The client of MCP's TypeScript SDK, over streamable HTTP: a call of a tool, then another in the same session.

import { answerAll, load, see } from "./report.mjs";

const { Client } = load("@modelcontextprotocol/sdk/client/index.js");
const { StreamableHTTPClientTransport } = load("@modelcontextprotocol/sdk/client/streamableHttp.js");

await answerAll(async ({ url, mode, prompt }) => {
  const client = new Client({ name: "test", version: "1" });
  await client.connect(new StreamableHTTPClientTransport(new URL(`${url}/mcp`)));
  async function* call(text) {
    // Where an answer never comes it would wait for a minute.
    const patience = { timeout: 20_000 };
    const done = await client.callTool({ name: "say", arguments: { text, stream: mode === "stream" } }, undefined, patience);
    yield done.content[0].text;
  }
  const seen = { ...(await see(call(prompt))), then: await see(call("And then?")) };
  await client.close();
  return seen;
});
