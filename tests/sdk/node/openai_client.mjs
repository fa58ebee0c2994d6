// openai_client.mjs openai6|openai7 URL chat|responses plain|stream PROMPT
// Prints what the user of the SDK sees, as JSON.

import { createRequire } from "node:module";

const [sdk, url, api, mode, prompt] = process.argv.slice(2);
const OpenAI = createRequire(`${process.env.LOCKGATE_NPM}/package.json`)(sdk);

let requests = 0;
const counting = (...call) => {
  requests += 1;
  return fetch(...call);
};
// Retries stay as the SDK has them: a refusal that is retried must show.
const client = new OpenAI({ apiKey: "test", baseURL: `${url}/v1`, fetch: counting });
const stream = mode === "stream";

async function chat() {
  const done = await client.chat.completions.create({
    model: "gpt-test",
    messages: [{ role: "user", content: prompt }],
    stream,
  });
  return stream ? joined(done, (chunk) => chunk.choices[0].delta.content) : [done.choices[0].message.content, 1];
}

async function responses() {
  const done = await client.responses.create({ model: "gpt-test", input: prompt, stream });
  const delta = (event) => (event.type === "response.output_text.delta" ? event.delta : "");
  return stream ? joined(done, delta) : [done.output_text, 1];
}

async function joined(events, piece) {
  const pieces = [];
  for await (const event of events) pieces.push(piece(event));
  const said = pieces.filter(Boolean);
  return [said.join(""), said.length];
}

let seen;
try {
  const [text, pieces] = await { chat, responses }[api]();
  seen = { text, pieces };
} catch (error) {
  const { message, status, code, type } = error;
  seen = { exception: error.constructor.name, message, status, code, type, body: error.error, request_id: error.requestID };
}
console.log(JSON.stringify({ ...seen, requests }));
