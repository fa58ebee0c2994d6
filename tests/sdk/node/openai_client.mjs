// OpenAI's SDK: openai_client.mjs openai6|openai7

import { askAll, load } from "./report.mjs";

const OpenAI = load(process.argv[2]);

await askAll(async function* ({ url, api, mode, prompt, retries }) {
  // Retries stay as the SDK has them, unless a job says otherwise: a refusal that is retried must show.
  const client = new OpenAI({ apiKey: "test", baseURL: `${url}/v1`, maxRetries: retries });
  yield* { chat, responses }[api](client, prompt, mode === "stream");
});

async function* chat(client, prompt, stream) {
  const messages = [{ role: "user", content: prompt }];
  const done = await client.chat.completions.create({ model: "gpt-test", messages, stream });
  if (!stream) yield done.choices[0].message.content;
  else for await (const chunk of done) yield chunk.choices[0].delta.content;
}

async function* responses(client, prompt, stream) {
  const done = await client.responses.create({ model: "gpt-test", input: prompt, stream });
  if (!stream) yield done.output_text;
  else for await (const event of done) if (event.type === "response.output_text.delta") yield event.delta;
}
