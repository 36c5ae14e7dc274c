import json
import unittest

import app

from .host import Err, fails, host, refuses

ID = "5dc4ba6c-c323-4118-a4e4-504f074426f2"


def page(ids, more, status="online"):
    return {"items": [{"id": id, "status": status} for id in ids], "has_next_page": more}


class Tools(unittest.TestCase):
    def setUp(self):
        host.reset()

    def test_the_plugin_says_who_it_is_and_what_it_asks_for(self):
        manifest = app.Describe().describe()
        self.assertEqual(manifest.id, "hello-devices")
        self.assertEqual([tool.name for tool in manifest.tools], ["count_devices", "get_device"])
        for tool in manifest.tools:
            self.assertTrue(tool.annotations.read_only)
            self.assertFalse(json.loads(tool.input_schema)["additionalProperties"])
            self.assertTrue(all(len(route.why) <= 200 for route in tool.routes))

    def test_devices_are_counted_over_all_pages_each_once(self):
        host.answers += [page("ab", True), page("bc", True, "rebooting"), page("d", False, None)]
        answer = host.call(app, "count_devices")
        by_status = {"online": 2, "other": 1, "none": 1}
        self.assertEqual(answer.structured, {"devices": 4, "by_status": by_status, "complete": True})
        self.assertEqual(answer.text, "Devices: 4.")
        self.assertEqual([request.query for request in host.requests],
                         [{"per_page": "100", "page": str(number)} for number in (1, 2, 3)])

    def test_only_devices_of_one_status_are_counted_when_asked_for(self):
        host.answers += [[{"id": "a", "status": "offline"}, {"id": "b", "status": "online"}]]
        self.assertEqual(host.call(app, "count_devices", status="offline").structured["devices"], 1)

    def test_the_other_forms_of_pages_are_walked_as_well(self):
        first = {"items": [{"id": "a"}], "next_page": 2}
        second = {"data": [{"id": "b"}], "page_info": {"has_next": True}}
        host.answers += [first, second, [{"id": "c"}]]
        self.assertEqual(host.call(app, "count_devices").structured["devices"], 3)

    def test_what_was_counted_before_a_page_fails_is_kept_and_said_to_be_incomplete(self):
        host.answers += [page("a", True), refuses(500, "oops")]
        answer = host.call(app, "count_devices")
        self.assertEqual(answer.structured["devices"], 1)
        self.assertFalse(answer.structured["complete"])
        self.assertEqual(answer.structured["incomplete_because"], 'Xyte answered 500: "oops"')
        self.assertRegex(answer.text, "^Devices: 1, or more: not all were seen")

    def test_a_walk_ends_before_the_time_of_the_call_does(self):
        host.milliseconds_left = 1_000
        host.answers += [page("a", True)]
        self.assertFalse(host.call(app, "count_devices").structured["complete"])

    def test_a_failure_on_the_first_page_is_the_hosts_with_its_time_to_wait(self):
        host.answers += [fails("RATE_LIMITED", "rate_limited", 30_000)]
        failure = host.call(app, "count_devices").failure
        self.assertEqual((failure.code, failure.retry_after_ms), ("rate_limited", 30_000))

    def test_a_device_is_read(self):
        host.answers += [{"id": ID, "name": "Projector"}]
        self.assertEqual(host.call(app, "get_device", device_id=ID).structured, {"id": ID, "name": "Projector"})
        self.assertEqual(host.requests[0].params, {"device_id": ID})

    def test_an_unknown_device_is_a_failure_with_a_hint(self):
        host.answers += [refuses(404, "Errors::NotFound")]
        failure = host.call(app, "get_device", device_id=ID).failure
        self.assertEqual(failure.code, "device_not_found")
        self.assertTrue(failure.hint)

    def test_other_refusals_keep_their_code_and_the_words_of_xyte(self):
        host.answers += [refuses(403, "Not authorized")]
        failure = host.call(app, "get_device", device_id=ID).failure
        self.assertEqual((failure.code, failure.message), ("forbidden", 'Xyte answered 403: "Not authorized"'))

    def test_a_bug_is_logged_with_its_stack_and_told_without_it(self):
        failure = host.call(app, "get_device", device_id=ID).failure  # no answer is scripted
        self.assertEqual(failure.code, "internal_error")
        self.assertIn("request-1", failure.message)
        self.assertIn("app.py", dict(host.logs[0].fields)["stack"])

    def test_a_tool_that_does_not_exist_is_the_contracts_own_error(self):
        with self.assertRaises(Err) as raised:
            host.call(app, "nothing")
        self.assertEqual(raised.exception.value.value, "nothing")
