import unittest
from types import SimpleNamespace

from xyte import Plugin, config, partner, route, state, xyte

from .host import host


def run(tool, *routes):
    """Runs a function as the only tool of a plugin, which may use these routes."""

    def tried():
        """Tries something."""
        return tool()

    plugin = Plugin(id="tried", version="1.0.0", title="Tried", description="Tries something.")
    plugin.tool(routes=routes)(tried)
    describe, tools = plugin.exports()
    host.plugin = SimpleNamespace(Describe=describe, Tools=tools)
    return host.call(host.plugin, "tried")


class Xyte(unittest.TestCase):
    def setUp(self):
        host.reset()

    def test_a_write_is_sent_with_its_body_and_what_has_no_value_is_left_out(self):
        template = "/devices/{device_id}/commands"
        query = {"page": None, "flag": True, "space_id": [7, 8]}
        host.answers += [{"id": "command-1"}]
        run(lambda: xyte.post(template, {"device_id": "a"}, query, {"name": "reboot"}),
            route("post", template, "Restarts the device."))
        self.assertEqual(host.requests[0].body, '{"name": "reboot"}')
        self.assertEqual(host.requests[0].query, {"flag": "true", "space_id": "8"})
        self.assertFalse(host.plugin.Describe().describe().tools[0].annotations.read_only)

    def test_a_route_that_the_tool_did_not_ask_for_is_refused_as_the_host_would(self):
        failure = run(lambda: partner.get("/devices"), route("get", "/devices", "Not the partner's.")).failure
        self.assertEqual(failure.code, "route_not_asked_for")

    def test_values_are_kept_and_a_lost_race_is_a_failure(self):
        self.assertEqual(run(lambda: [state.set("last", {"count": 3}), state.get("last")]).structured,
                         [1, [{"count": 3}, 1]])
        self.assertIsNone(run(lambda: state.get("nothing")).structured)
        self.assertEqual(run(lambda: state.set("last", 4, expected=0)).failure.code, "state_conflict")

    def test_settings_are_the_operators(self):
        host.settings = {"site": "Berlin"}
        self.assertEqual(run(config).structured, {"site": "Berlin"})

    def test_an_answer_that_is_no_json_is_a_bug(self):
        self.assertEqual(run(lambda: float("nan")).failure.code, "internal_error")
