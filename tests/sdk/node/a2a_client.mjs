// The client of A2A's JavaScript SDK, over JSON-RPC.

import { askAll, load } from "./report.mjs";

const { ClientFactory } = load("@a2a-js/sdk/client");
const { Role } = load("@a2a-js/sdk");

await askAll(async function* ({ url, mode, prompt }) {
  const interfaces = [{ protocolBinding: "JSONRPC", url: `${url}/a2a`, protocolVersion: "1.0", tenant: "" }];
  const card = { name: "test", version: "1", supportedInterfaces: interfaces, capabilities: { streaming: true, extensions: [] } };
  const client = await new ClientFactory().createFromAgentCard(card);
  const text = { content: { $case: "text", value: prompt }, metadata: undefined, filename: "", mediaType: "" };
  const request = { message: { messageId: "1", role: Role.ROLE_USER, parts: [text] } };
  if (mode === "plain") yield said(await client.sendMessage(request));
  else for await (const { payload } of client.sendMessageStream(request)) yield said(payload.value.artifact);
});

// Messages and artifacts have parts; news of a task may have none.
function said(from) {
  return from?.parts.map((part) => part.content.value).join("");
}
