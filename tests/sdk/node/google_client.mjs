// Google's SDK for Gemini.

import { askAll, load } from "./report.mjs";

const { GoogleGenAI } = load("@google/genai");

await askAll(async function* ({ url, mode, prompt }) {
  const { models } = new GoogleGenAI({ apiKey: "test", httpOptions: { baseUrl: url } });
  const request = { model: "gemini-test", contents: prompt };
  if (mode === "plain") yield (await models.generateContent(request)).text;
  else for await (const chunk of await models.generateContentStream(request)) yield chunk.text;
});
