// Run by `node --test` in this folder, and by `make test`.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { test } from "node:test";

import { decide, fetchWithRetry, parse, parseEvent, POLICY, problemIn, problemOf, retryAfter, shouldRetry } from "./problem.ts";

const TABLE = JSON.parse(readFileSync(new URL("../cases.json", import.meta.url), "utf8"));
const named = (name: string | null) => (name === null ? null : TABLE.problems[name]);

// --- the table that all languages share

test("the policy is the same", () => assert.deepEqual(POLICY, TABLE.policy));

for (const { name, status, headers, body, tries, problem: expected, decision } of TABLE.answers) {
  test(`answer: ${name}`, () => {
    for (const fields of [headers, new Headers(headers)]) {
      const problem = parse({ status, headers: fields, body });
      assert.deepEqual(problem, named(expected));
      const decided = decide(tries, { status, headers: fields }, problem);
      const wait = decision.retry ?? decision.wait;
      assert.deepEqual(decided, { ...(wait === undefined ? {} : { wait }), ...(decision.stop ? { stop: decision.stop } : {}) });
      const refused = ["no_error", "final", "unsafe"].includes(decision.stop);
      assert.equal(shouldRetry({ status, headers: fields }, problem, tries.idempotent), !refused);
    }
  });
}

for (const { name, data, problem } of TABLE.events) {
  test(`event: ${name}`, () => assert.deepEqual(parseEvent(data), named(problem)));
}

// --- what a server might send to confuse a caller

const DOCUMENT = { type: "a:b", status: 503, detail: "busy", retryable: true, retry_after: 2 };

test("a body may be anything", () => {
  const long = JSON.stringify({ ...DOCUMENT, x: "y".repeat(1 << 20) });
  assert.equal(parse({ status: 503, headers: {}, body: long }), null);
  assert.equal(parse({ status: 503, headers: {}, body: `\ufeff${JSON.stringify(DOCUMENT)}` })?.detail, "busy");
  for (const body of ["null", "{}", '{"a":'.repeat(3000), '---\n"a": b\n:\n---\n', "---\r\n---\r\n"]) {
    assert.equal(parse({ status: 503, headers: {}, body }), null);
  }
  assert.equal(({} as Record<string, unknown>)["retryable"], undefined);
});

test("fields may be anything", () => {
  for (const value of ["9".repeat(400), "1e400", "NaN", "-1", "0x10", "Wed, 99 Xxx 2026", "Wed, 18 Nov 9999 11:07:10 GMT"]) {
    const wait = retryAfter({ "Retry-After": value, Date: value });
    assert.ok(wait === undefined || (wait > 0 && wait <= 604_800), value);
  }
});

// --- errors of SDKs

test("a document that the SDK kept whole", () => {
  const headers = new Headers({ "x-should-retry": "true" });
  for (const error of [
    { status: 503, headers, error: { type: "error", error: { message: "busy" }, problem: DOCUMENT } },
    { statusCode: 503, responseHeaders: {}, responseBody: JSON.stringify(DOCUMENT) },
    { code: -32010, message: "busy", data: DOCUMENT },
  ]) {
    assert.equal(problemOf(error)?.retry_after, 2);
  }
});

test("what is left of a document", () => {
  const error = { message: "no", type: "permission_error", code: "prompt_injection" };
  const headers = new Headers({ "x-should-retry": "false" });
  assert.deepEqual(problemOf({ status: 403, headers, error }), {
    type: "about:blank",
    status: 403,
    detail: "no",
    code: "prompt_injection",
    retryable: false,
    extensions: {},
  });
});

test("others have none", () => {
  for (const error of [undefined, null, "x", new Error("x"), { status: 500, headers: {}, error: undefined }]) {
    assert.equal(problemOf(error), null);
  }
});

// --- fetch, against a server that counts

type Answer = { status?: number; headers?: Record<string, string>; body?: string; lost?: true };

/** Gives the number of requests, their bodies, the waits between them, and the last response. */
async function ask(answers: Answer[], init: RequestInit = {}, options = {}) {
  const bodies: string[] = [];
  const waits: number[] = [];
  const listener: RequestListener = async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    const answer = answers[bodies.push(body) - 1] ?? {};
    if (answer.lost) return void request.socket.destroy();
    response.writeHead(answer.status ?? 200, answer.headers);
    response.end(answer.body);
  };
  const server = createServer(listener).listen(0, "127.0.0.1");
  await new Promise((listening) => server.once("listening", listening));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const sleep = async (seconds: number) => void waits.push(seconds);
  try {
    const patient = fetchWithRetry(fetch, { jitter: 0, sleep, ...options });
    const response = await patient(url, init).catch((error: unknown) => error as Error);
    const text = response instanceof Response ? await response.text() : undefined;
    return { bodies, waits, response, text };
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

const busy = { status: 503, headers: { "content-type": "application/json" }, body: JSON.stringify(DOCUMENT) };
const post = { method: "POST", body: "hello" };

test("it is sent again as told, with the same body", async () => {
  const asked = await ask([busy, { status: 429, headers: { "retry-after": "7" } }, { body: "done" }], post);
  assert.deepEqual(asked.bodies, ["hello", "hello", "hello"]);
  assert.deepEqual(asked.waits, [2, 7]);
  assert.equal(asked.text, "done");
});

test("a final verdict is one request, and its body can be read", async () => {
  const document = JSON.stringify({ ...DOCUMENT, retryable: false });
  const asked = await ask([{ ...busy, body: document }], post);
  assert.equal(asked.bodies.length, 1);
  assert.equal(asked.text, document);
});

test("a JSON-RPC error is read under a status of success", async () => {
  const body = JSON.stringify({ jsonrpc: "2.0", id: 1, error: { code: -32010, message: "busy", data: DOCUMENT } });
  const asked = await ask([{ headers: { "x-should-retry": "true" }, body }, { body: "done" }], post);
  assert.equal(asked.bodies.length, 2);
  assert.equal(asked.text, "done");
});

test("a wait that is too long is one request", async () => {
  const asked = await ask([{ status: 503, headers: { "retry-after": "3600" } }]);
  assert.equal(asked.bodies.length, 1);
});

test("attempts end", async () => {
  const asked = await ask([busy, busy, busy, busy]);
  assert.equal(asked.bodies.length, 3);
  assert.equal((asked.response as Response).status, 503);
});

test("a lost answer is asked for again only where that does no harm", async () => {
  assert.equal((await ask([{ lost: true }], post)).bodies.length, 1);
  assert.equal((await ask([{ lost: true }, { body: "done" }], post, { idempotent: true })).text, "done");
  assert.equal((await ask([{ lost: true }, { body: "done" }], { ...post, method: "PUT" })).text, "done");
  const keyed = { ...post, headers: { "Idempotency-Key": "1" } };
  assert.equal((await ask([{ lost: true }, { body: "done" }], keyed)).text, "done");
});

test("a long body is not held up", async () => {
  const body = "x".repeat(3 << 20);
  const asked = await ask([{ status: 503, body }, { status: 400, body }]);
  assert.equal(asked.bodies.length, 2);
  assert.equal(asked.text, body);
});

test("a wait ends when the caller gives up", async () => {
  const caller = new AbortController();
  let requests = 0;
  const busy = async () => {
    requests += 1;
    setTimeout(() => caller.abort());
    return new Response("", { status: 503, headers: { "retry-after": "50" } });
  };
  await assert.rejects(fetchWithRetry(busy)("http://gate.test/", { signal: caller.signal }), { name: "AbortError" });
  assert.equal(requests, 1);
});

test("an answer without an error is left alone", async () => {
  const response = new Response("data: 1\n\n", { headers: { "content-type": "text/event-stream" } });
  assert.equal(await problemIn(response), null);
  assert.equal(await response.text(), "data: 1\n\n");
});
