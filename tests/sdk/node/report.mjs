// What the scripts here have in common: they read jobs from standard input and print what the user of an SDK sees.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

// The packages lie where set-up put them, not beside these scripts.
export const load = createRequire(`${process.env.LOCKGATE_NPM}/package.json`);

// Whatever of these an exception has is shown: what a program that catches it can look at.
const ATTRIBUTES = [
  "name", "status", "statusCode", "status_code", "code", "type", "param", "errorCode", "error", "body", "responseBody", "data", "details",
  "isRetryable", "requestID",
];

// Prints what came of each job, where `ask` yields the pieces of its text.
export const askAll = (ask) => answerAll((job) => see(ask(job)));

// Prints what `answer` says of each job.
export async function answerAll(answer) {
  const seen = [];
  for (const job of JSON.parse(readFileSync(0, "utf8"))) seen.push(await answer(job));
  await new Promise((written) => process.stdout.write(`${JSON.stringify(seen)}\n`, written));
  // Some SDKs keep connections, and with them the process.
  process.exit(0);
}

// What came, in how many pieces of text, and the exception that ended it, if one did.
export async function see(pieces) {
  const said = [];
  let seen = {};
  try {
    for await (const piece of pieces) if (piece) said.push(piece);
  } catch (error) {
    seen = shown(error);
  }
  const words = said.filter((piece) => typeof piece === "string");
  // What is no text is an event that a program could look at.
  const events = said.filter((piece) => typeof piece !== "string");
  if (events.length > 0) seen.events = events;
  return { text: words.join(""), pieces: words.length, ...seen };
}

function shown(error) {
  const found = ATTRIBUTES.filter((name) => error?.[name] !== undefined).map((name) => [name, error[name]]);
  const seen = { exception: error?.constructor?.name, message: String(error?.message ?? error), ...Object.fromEntries(found) };
  if (error?.cause) seen.cause = String(error.cause?.message ?? error.cause);
  // The last of several tries says why.
  if (error?.lastError) seen.last = shown(error.lastError);
  return seen;
}
