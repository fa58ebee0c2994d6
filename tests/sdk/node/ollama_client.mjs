// Ollama's SDK.

import { askAll, load } from "./report.mjs";

const { Ollama } = load("ollama");

await askAll(async function* ({ url, mode, prompt }) {
  const client = new Ollama({ host: url });
  const stream = mode === "stream";
  const done = await client.chat({ model: "llama-test", messages: [{ role: "user", content: prompt }], stream });
  if (!stream) yield done.message.content;
  else for await (const part of done) yield part.message.content;
});
