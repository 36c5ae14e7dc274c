import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { fails, host, refuses } from "../mock/host.js";
import * as plugin from "../src/plugin.js";

const ID = "5dc4ba6c-c323-4118-a4e4-504f074426f2";
const page = (ids, more, status = "online") => ({ items: ids.map((id) => ({ id, status })), has_next_page: more });

beforeEach(() => {
  host.reset();
  host.load(plugin);
});

test("the plugin says who it is and what it asks for", () => {
  assert.equal(host.manifest.id, "hello-devices");
  assert.deepEqual(host.manifest.tools.map(({ name }) => name), ["count_devices", "get_device"]);
  for (const tool of host.manifest.tools) {
    assert.equal(tool.annotations.readOnly, true);
    assert.equal(JSON.parse(tool.inputSchema).additionalProperties, false);
    assert.ok(tool.routes.every(({ why }) => why.length <= 200));
  }
});

test("devices are counted over all pages, each once", () => {
  host.answers.push(page(["a", "b"], true), page(["b", "c"], true, "rebooting"), page(["d"], false, null));
  const { text, structured } = host.call("count_devices");
  assert.deepEqual(structured, { devices: 4, by_status: { online: 2, other: 1, none: 1 }, complete: true });
  assert.equal(text, "Devices: 4.");
  assert.deepEqual(host.requests.map(({ query }) => query), ["1", "2", "3"].map((page) => ({ per_page: "100", page })));
});

test("only devices of one status are counted when asked for", () => {
  host.answers.push([{ id: "a", status: "offline" }, { id: "b", status: "online" }]);
  assert.equal(host.call("count_devices", { status: "offline" }).structured.devices, 1);
});

test("the other forms of pages are walked as well", () => {
  const first = { items: [{ id: "a" }], next_page: 2 };
  const second = { data: [{ id: "b" }], page_info: { has_next: true } };
  host.answers.push(first, second, [{ id: "c" }]);
  assert.equal(host.call("count_devices").structured.devices, 3);
});

test("what was counted before a page fails is kept, and said to be incomplete", () => {
  host.answers.push(page(["a"], true), refuses(500, "oops"));
  const { text, structured } = host.call("count_devices");
  assert.equal(structured.devices, 1);
  assert.equal(structured.complete, false);
  assert.equal(structured.incomplete_because, 'Xyte answered 500: "oops"');
  assert.match(text, /^Devices: 1, or more: not all were seen/);
});

test("a walk ends before the call's time does", () => {
  host.remainingMs = 1_000;
  host.answers.push(page(["a"], true));
  assert.equal(host.call("count_devices").structured.complete, false);
});

test("a failure on the first page is the host's, with its time to wait", () => {
  host.answers.push(fails("rate-limited", "rate_limited", 30_000));
  const { failure } = host.call("count_devices");
  assert.equal(failure.code, "rate_limited");
  assert.equal(failure.retryAfterMs, 30_000);
});

test("a device is read", () => {
  host.answers.push({ id: ID, name: "Projector" });
  assert.deepEqual(host.call("get_device", { device_id: ID }).structured, { id: ID, name: "Projector" });
  assert.deepEqual(host.requests[0].params, { device_id: ID });
});

test("an unknown device is a failure with a hint", () => {
  host.answers.push(refuses(404, "Errors::NotFound"));
  const { failure } = host.call("get_device", { device_id: ID });
  assert.equal(failure.code, "device_not_found");
  assert.ok(failure.hint);
});

test("other refusals keep their code and Xyte's words", () => {
  host.answers.push(refuses(403, "Not authorized"));
  const { failure } = host.call("get_device", { device_id: ID });
  assert.equal(failure.code, "forbidden");
  assert.equal(failure.message, 'Xyte answered 403: "Not authorized"');
});

test("a bug is logged with its stack and told without it", () => {
  const { failure } = host.call("get_device", { device_id: ID }); // no answer is scripted
  assert.equal(failure.code, "internal_error");
  assert.match(failure.message, /request-1/);
  assert.match(Object.fromEntries(host.logs[0].fields).stack, /plugin\.js/);
});

test("a tool that does not exist is the contract's own error", () => {
  assert.throws(() => host.call("toString"), { tag: "unknown-name", val: "toString" });
});
