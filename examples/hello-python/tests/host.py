"""A host to test against without WebAssembly: it answers from a script, and remembers what it was asked.

    host.reset()
    host.answers += [{"items": [], "has_next_page": False}, refuses(404, "Errors::NotFound")]
    answer = host.call(app, "count_devices")
    host.requests  # what was sent, in order

Its modules stand in for those that componentize-py makes of the contract; they have of it what xyte.py uses.
"""

import json
import sys
from dataclasses import dataclass, make_dataclass
from enum import Enum
from types import ModuleType, SimpleNamespace


@dataclass(frozen=True)
class Err(Exception):
    """As componentize-py has it: what the host refuses, and what a plugin raises for the contract's own errors."""

    value: object


class Host:
    def __init__(self):
        self.reset()

    def reset(self):
        self.answers, self.requests, self.logs = [], [], []
        self.settings, self.kept, self.milliseconds_left, self.routes = {}, {}, 30_000, []

    def call(self, plugin, name, **arguments):
        """Calls a tool of a module that has `Describe` and `Tools`."""
        tools = plugin.Describe().describe().tools
        self.routes = next((tool.routes for tool in tools if tool.name == name), [])
        result = plugin.Tools().call_tool(name, json.dumps(arguments)).value
        text = result.content[0].value if result.content else None
        structured = None if result.structured is None else json.loads(result.structured)
        return SimpleNamespace(text=text, structured=structured, failure=result.failure)

    def send(self, request):
        asked = (request.scope, request.method, request.template)
        if asked not in [(route.scope, route.method, route.template) for route in self.routes]:
            fails("DENIED", "route_not_asked_for")()
        self.requests.append(SimpleNamespace(template=request.template, params=dict(request.params),
                                             query=dict(request.query), body=request.body))
        if not self.answers:
            raise LookupError(f"no answer is scripted for {asked}")
        answer = self.answers.pop(0)
        return answer() if callable(answer) else SimpleNamespace(status=200, body=json.dumps(answer))

    def set(self, space, key, value, expected, _ttl_ms):
        version = self.kept[space, key].version if (space, key) in self.kept else 0
        if expected is not None and expected != version:
            raise Err(state.Error_Conflict(version))
        self.kept[space, key] = SimpleNamespace(value=value, version=version + 1)
        return version + 1


def refuses(status, error):
    """An answer that Xyte refuses with a status."""
    return lambda: SimpleNamespace(status=status, body=json.dumps({"error": error}))


def fails(kind, code, retry_after_ms=None):
    """An error of the host in place of an answer: fails("RATE_LIMITED", "rate_limited", 1000)."""

    def fail():
        raise Err(xyte.Error(xyte.ErrorKind[kind], code, f"The host says {code}.", retry_after_ms))

    return fail


def module(name, **members):
    made = sys.modules[name] = ModuleType(name)
    made.__dict__.update(members)
    return made


host = Host()

types = module(
    "wit_world.imports.types",
    Scope=Enum("Scope", "ORGANIZATION PARTNER"),
    Method=Enum("Method", "GET POST PUT PATCH DELETE"),
    Route=make_dataclass("Route", ["scope", "method", "template", "why", "required"]),
    Content_Text=make_dataclass("Content_Text", ["value"]),
    Failure=make_dataclass("Failure", ["code", "message", "hint", "retry_after_ms", "details"]),
    ToolResult=make_dataclass("ToolResult", ["content", "structured", "failure", "meta"]),
    ToolOutcome_Complete=make_dataclass("ToolOutcome_Complete", ["value"]),
    CallError_UnknownName=make_dataclass("CallError_UnknownName", ["value"]),
)
describe = module(
    "wit_world.exports.describe",
    Annotations=make_dataclass("Annotations", ["read_only", "destructive", "idempotent", "open_world"]),
    TaskSupport=Enum("TaskSupport", "NEVER OPTIONAL REQUIRED"),
    Tool=make_dataclass("Tool", ["name", "title", "description", "input_schema", "output_schema", "annotations",
                                 "experimental", "task", "timeout_ms", "routes", "failure_codes", "extra"]),
    Manifest=make_dataclass("Manifest", ["id", "version", "title", "description", "routes", "config_schema", "tools",
                                         "extra"]),
)
xyte = module(
    "wit_world.imports.xyte",
    Request=make_dataclass("Request", ["scope", "method", "template", "params", "query", "body", "options"]),
    Error=make_dataclass("Error", ["kind", "code", "message", "retry_after_ms"]),
    ErrorKind=Enum("ErrorKind", "DENIED INVALID RATE_LIMITED BUDGET_EXHAUSTED TIMEOUT CANCELLED TOO_LARGE UNAVAILABLE "
                                "OUTCOME_UNKNOWN OTHER"),
    send=host.send,
)
state = module(
    "wit_world.imports.state",
    Space=Enum("Space", "TENANT USER"),
    Error_Conflict=make_dataclass("Error_Conflict", ["value"]),
    get=lambda space, key: host.kept.get((space, key)),
    set=host.set,
    remove=lambda space, key: host.kept.pop((space, key), None) is not None,
    keys=lambda space, prefix, after: sorted(key for of, key in host.kept if of is space and key.startswith(prefix)),
)
log = module(
    "wit_world.imports.log",
    Level=Enum("Level", "TRACE DEBUG INFO WARN ERROR"),
    write=lambda level, message, fields: host.logs.append(SimpleNamespace(level=level, message=message, fields=fields)),
)
config = module("wit_world.imports.config", all=lambda: json.dumps(host.settings))
call = module(
    "wit_world.imports.call",
    request_id=lambda: "request-1",
    tenant=lambda: "tenant-1",
    user=lambda: None,
    remaining_ms=lambda: host.milliseconds_left,
    is_cancelled=lambda: False,
    now_ms=lambda: 1_700_000_000_000,
    random=lambda length: bytes([7] * length),
    progress=lambda done, total, message: None,
)
module("wit_world.imports", types=types, xyte=xyte, state=state, log=log, config=config, call=call)
module("wit_world.exports", describe=describe)
module("wit_world")
module("componentize_py_types", Err=Err)
