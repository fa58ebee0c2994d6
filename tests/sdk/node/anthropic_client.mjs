// Anthropic's SDK.

import { askAll, load } from "./report.mjs";

const { Anthropic } = load("@anthropic-ai/sdk");

await askAll(async function* ({ url, mode, prompt, retries }) {
  // Retries stay as the SDK has them, unless a job says otherwise: a refusal that is retried must show.
  const client = new Anthropic({ apiKey: "test", baseURL: url, maxRetries: retries });
  const stream = mode === "stream";
  const messages = [{ role: "user", content: prompt }];
  const done = await client.messages.create({ model: "claude-test", max_tokens: 100, messages, stream });
  if (!stream) yield done.content[0].text;
  else for await (const event of done) if (event.type === "content_block_delta") yield event.delta.text;
});
