/**
 * A host to test against without WebAssembly: it answers from a script, and remembers what it was asked.
 *
 *     host.reset();
 *     host.answers.push({ items: [], has_next_page: false }, refuses(404, "Errors::NotFound"));
 *     const answer = host.call("count_devices", {});
 *     host.requests  // what was sent, in order
 */
export const host = {
  reset() {
    Object.assign(host, { answers: [], requests: [], logs: [], settings: {}, kept: new Map(), remainingMs: 30_000 });
  },

  /** Loads a plugin's exports, so that requests can be held against the routes of its tools. */
  load(plugin) {
    host.plugin = plugin;
    host.manifest = plugin.describe.describe();
  },

  /** Calls a tool: `{ text, structured, failure }`. */
  call(name, args = {}) {
    host.routes = host.manifest.tools.find((tool) => tool.name === name)?.routes;
    const { val } = host.plugin.tools.callTool(name, JSON.stringify(args));
    const structured = val.structured && JSON.parse(val.structured);
    return { text: val.content[0]?.val, structured, failure: val.failure };
  },
};
host.reset();

/** An answer that Xyte refuses with a status. */
export const refuses = (status, error) => () => ({ status, body: JSON.stringify({ error }), facts: [] });
/** An error of the host in place of an answer: `fails("rate-limited", "rate_limited", 1000)`. */
export const fails = (kind, code, retryAfterMs) => () => {
  throw hostError({ kind, code, message: `The host says ${code}.`, retryAfterMs });
};

export const xyte = {
  send(request) {
    const asked = ({ scope, method, template }) => [scope, method, template].join(" ");
    if (!host.routes.some((route) => asked(route) === asked(request))) fails("denied", "route_not_asked_for")();
    const [params, query] = [request.params, request.query].map(Object.fromEntries);
    host.requests.push({ ...request, params, query });
    if (host.answers.length === 0) throw new Error(`no answer is scripted for ${asked(request)}`);
    const answer = host.answers.shift();
    return typeof answer === "function" ? answer() : { status: 200, body: JSON.stringify(answer), facts: [] };
  },
};

export const log = { write: (level, message, fields) => host.logs.push({ level, message, fields }) };

export const config = { all: () => JSON.stringify(host.settings) };

export const call = {
  requestId: () => "request-1",
  tenant: () => "tenant-1",
  user: () => undefined,
  remainingMs: () => host.remainingMs,
  isCancelled: () => false,
  nowMs: () => 1_700_000_000_000,
  random: (length) => new Uint8Array(length).fill(7),
  progress: () => {},
};

export const state = {
  get: (space, key) => host.kept.get(`${space} ${key}`),
  set(space, key, value, expected) {
    const version = host.kept.get(`${space} ${key}`)?.version ?? 0;
    if (expected !== undefined && expected !== version) throw hostError({ tag: "conflict", val: version });
    host.kept.set(`${space} ${key}`, { value, version: version + 1 });
    return version + 1;
  },
  remove: (space, key) => host.kept.delete(`${space} ${key}`),
  keys(space, prefix) {
    const keys = [...host.kept.keys()].filter((key) => key.startsWith(`${space} ${prefix}`));
    return keys.map((key) => key.slice(space.length + 1));
  },
};

/** As componentize-qjs throws it. */
const hostError = (payload) => Object.assign(new Error("the host refuses"), { payload });
