// patient.mjs openai6|openai7|fetch|events URL PROMPT|PATH [BODY [ACCEPT]]
//
// Asks through the helper of errors/clients/typescript; prints the waits that it took, the requests, and the problem at
// the end.

import { createRequire } from "node:module";
import { join } from "node:path";

import { fetchWithRetry, parseEvent, problemIn, problemOf } from "../../../errors/clients/typescript/problem.ts";

const [client, url, ...rest] = process.argv.slice(2);
const seen = { requests: 0, waits: [], answer: null, problem: null };

const counted = (request) => {
  seen.requests += 1;
  return fetch(request);
};
const patient = fetchWithRetry(counted, { jitter: 0, sleep: async (seconds) => void seen.waits.push(seconds) });

async function plain(path, body, accept) {
  const headers = { "content-type": "application/json", accept };
  const response = await patient(url + path, { method: "POST", headers, body });
  seen.problem = await problemIn(response);
  return response.text();
}

// The data of each event of a stream, the last of which may be a problem.
async function events(...request) {
  const lines = (await plain(...request)).split("\n").filter((line) => line.startsWith("data: "));
  const data = lines.map((line) => line.slice(6));
  seen.problem = parseEvent(data.at(-1));
  return data;
}

async function openai(prompt) {
  const require = createRequire(join(process.env.LOCKGATE_NPM, "package.json"));
  const { OpenAI } = require(client);
  const sdk = new OpenAI({ apiKey: "test", baseURL: `${url}/v1`, fetch: patient, maxRetries: 0 });
  const messages = [{ role: "user", content: prompt }];
  return (await sdk.chat.completions.create({ model: "test", messages })).choices[0].message.content;
}

try {
  seen.answer = await ({ fetch: plain, events }[client] ?? openai)(...rest);
} catch (error) {
  seen.problem = problemOf(error);
  seen.exception = error.constructor.name;
}
console.log(JSON.stringify(seen));
