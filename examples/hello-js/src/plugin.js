/** The plugin: what it is called, which tools it has, and what they do. */
import { Failure, plugin, reply, route, schema, xyte } from "./xyte.js";

/** What a device says of itself; Xyte documents these, and devices may say anything. */
const STATUSES = ["online", "offline", "error"];

export const { describe, tools } = plugin({
  id: "hello-devices",
  version: "0.1.0",
  title: "Hello devices",
  description: "Counts the organization's devices and reads one of them.",
  tools: {
    count_devices: {
      title: "Count devices",
      description:
        "Counts the organization's devices by what they say of themselves. It looks at all of them, page by page, " +
        "and says in `complete` whether it saw every one.",
      input: schema(
        { status: { enum: [...STATUSES, "other", "none"], description: "Count only devices with this status." } },
        [],
      ),
      output: schema(
        {
          devices: { type: "integer", description: "How many devices match." },
          by_status: {
            type: "object",
            description: "How many devices have which status, whatever was asked for; `none` says nothing.",
            additionalProperties: { type: "integer" },
          },
          complete: { type: "boolean", description: "Whether every device was looked at." },
          incomplete_because: { type: "string", description: "Why not." },
        },
        ["devices", "by_status", "complete"],
      ),
      routes: [route("get", "/devices", "Reads every page of devices to count them.")],
      run: countDevices,
    },
    get_device: {
      title: "Get device",
      description: "Reads one device with everything that Xyte knows of it, its reported state included.",
      input: schema({ device_id: { type: "string", format: "uuid", description: "The device's id." } }),
      // Not `schema`: what Xyte knows of a device has further members, and may get new ones.
      output: { type: "object", properties: { id: { type: "string" } }, required: ["id"] },
      routes: [route("get", "/devices/{device_id}", "Reads the device that was asked for.")],
      failures: ["device_not_found"],
      run: getDevice,
    },
  },
});

function countDevices({ status }) {
  const pages = xyte.pages("/devices", {}, { per_page: 100 });
  const by_status = countBy(pages, statusWord);
  const devices = sum(status ? [by_status[status] ?? 0] : Object.values(by_status));
  const counted = { devices, by_status, complete: pages.complete, incomplete_because: pages.stopped?.reason };
  return reply(sentence(counted, status), counted);
}

function getDevice({ device_id }) {
  try {
    return xyte.get("/devices/{device_id}", { device_id });
  } catch (error) {
    if (error.status !== 404) throw error;
    throw new Failure("device_not_found", "No device has this id.", { hint: "Take the id from a list of devices." });
  }
}

/** One of a few words, since a device may call its status anything, and the counts are read by a model. */
function statusWord({ status }) {
  if (status == null) return "none";
  return STATUSES.includes(status) ? status : "other";
}

function countBy(rows, word) {
  const counts = {};
  for (const row of rows) counts[word(row)] = (counts[word(row)] ?? 0) + 1;
  return counts;
}

const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);

function sentence({ devices, complete, incomplete_because }, status) {
  const which = status ? ` with status ${status}` : "";
  const rest = complete ? "" : `, or more: not all were seen (${incomplete_because})`;
  return `Devices${which}: ${devices}${rest}.`;
}
