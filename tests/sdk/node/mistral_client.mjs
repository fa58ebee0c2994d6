// Mistral's SDK.

import { askAll, load } from "./report.mjs";

const { Mistral } = load("@mistralai/mistralai");

await askAll(async function* ({ url, mode, prompt }) {
  const client = new Mistral({ apiKey: "test", serverURL: url });
  const request = { model: "mistral-test", messages: [{ role: "user", content: prompt }] };
  if (mode === "plain") yield (await client.chat.complete(request)).choices[0].message.content;
  else for await (const event of await client.chat.stream(request)) yield event.data.choices[0].delta.content;
});
