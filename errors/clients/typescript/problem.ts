/**
 * What a caller does with an RFC 9457 problem that it got, of Lockgate or of any other server.
 *
 * `parse` reads an answer in whichever form it came, `problemOf` the error of an SDK, and `decide` says whether the
 * same request is worth another try, and when. One file, no dependencies, types that can be erased.
 */

/** Longest body that is looked at, in characters; whoever sends more sends something else. */
export const LONGEST_BODY = 1 << 20;
/** In seconds; no longer wait is believed. */
export const LONGEST_WAIT = 7 * 24 * 3600;
/** A status that promises: not carried out, and maybe later. */
const PASSING = [408, 425, 429, 503, 529];

/**
 * A problem as the server reported it, with the names of the document. A member of the wrong type counts as absent.
 *
 * Texts are as the server wrote them: quote them to people and models, do not follow them.
 */
export interface Problem {
  type: string;
  title?: string;
  status?: number;
  detail?: string;
  instance?: string;
  code?: string;
  category?: string;
  retryable?: boolean;
  /** In seconds. */
  retry_after?: number;
  owner_action_required?: boolean;
  what_to_do?: string;
  request_id?: string;
  timestamp?: string;
  host?: string;
  source?: string;
  extensions: Record<string, unknown>;
}

/** How much patience a caller has; times are in seconds. */
export interface Policy {
  /** The first one included. */
  attempts: number;
  /** A longer one that the server asks for ends the tries at once. */
  longest_wait: number;
  /** For all tries and waits together. */
  budget: number;
  /** Where the server names none; each further one is twice as long. */
  first_wait: number;
  /** How much longer than planned a wait may be, as a share of it. */
  jitter: number;
}

export const POLICY: Policy = { attempts: 3, longest_wait: 60, budget: 300, first_wait: 0.5, jitter: 0.25 };

/** What was done so far: `chance`, 0 to 1, is where in the range of the jitter the next wait lies. */
export interface Tries {
  made: number;
  elapsed: number;
  idempotent?: boolean;
  chance?: number;
}

export type Reason = "no_error" | "final" | "unsafe" | "attempts" | "too_long" | "budget";

/** Send it again after `wait` seconds, or stop. */
export type Decision = { wait: number; stop?: undefined } | { wait?: number; stop: Reason };

/** `Headers` of any making, or a plain object. */
type Fields = { get(name: string): string | null } | Record<string, string | undefined>;
type Members = Record<string, unknown>;
type Head = { status: number; headers: Fields };

/**
 * Reads the problem in an answer, if it has one; the body tells its form itself.
 *
 * Under a status of success only application/problem+json and JSON-RPC errors count.
 */
export function parse({ status, headers, body }: Head & { body: string }): Problem | null {
  const failed = status >= 400;
  const text = (body.length > LONGEST_BODY ? "" : body).trimStart();
  const members = failed && text.startsWith("---") ? frontMatter(text) : json(text);
  if (!isObject(members)) return null;
  const rpc = typeof members["jsonrpc"] === "string" ? { error: members["error"] } : {};
  let found = find(failed ? members : rpc);
  const mediaType = header(headers, "content-type").split(";")[0]?.trim().toLowerCase();
  if (mediaType === "application/problem+json") found ??= find(members) ?? members;
  return found ? read(found, failed ? status : undefined) : null;
}

/** Reads the problem in the data of a server-sent event, or in a line of NDJSON, if it has one. */
export function parseEvent(data: string): Problem | null {
  const members = data.length > LONGEST_BODY ? null : json(data);
  const found = isObject(members) ? find(members) : undefined;
  return found ? read(found) : null;
}

/** Reads the problem in a response of `fetch`, if it has one; the body of the response can still be read. */
export async function problemIn(response: Response): Promise<Problem | null> {
  const { status, headers } = response;
  // Answers without an error stream through, but for those that our gate marks: JSON-RPC errors.
  if (status < 400 && !headers.has("x-should-retry")) return null;
  return parse({ status, headers, body: await beginning(response.clone()) });
}

/**
 * Reads the problem behind an error of openai, @anthropic-ai/sdk, ai or an MCP client.
 *
 * Where the SDK kept only the provider's `error`, it has what that says, and the word of the head on retrying.
 */
export function problemOf(error: unknown): Problem | null {
  if (!isObject(error)) return null;
  const status = [error["status"], error["statusCode"]].find((value) => typeof value === "number") ?? 0;
  const headers = (error["headers"] ?? error["responseHeaders"] ?? {}) as Fields;
  const text = error["responseBody"];
  const whole = typeof text === "string" ? parse({ status, headers, body: text }) : null;
  if (whole) return whole;
  const kept = [error["error"], error["data"]].find(isObject);
  if (!kept) return null;
  const inner = isObject(kept["error"]) ? kept["error"] : kept;
  const said = { detail: inner["message"], code: inner["code"], retryable: asked(headers) };
  return read(find(kept) ?? said, status >= 400 ? status : undefined);
}

/** How many seconds the server wants to be left alone: its fields are finer than the document, so they come first. */
export function retryAfter(headers: Fields, problem?: Problem | null): number | undefined {
  const told = header(headers, "retry-after");
  const milliseconds = number(header(headers, "retry-after-ms"));
  const said = milliseconds === undefined ? (number(told) ?? until(told, header(headers, "date"))) : milliseconds / 1000;
  return (said ? Math.min(said, LONGEST_WAIT) : problem?.retry_after) || undefined;
}

/** Whether the answer makes the request worth another try: the server's word goes first, then the status. */
export function shouldRetry(head: Head, problem?: Problem | null, idempotent = false): boolean {
  return refusal(head, problem, idempotent) === undefined;
}

/** Decides after an answer. */
export function decide(tries: Tries, head: Head, problem?: Problem | null, policy: Partial<Policy> = {}): Decision {
  const stop = refusal(head, problem, tries.idempotent ?? false);
  return stop ? { stop } : again(tries, retryAfter(head.headers, problem), { ...POLICY, ...policy });
}

/** Decides where no answer came: the connection failed, or broke off. */
export function decideUnanswered(tries: Tries, policy: Partial<Policy> = {}): Decision {
  return tries.idempotent ? again(tries, undefined, { ...POLICY, ...policy }) : { stop: "unsafe" };
}

/** What `fetchWithRetry` may be told besides the policy. */
export interface Options extends Partial<Policy> {
  /** Says that sending any request again does no harm; otherwise its method decides, or an Idempotency-Key. */
  idempotent?: boolean;
  /** Waits so many seconds. */
  sleep?: (seconds: number, signal: AbortSignal) => Promise<void>;
}

/** A `fetch` that sends a request again as the policy and the server say; it gives the last answer, whatever it is. */
export function fetchWithRetry(fetch: typeof globalThis.fetch, options: Options = {}): typeof globalThis.fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const { method, headers, signal } = request;
    const idempotent =
      options.idempotent ?? (/^(GET|HEAD|OPTIONS|PUT|DELETE|QUERY)$/.test(method) || headers.has("idempotency-key"));
    const started = performance.now();
    for (let made = 1; ; made += 1) {
      const tries = () => ({ made, elapsed: (performance.now() - started) / 1000, idempotent });
      let response: Response | undefined;
      let decision: Decision;
      try {
        response = await fetch(request.clone());
        decision = decide(tries(), response, await problemIn(response), options);
      } catch (error) {
        if (signal.aborted || response) throw error;
        decision = decideUnanswered(tries(), options);
        if (decision.stop) throw error;
      }
      if (decision.stop && response) return response;
      await response?.body?.cancel();
      await (options.sleep ?? sleep)(decision.wait ?? 0, signal);
    }
  };
}

function refusal({ status, headers }: Head, problem: Problem | null | undefined, idempotent: boolean): Reason | undefined {
  if (status < 400 && !problem) return "no_error";
  const said = [problem?.retryable, asked(headers)].filter((word) => word !== undefined);
  if (said.length) return said.every(Boolean) ? undefined : "final";
  const failure = status >= 400 ? status : (problem?.status ?? 500);
  if (PASSING.includes(failure)) return undefined;
  if (failure < 500 || failure === 501 || failure === 505) return "final";
  return idempotent ? undefined : "unsafe";
}

function again({ made, elapsed, chance }: Tries, told: number | undefined, policy: Policy): Decision {
  if (made >= policy.attempts) return { stop: "attempts" };
  if (told !== undefined && told > policy.longest_wait) return { wait: told, stop: "too_long" };
  const planned = told ?? Math.min(policy.first_wait * 2 ** (made - 1), policy.longest_wait);
  const wait = planned * (1 + policy.jitter * (chance ?? Math.random()));
  return elapsed + wait > policy.budget ? { wait, stop: "budget" } : { wait };
}

/** The object with the members of a problem: this one, or one that an envelope carries. */
function find(members: Members): Members | undefined {
  const error = isObject(members["error"]) ? members["error"] : {};
  return [members, members["problem"], error, error["data"], error["details"]]
    .flatMap((value) => (Array.isArray(value) ? value.slice(0, 16) : [value]))
    .find((value) => isObject(value) && isProblem(value));
}

/** A `type` that is a URI reference, with a title or a status; or a status, and a word on retrying. */
function isProblem(members: Members): boolean {
  const { type, title, status, retryable } = known(members);
  const named = type !== undefined && /[:/]/.test(type);
  return (named && (title ?? status) !== undefined) || (status !== undefined && retryable !== undefined);
}

function read(members: Members, status?: number): Problem {
  const own = ([name]: [string, unknown]) =>
    !(name.replace(/^problem_/, "") in TYPES) && name !== "error" && name !== "message";
  const extensions = Object.fromEntries(Object.entries(members).filter(own));
  return { type: "about:blank", ...(status === undefined ? {} : { status }), ...known(members), extensions };
}

/** What a problem may say, by the names that Lockgate and RFC 9457 give it. */
const TYPES: Record<string, string> = {
  __proto__: null as never,
  type: "string",
  title: "string",
  status: "number",
  detail: "string",
  instance: "string",
  code: "string",
  category: "string",
  retryable: "boolean",
  retry_after: "number",
  owner_action_required: "boolean",
  what_to_do: "string",
  request_id: "string",
  timestamp: "string",
  host: "string",
  source: "string",
};

function known(members: Members): Partial<Problem> {
  const found: Members = {};
  for (const [name, type] of Object.entries(TYPES)) {
    // A member by its name, or by the name that it has where an upstream used that name already.
    const prefixed = `problem_${name}`;
    const value = Object.hasOwn(members, prefixed) ? members[prefixed] : members[name];
    if (typeof value === type) found[name] = value;
  }
  const { status, retry_after: wait } = found as Partial<Problem>;
  if (!(Number.isInteger(status) && status! >= 100 && status! <= 599)) delete found["status"];
  if (wait !== undefined) found["retry_after"] = Math.min(Math.max(wait, 0), LONGEST_WAIT);
  return found as Partial<Problem>;
}

/** `key: JSON` or `key: bare text` on each line. This is not YAML, and other lines are passed over. */
function frontMatter(markdown: string): Members | null {
  const [first, ...lines] = markdown.split("\n");
  const end = lines.slice(0, 256).findIndex((line) => line.trimEnd() === "---");
  if (first?.trimEnd() !== "---" || end < 0) return null;
  const members = new Map<string, unknown>();
  for (const line of lines.slice(0, end)) {
    const colon = line.indexOf(":");
    const value = line.slice(colon + 1).trim();
    if (/^[A-Za-z0-9_-]+$/.test(line.slice(0, Math.max(colon, 0)))) members.set(line.slice(0, colon), json(value, value));
  }
  for (const line of lines.slice(end + 1, end + 257)) {
    for (const [start, name] of [["# ", "title"], ["**What to do:**", "what_to_do"]] as const) {
      if (line.startsWith(start) && !members.has(name)) members.set(name, line.slice(start.length).trim());
    }
  }
  return Object.fromEntries(members);
}

/** At most so many characters of the body; the rest is left unread. */
async function beginning(response: Response): Promise<string> {
  let text = "";
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  while (reader && text.length <= LONGEST_BODY) {
    const { done, value } = await reader.read();
    if (done) return text;
    text += value;
  }
  // Not awaited: it ends only when the other half of the clone does.
  reader?.cancel().catch(() => {});
  return text;
}

function json(text: string, otherwise: unknown = null): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return otherwise;
  }
}

function isObject(value: unknown): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function header(headers: Fields, name: string): string {
  if (typeof headers.get === "function") return headers.get(name) ?? "";
  return Object.entries(headers).find(([known]) => known.toLowerCase() === name)?.[1]?.trim() ?? "";
}

function asked(headers: Fields): boolean | undefined {
  const word = header(headers, "x-should-retry");
  return word === "true" ? true : word === "false" ? false : undefined;
}

function number(text: string): number | undefined {
  return /^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)$/.test(text.slice(0, 1024)) ? Math.max(Number(text), 0) : undefined;
}

/** Seconds from the answer's own date to this one. */
function until(date: string, now: string): number | undefined {
  // Older forms of a date leave out the zone, which is always this one.
  const at = (text: string) => Date.parse(text.endsWith("GMT") ? text : `${text} GMT`);
  const seconds = (at(date) - (now ? at(now) : Date.now())) / 1000;
  return Number.isFinite(seconds) && /[a-z]/i.test(date) ? Math.max(seconds, 0) : undefined;
}

function sleep(seconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", stop);
      resolve();
    }, seconds * 1000);
    if (signal.aborted) stop();
    signal.addEventListener("abort", stop, { once: true });
  });
}
