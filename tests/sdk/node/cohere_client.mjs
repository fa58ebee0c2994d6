// Cohere's SDK, the second version of its chat.

import { askAll, load } from "./report.mjs";

const { CohereClientV2 } = load("cohere-ai");

await askAll(async function* ({ url, mode, prompt, retries }) {
  const client = new CohereClientV2({ token: "test", environment: url });
  const request = { model: "command-test", messages: [{ role: "user", content: prompt }] };
  // Retries stay as the SDK has them, unless a job says otherwise: a refusal that is retried must show.
  const options = retries === undefined ? {} : { maxRetries: retries };
  if (mode === "plain") yield (await client.chat(request, options)).message.content[0].text;
  else {
    for await (const event of await client.chatStream(request, options)) {
      if (event.type === "content-delta") yield event.delta.message.content.text;
      if (event.type === "message-end" && event.delta.error) {
        yield { finishReason: event.delta.finishReason, error: event.delta.error };
      }
    }
  }
});
