/**
 * What a plugin needs of its host, in terms of JavaScript. An author uses this file and does not edit it.
 *
 * The top level of a module runs once, when the component is built: no import may be called there, and `Math.random()`
 * repeats itself ever after, hence `call.random(length)`. Tools are not `async`: a request returns its answer.
 */
import call from "xyte:plugin/call@0.1.0";
import hostConfig from "xyte:plugin/config@0.1.0";
import log from "xyte:plugin/log@0.1.0";
import hostState from "xyte:plugin/state@0.1.0";
import host from "xyte:plugin/xyte@0.1.0";

/** `call` has the facts of this call: `remainingMs()`, `tenant()`, `user()`, `nowMs()`, `random(length)` and more.
 * `log.write(level, message, [[name, value]])` is for the operator; no client sees it. */
export { call, log };

const STATUS_CODES = { 401: "unauthorized", 403: "forbidden", 404: "not_found" };
/** What a request may fail with: metrics know a code only if the tool named it. */
const REQUEST_CODES = [...Object.values(STATUS_CODES), "invalid_request", "upstream_error", "unreadable_answer"];
/** How long Xyte is left alone after it failed to serve a read. */
const UPSTREAM_PAUSE_MS = 5_000;
/** What a walk over pages leaves of the call's time, for the tool to answer with what it has. */
const MARGIN_MS = 2_000;

/** A failure for the model to act on. `code` is stable and snake_case; `more` may have a `hint`, `details` (an object)
 * and, if the same call may succeed later, `retryAfterMs`. */
export class Failure extends Error {
  constructor(code, message, more = {}) {
    super(message);
    Object.assign(this, more, { code });
  }
}

/** A request without a usable answer. `status` and `apiMessage` are there if Xyte answered, `kind` if the host refused
 * or could not send. A tool that does not catch it fails with the same code. */
export class XyteError extends Failure {}

/** Requests to the organization. `xyte.get(template, params, query, body, options)` answers with the JSON, and so do
 * `post`, `put`, `patch` and `delete`; `xyte.pages(template, params, query)` walks the rows of a list. The template is
 * one that the tool has a `route` for, letter for letter; whatever varies goes into `params` and `query`. */
export const xyte = api("organization");
/** The same for the routes of a partner, whose `route` has `{ scope: "partner" }`. */
export const partner = api("partner");

/** The operator's settings for this plugin, as `configSchema` has them. */
export const config = () => JSON.parse(hostConfig.all());

/** What outlives a call, per tenant; with space "user", per user token. `get` answers `{ value, version }` or null. */
export const state = {
  get: (key, space = "tenant") => {
    const entry = kept(() => hostState.get(space, key));
    return entry ? { value: JSON.parse(entry.value), version: entry.version } : null;
  },
  set: (key, value, { space = "tenant", expected, ttlMs } = {}) =>
    kept(() => hostState.set(space, key, JSON.stringify(value), expected, ttlMs)),
  remove: (key, space = "tenant") => kept(() => hostState.remove(space, key)),
  keys: (prefix = "", after, space = "tenant") => kept(() => hostState.keys(space, prefix, after)),
};

/** A route that a tool uses. With `required: false` the tool is offered even where the operator does not grant it. */
export const route = (method, template, why, { scope = "organization", required = true } = {}) =>
  ({ scope, method, template, why, required });

/** The JSON Schema of an object. Unless told otherwise it has all of these members, and no others. */
export const schema = (properties, required = Object.keys(properties)) =>
  ({ type: "object", properties, required, additionalProperties: false });

/** An answer with a sentence for the reader beside the data. Keep names that people or devices chose out of the
 * sentence: a model may take them for instructions. */
export const reply = (text, structured) => new Reply([{ tag: "text", val: text }], structured);
class Reply {
  constructor(content, structured) {
    Object.assign(this, { content, structured: json(structured) });
  }
}

/** Declares the plugin. Export both of what it returns: `export const { describe, tools } = plugin({ … });` */
export function plugin({ tools, configSchema, ...about }) {
  const records = Object.entries(tools).map(toolRecord);
  return {
    describe: { describe: () => ({ ...about, routes: [], configSchema: json(configSchema), tools: records }) },
    tools: { callTool: (name, args) => callTool(tools, name, args) },
  };
}

/** The rows of a list, read page by page as they are asked for, each row once even if pages shift meanwhile. After the
 * walk, `complete` says whether that was all, and `stopped` (`{ page, reason }`) where it ended otherwise. Only a first
 * page that cannot be read is an error. */
class Pages {
  complete = false;
  stopped = null;
  constructor(read) { this.read = read; }

  *[Symbol.iterator]() {
    const seen = new Set();
    for (let page = 1; page !== null;) {
      const envelope = this.next(page);
      if (this.stopped) return;
      yield* envelope.rows.filter((row) => !seen.has(row?.id));
      envelope.rows.forEach((row) => row?.id && seen.add(row.id));
      page = envelope.next;
    }
    this.complete = true;
  }

  next(page) {
    try {
      if (page > 1 && call.remainingMs() < MARGIN_MS) throw new XyteError("timeout", "the time of this call ran out");
      return openEnvelope(this.read(page), page);
    } catch (error) {
      if (page === 1 || !(error instanceof XyteError)) throw error;
      this.stopped = { page, reason: error.message };
    }
  }
}

/** `{items, has_next_page}`, `{items, next_page}`, `{data, page_info: {has_next}}` or a bare array, which is all. */
function openEnvelope(answer, page) {
  const rows = Array.isArray(answer) ? answer : (answer?.items ?? answer?.data);
  if (!Array.isArray(rows)) throw new XyteError("unreadable_answer", "Xyte's answer is not a page of a list.");
  const next = Number(answer.next_page ?? (answer.has_next_page || answer.page_info?.has_next ? page + 1 : 0));
  if (next !== 0 && !(next > page)) throw new XyteError("unreadable_answer", `After page ${page}, Xyte leads nowhere.`);
  return { rows, next: next || null };
}

function api(scope) {
  const send = (method) => (template, params, query, body, options) => sendRequest({
    scope, method, template, params: pairs(params), query: pairs(query), body: json(body), options: pairs(options),
  });
  const get = send("get");
  const pages = (template, params, query) => new Pages((page) => get(template, params, { ...query, page }));
  return { get, post: send("post"), put: send("put"), patch: send("patch"), delete: send("delete"), pages };
}

function sendRequest(request) {
  const { status, body } = payloadAs(hostFailure, () => host.send(request));
  const answer = body === "" ? null : JSON.parse(body);
  if (status >= 400) throw refusal(status, answer, request.method === "get");
  return answer;
}

function refusal(status, answer, reads) {
  const code = STATUS_CODES[status] ?? (status < 500 ? "invalid_request" : "upstream_error");
  const apiMessage = typeof answer?.error === "string" ? answer.error.slice(0, 300) : undefined;
  const message = `Xyte answered ${status}${apiMessage ? `: ${JSON.stringify(apiMessage)}` : ""}`;
  const retryAfterMs = status >= 500 && reads ? UPSTREAM_PAUSE_MS : undefined;
  return new XyteError(code, message, { status, apiMessage, retryAfterMs });
}

const hostFailure = ({ code, message, ...more }) => new XyteError(code, message, more);
const stateFailure = ({ tag, val }) => new Failure(
  `state_${tag.replaceAll("-", "_")}`, `What is kept cannot be used: ${tag}${val === undefined ? "" : ` (${val})`}.`);
const kept = (use) => payloadAs(stateFailure, use);

/** What an import refuses is thrown as an error that carries the contract's record as its payload. */
function payloadAs(failure, use) {
  try {
    return use();
  } catch (error) {
    throw error.payload === undefined ? error : failure(error.payload);
  }
}

const json = (value) => (value === undefined ? undefined : JSON.stringify(value));
/** Members without a value are left out; a list becomes one pair for each of its elements. */
const pairs = (values = {}) => Object.entries(values).filter(([, value]) => value != null)
  .flatMap(([name, value]) => [value].flat().map((one) => [name, String(one)]));

function toolRecord([name, { input = schema({}), output, routes = [], failures = [], annotations, extra, ...more }]) {
  const readOnly = routes.every(({ method }) => method === "get");
  return {
    experimental: false, task: "never", ...more, name, routes,
    inputSchema: json(input), outputSchema: json(output), extra: json(extra),
    annotations: { readOnly, destructive: !readOnly, idempotent: readOnly, openWorld: true, ...annotations },
    failureCodes: [...failures, ...(routes.length > 0 ? REQUEST_CODES : []), "internal_error"],
  };
}

function callTool(tools, name, args) {
  // The contract's own error is thrown as it is; any other throw would end the component without a word.
  if (!Object.hasOwn(tools, name)) throw { tag: "unknown-name", val: name };
  try {
    const answer = tools[name].run(JSON.parse(args));
    if (typeof answer?.then === "function") throw new TypeError("`run` must not be async: a tool answers at once");
    return complete(answer instanceof Reply ? answer : new Reply([], answer));
  } catch (error) {
    return failed(error instanceof Failure ? error : unexpected(error));
  }
}

const complete = (val) => ({ tag: "complete", val });
const failed = ({ code, message, hint, retryAfterMs, details }) =>
  complete({ content: [], failure: { code, message, hint, retryAfterMs, details: json(details) } });

/** The operator gets the stack; the client only the number by which the operator finds it. */
function unexpected(error) {
  log.write("error", `${error}`, [["stack", `${error?.stack}`.replaceAll("\n", " | ")]]);
  return new Failure("internal_error", `The tool broke; the operator's log says why: request ${call.requestId()}.`);
}
