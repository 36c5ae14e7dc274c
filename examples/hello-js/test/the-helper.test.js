import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { host } from "../mock/host.js";
import { config, partner, plugin, route, state, xyte } from "../src/xyte.js";

/** Runs a function as the only tool of a plugin, which may use these routes. */
function run(tool, ...routes) {
  host.load(plugin({ id: "tried", tools: { tried: { run: tool, routes } } }));
  return host.call("tried");
}

beforeEach(() => host.reset());

test("a write is sent with its body, and what has no value is left out", () => {
  host.answers.push({ id: "command-1" });
  const template = "/devices/{device_id}/commands";
  const send = () => xyte.post(template, { device_id: "a" }, { page: undefined, space_id: 7 }, { name: "reboot" });
  run(send, route("post", template, "Restarts the device."));
  assert.equal(host.requests[0].body, '{"name":"reboot"}');
  assert.deepEqual(host.requests[0].query, { space_id: "7" });
  assert.equal(host.manifest.tools[0].annotations.readOnly, false);
});

test("a route that the tool did not ask for is refused, as the host would", () => {
  const { failure } = run(() => partner.get("/devices"), route("get", "/devices", "Not the partner's."));
  assert.equal(failure.code, "route_not_asked_for");
});

test("values are kept, and a lost race is a failure", () => {
  const { structured } = run(() => ({ version: state.set("last", { count: 3 }), entry: state.get("last") }));
  assert.deepEqual(structured, { version: 1, entry: { value: { count: 3 }, version: 1 } });
  assert.equal(run(() => state.get("nothing")).structured, null);
  assert.equal(run(() => state.set("last", 4, { expected: 0 })).failure.code, "state_conflict");
});

test("settings are the operator's", () => {
  host.settings = { site: "Berlin" };
  assert.deepEqual(run(() => config()).structured, { site: "Berlin" });
});

test("an async tool is a bug, and is said to be one", () => {
  assert.equal(run(async () => ({})).failure.code, "internal_error");
  assert.match(host.logs[0].message, /must not be async/);
});
