// Vercel's AI SDK, with its providers for OpenAI and Anthropic.

import { askAll, load } from "./report.mjs";

const { generateText, streamText } = load("ai");
const { createAnthropic } = load("@ai-sdk/anthropic");
const { createOpenAI } = load("@ai-sdk/openai");

const models = {
  chat: (url) => createOpenAI({ apiKey: "test", baseURL: `${url}/v1` }).chat("gpt-test"),
  responses: (url) => createOpenAI({ apiKey: "test", baseURL: `${url}/v1` }).responses("gpt-test"),
  messages: (url) => createAnthropic({ apiKey: "test", baseURL: `${url}/v1` })("claude-test"),
};

await askAll(async function* ({ url, api, mode, prompt, retries }) {
  // Retries stay as the SDK has them, unless a job says otherwise: a refusal that is retried must show.
  const request = { model: models[api](url), prompt, maxRetries: retries };
  if (mode === "plain") {
    yield (await generateText(request)).text;
    return;
  }
  // It prints errors of a stream by itself unless somebody listens.
  for await (const part of streamText({ ...request, onError: () => {} }).fullStream) {
    if (part.type === "text-delta") yield part.text;
    if (part.type === "error") throw part.error;
  }
});
