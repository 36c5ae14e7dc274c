"""What a plugin needs of its host, in terms of Python. An author uses this file and does not edit it.

The top level of a module runs once, when the component is built: nothing of the host may be called there, but all that
a plugin imports must be imported there, since it has no files later. For randomness there is `call.random(length)`:
whether `random` and `secrets` are seeded afresh in each call is up to the toolchain and how it is used.
"""

import json
import re
import traceback

from componentize_py_types import Err
from wit_world.exports import describe
from wit_world.imports import call, log, types
from wit_world.imports import config as host_config
from wit_world.imports import state as host_state
from wit_world.imports import xyte as host

# An author imports these two from here as well. `call` has the facts of this call: remaining_ms(), tenant(), user(),
# now_ms(), random(length) and more. log.write(log.Level.INFO, message, [(name, value)]) is for the operator alone.

STATUS_CODES = {401: "unauthorized", 403: "forbidden", 404: "not_found"}
# What a request may fail with: metrics know a code only if the tool named it.
REQUEST_CODES = [*STATUS_CODES.values(), "invalid_request", "upstream_error", "unreadable_answer"]
# How long Xyte is left alone after it failed to serve a read.
UPSTREAM_PAUSE_MS = 5_000
# What a walk over pages leaves of the call's time, for the tool to answer with what it has.
MARGIN_MS = 2_000


class Failure(Exception):
    """A failure for the model to act on. `code` is stable and snake_case; `more` may have a `hint`, `details` (a
    dictionary) and, if the same call may succeed later, `retry_after_ms`."""

    hint = details = retry_after_ms = None

    def __init__(self, code, message, **more):
        super().__init__(message)
        self.__dict__.update(more, code=code, message=message)


class XyteError(Failure):
    """A request without a usable answer. `status` and `api_message` are there if Xyte answered, `kind` if the host
    refused or could not send. A tool that does not catch it fails with the same code."""

    status = api_message = kind = None


class Reply:
    """An answer with a sentence for the reader beside the data. Keep names that people or devices chose out of the
    sentence: a model may take them for instructions."""

    def __init__(self, text, structured=None):
        self.text, self.structured = text, structured


class Plugin:
    """A plugin and its tools. The module named at build must have `Describe, Tools = plugin.exports()`."""

    def __init__(self, *, id, version, title, description, config_schema=None):
        self._about, self._config_schema = (id, version, title, description), config_schema
        self._tools = {}

    def tool(self, *, title=None, input=None, output=None, routes=(), failures=(), timeout_ms=None, annotations=None,
             experimental=False, task="never", extra=None):
        """Makes a function a tool: its name is the tool's, its docstring the description, its parameters the
        arguments. It returns the answer's data, or a `Reply`. A tool whose routes are all `get` is read-only, unless
        `annotations` ({"read_only": ..., "destructive": ..., "idempotent": ..., "open_world": ...}) says otherwise."""

        def register(run):
            reads = all(route.method is types.Method.GET for route in routes)
            hints = {"read_only": reads, "destructive": not reads, "idempotent": reads, "open_world": True}
            self._tools[run.__name__] = (run, describe.Tool(
                name=run.__name__, title=title, description=" ".join(run.__doc__.split()), routes=list(routes),
                input_schema=_json(input or schema({})), output_schema=_json(output), extra=_json(extra),
                annotations=describe.Annotations(**{**hints, **(annotations or {})}), experimental=experimental,
                task=describe.TaskSupport[task.upper()], timeout_ms=timeout_ms,
                failure_codes=[*failures, *(REQUEST_CODES if routes else ()), "internal_error"]))
            return run

        return register

    def exports(self):
        """The two classes that the contract asks for."""
        plugin = self

        class Describe:
            def describe(self):
                records = [record for _, record in plugin._tools.values()]
                return describe.Manifest(*plugin._about, [], _json(plugin._config_schema), records, None)

        class Tools:
            def call_tool(self, name, arguments):
                if name not in plugin._tools:
                    raise Err(types.CallError_UnknownName(name))
                return types.ToolOutcome_Complete(_run(plugin._tools[name][0], arguments))

        return Describe, Tools


def route(method, template, why, *, scope="organization", required=True):
    """A route that a tool uses. With `required=False` the tool is offered even where the operator does not grant it."""
    return types.Route(types.Scope[scope.upper()], types.Method[method.upper()], template, why, required)


def schema(properties, required=None):
    """The JSON Schema of an object. Unless told otherwise it has all of these members, and no others."""
    required = list(properties) if required is None else required
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


class Pages:
    """The rows of a list, read page by page as they are asked for, each row once even if pages shift meanwhile. After
    the walk, `complete` says whether that was all, and `stopped` (page, reason) where it ended otherwise. Only a first
    page that cannot be read is an error."""

    def __init__(self, read):
        self._read, self.complete, self.stopped = read, False, None

    def __iter__(self):
        seen, page = set(), 1
        while page:
            rows, page = self._next(page)
            for row in rows:
                key = row.get("id") if isinstance(row, dict) else None
                if key is None or key not in seen:
                    seen.add(key)
                    yield row
        self.complete = self.stopped is None

    def _next(self, page):
        try:
            if page > 1 and call.remaining_ms() < MARGIN_MS:
                raise XyteError("timeout", "the time of this call ran out")
            return _open_envelope(self._read(page), page)
        except XyteError as error:
            if page == 1:
                raise
            self.stopped = (page, error.message)
            return [], None


def _open_envelope(answer, page):
    """{items, has_next_page}, {items, next_page}, {data, page_info: {has_next}} or a bare array, which is all."""
    envelope = {"items": answer} if isinstance(answer, list) else answer or {}
    rows = envelope.get("items", envelope.get("data"))
    if not isinstance(rows, list):
        raise XyteError("unreadable_answer", "Xyte's answer is not a page of a list.")
    more = envelope.get("has_next_page") or (envelope.get("page_info") or {}).get("has_next")
    following = int(envelope.get("next_page") or (page + 1 if more else 0))
    if following and following <= page:
        raise XyteError("unreadable_answer", f"After page {page}, Xyte leads nowhere.")
    return rows, following


class _Api:
    """Requests. `get(template, params, query, body, options)` answers with the JSON, and so do `post`, `put`, `patch`
    and `delete`; `pages(template, params, query)` walks the rows of a list. The template is one that the tool has a
    `route` for, letter for letter; whatever varies goes into `params` and `query`."""

    def __init__(self, scope):
        def method(name):
            return lambda template, params=None, query=None, body=None, options=None: _send(
                host.Request(scope, name, template, _pairs(params), _pairs(query), _json(body), _pairs(options)))

        self.get, self.post, self.put, self.patch, self.delete = map(method, types.Method)

    def pages(self, template, params=None, query=None):
        return Pages(lambda page: self.get(template, params, {**(query or {}), "page": page}))


# Requests to the organization; and to a partner, whose routes have scope="partner".
xyte = _Api(types.Scope.ORGANIZATION)
partner = _Api(types.Scope.PARTNER)


def _send(request):
    try:
        response = host.send(request)
    except Err as error:
        refused = error.value
        kind = refused.kind.name.lower()
        raise XyteError(refused.code, refused.message, kind=kind, retry_after_ms=refused.retry_after_ms) from None
    answer = json.loads(response.body) if response.body else None
    if response.status >= 400:
        raise _refusal(response.status, answer, request.method is types.Method.GET)
    return answer


def _refusal(status, answer, reads):
    code = STATUS_CODES.get(status) or ("invalid_request" if status < 500 else "upstream_error")
    said = answer.get("error") if isinstance(answer, dict) else None
    said = said[:300] if isinstance(said, str) else None
    message = f"Xyte answered {status}" + (f": {_json(said)}" if said else "")
    pause = UPSTREAM_PAUSE_MS if status >= 500 and reads else None
    return XyteError(code, message, status=status, api_message=said, retry_after_ms=pause)


def config():
    """The operator's settings for this plugin, as `config_schema` has them."""
    return json.loads(host_config.all())


class _State:
    """What outlives a call, per tenant; with space "user", per user token. `get` answers (value, version) or None."""

    def get(self, key, space="tenant"):
        entry = self._use(host_state.get, space, key)
        return (json.loads(entry.value), entry.version) if entry else None

    def set(self, key, value, *, space="tenant", expected=None, ttl_ms=None):
        return self._use(host_state.set, space, key, json.dumps(value), expected, ttl_ms)

    def remove(self, key, space="tenant"):
        return self._use(host_state.remove, space, key)

    def keys(self, prefix="", after=None, space="tenant"):
        return self._use(host_state.keys, space, prefix, after)

    def _use(self, function, space, *arguments):
        try:
            return function(host_state.Space[space.upper()], *arguments)
        except Err as error:
            case = type(error.value).__name__.removeprefix("Error_")
            code = "state" + re.sub("[A-Z]", lambda letter: "_" + letter[0].lower(), case)
            said = f" ({error.value.value})" if hasattr(error.value, "value") else ""
            raise Failure(code, f"What is kept cannot be used: {case}{said}.") from None


state = _State()


def _json(value):
    return None if value is None else json.dumps(value, ensure_ascii=False, allow_nan=False)


def _pairs(values):
    """Members without a value are left out; a list becomes one pair for each of its elements."""
    many = {name: value if isinstance(value, list) else [value] for name, value in (values or {}).items()}
    pairs = [(name, one) for name, ones in many.items() for one in ones if one is not None]
    return [(name, one if isinstance(one, str) else _json(one)) for name, one in pairs]


def _run(tool, arguments):
    try:
        answer = tool(**json.loads(arguments))
        reply = answer if isinstance(answer, Reply) else Reply(None, answer)
        content = [] if reply.text is None else [types.Content_Text(reply.text)]
        return types.ToolResult(content, _json(reply.structured), None, None)
    except Failure as failure:
        return _failed(failure)
    except Exception as error:  # any other would end the component without a word
        return _failed(_unexpected(error))


def _failed(failure):
    details = _json(failure.details)
    failure = types.Failure(failure.code, failure.message, failure.hint, failure.retry_after_ms, details)
    return types.ToolResult([], None, failure, None)


def _unexpected(error):
    """The operator gets the stack; the client only the number by which the operator finds it."""
    stack = " | ".join(line.strip() for line in traceback.format_exception(error))
    log.write(log.Level.ERROR, repr(error), [("stack", stack)])
    return Failure("internal_error", f"The tool broke; the operator's log says why: request {call.request_id()}.")
