"""The plugin: what it is called, which tools it has, and what they do."""

from collections import Counter

from xyte import Failure, Plugin, Reply, XyteError, route, schema, xyte

# What a device says of itself; Xyte documents these, and devices may say anything.
STATUSES = ["online", "offline", "error"]

plugin = Plugin(
    id="hello-devices",
    version="0.1.0",
    title="Hello devices",
    description="Counts the organization's devices and reads one of them.",
)
Describe, Tools = plugin.exports()


@plugin.tool(
    title="Count devices",
    input=schema(
        {"status": {"enum": [*STATUSES, "other", "none"], "description": "Count only devices with this status."}},
        required=[],
    ),
    output=schema(
        {
            "devices": {"type": "integer", "description": "How many devices match."},
            "by_status": {
                "type": "object",
                "description": "How many devices have which status, whatever was asked for; `none` says nothing.",
                "additionalProperties": {"type": "integer"},
            },
            "complete": {"type": "boolean", "description": "Whether every device was looked at."},
            "incomplete_because": {"type": "string", "description": "Why not."},
        },
        required=["devices", "by_status", "complete"],
    ),
    routes=[route("get", "/devices", "Reads every page of devices to count them.")],
)
def count_devices(status=None):
    """Counts the organization's devices by what they say of themselves. It looks at all of them, page by page, and
    says in `complete` whether it saw every one."""
    pages = xyte.pages("/devices", query={"per_page": 100})
    by_status = Counter(status_word(device) for device in pages)
    devices = by_status[status] if status else by_status.total()
    why = {} if pages.complete else {"incomplete_because": pages.stopped[1]}
    counted = {"devices": devices, "by_status": by_status, "complete": pages.complete, **why}
    return Reply(sentence(counted, status), counted)


@plugin.tool(
    title="Get device",
    input=schema({"device_id": {"type": "string", "format": "uuid", "description": "The device's id."}}),
    # Not `schema`: what Xyte knows of a device has further members, and may get new ones.
    output={"type": "object", "properties": {"id": {"type": "string"}}, "required": ["id"]},
    routes=[route("get", "/devices/{device_id}", "Reads the device that was asked for.")],
    failures=["device_not_found"],
)
def get_device(device_id):
    """Reads one device with everything that Xyte knows of it, its reported state included."""
    try:
        return xyte.get("/devices/{device_id}", {"device_id": device_id})
    except XyteError as error:
        if error.status != 404:
            raise
        hint = "Take the id from a list of devices."
        raise Failure("device_not_found", "No device has this id.", hint=hint) from None


def status_word(device):
    """One of a few words, since a device may call its status anything, and the counts are read by a model."""
    status = device.get("status")
    if status is None:
        return "none"
    return status if status in STATUSES else "other"


def sentence(counted, status):
    which = f" with status {status}" if status else ""
    rest = "" if counted["complete"] else f", or more: not all were seen ({counted['incomplete_because']})"
    return f"Devices{which}: {counted['devices']}{rest}."
