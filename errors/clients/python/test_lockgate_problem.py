"""Run by `python3 -m unittest` in this folder, and by `make test`."""

import dataclasses
import io
import json
import unittest
import urllib.error
from email.message import Message
from pathlib import Path

import lockgate_problem as helper
from lockgate_problem import Decision, Policy, Problem

TABLE = json.loads((Path(__file__).parent.parent / "cases.json").read_text("utf-8"))


def shown(problem):
    return problem and {name: value for name, value in dataclasses.asdict(problem).items() if value is not None}


class Cases(unittest.TestCase):
    """The table that all languages share."""

    def test_the_policy_is_the_same(self):
        self.assertEqual(dataclasses.asdict(Policy()), TABLE["policy"])

    def test_answers(self):
        for case in TABLE["answers"]:
            with self.subTest(case["name"]):
                for body in (case["body"], case["body"].encode()):
                    problem = helper.parse(case["status"], case["headers"], body)
                    self.assertEqual(shown(problem), TABLE["problems"].get(case["problem"]))
                decision = Policy().decide(status=case["status"], headers=case["headers"], problem=problem, **case["tries"])
                expected = case["decision"]
                self.assertEqual(decision, Decision(expected.get("retry", expected.get("wait")), expected.get("stop")))
                again = helper.should_retry(case["status"], case["headers"], problem, case["tries"]["idempotent"])
                self.assertEqual(again, expected.get("stop") not in ("no_error", "final", "unsafe"))

    def test_events(self):
        for case in TABLE["events"]:
            with self.subTest(case["name"]):
                self.assertEqual(shown(helper.parse_event(case["data"])), TABLE["problems"].get(case["problem"]))


class Hostile(unittest.TestCase):
    def test_a_body_may_be_anything(self):
        problem = b'{"type":"a:b","title":"T","status":503}'
        for body in (b"\xff\xfe", b"\xef\xbb\xbf" + problem, problem[:-1] + b',"x":"' + b"y" * (1 << 20) + b'"}',
                     b'{"a":' * 3000, b'{"type":"a:b","status":' + b"9" * 5000 + b"}", b'---\n"a": b\n:\n---\n'):
            helper.parse(503, {}, body)
        self.assertEqual(helper.parse(503, {}, b"\xef\xbb\xbf" + problem).title, "T")
        self.assertIsNone(helper.parse(503, {}, problem[:-1] + b',"x":"' + b"y" * (1 << 20) + b'"}'))

    def test_a_text_can_be_printed(self):
        problem = helper.parse(503, {}, r'{"type":"a:b","title":"\ud800"}')
        self.assertEqual(problem.title.encode(), b"?")

    def test_fields_may_be_anything(self):
        for value in ("9" * 400, "1e400", "nan", "-1", "١", "Wed, 99 Xxx 2026", "Wed, 18 Nov 9999 11:07:10 GMT", ", " * 1000):
            wait = helper.retry_after({"Retry-After": value, "Date": value})
            self.assertTrue(wait is None or 0 < wait <= helper.LONGEST_WAIT, value)


class Response:
    """What the exceptions of SDKs carry; false when it failed, as that of requests is."""

    def __init__(self, status, headers, content):
        self.status_code, self.headers, self._content = status, headers, content

    def __bool__(self):
        return False

    @property
    def content(self):
        if self._content is None:
            raise RuntimeError("the body was streamed")
        return self._content


class SdkError(Exception):
    def __init__(self, response=None, body=None, error=None):
        super().__init__("the SDK's own words")
        self.response, self.body, self.error = response, body, error


class Error:
    def __init__(self, data):
        self.code, self.message, self.data = -32010, "no", data


DOCUMENT = {"type": "a:b", "status": 503, "detail": "busy", "retryable": True, "retry_after": 2}


class Exceptions(unittest.TestCase):
    def test_an_answer_is_read_whole(self):
        error = SdkError(Response(503, {}, json.dumps(DOCUMENT).encode()), {"message": "busy"})
        self.assertEqual(helper.problem_of(error).retry_after, 2.0)

    def test_a_document_that_only_the_exception_has(self):
        for error in (SdkError(Response(200, {}, None), {"type": "error", "error": DOCUMENT}), SdkError(error=Error(DOCUMENT))):
            self.assertEqual(helper.problem_of(error).detail, "busy")

    def test_what_is_left_of_a_document(self):
        kept = {"message": "no", "type": "permission_error", "code": "prompt_injection"}
        problem = helper.problem_of(SdkError(Response(403, {"X-Should-Retry": "false"}, None), kept))
        self.assertEqual(problem, Problem(status=403, detail="no", code="prompt_injection", retryable=False))

    def test_others_have_none(self):
        for error in (ValueError("x"), SdkError(), SdkError(Response(500, {}, b"<html>"))):
            self.assertIsNone(helper.problem_of(error))


class Calls(unittest.TestCase):
    def call(self, *outcomes, **options):
        """Gives the number of calls, the waits between them, and what came out in the end."""
        waits, left = [], list(outcomes)

        def call():
            outcome = left.pop(0)
            if isinstance(outcome, Exception):
                raise outcome
            return outcome

        try:
            end = helper.call_with_retry(call, Policy(jitter=0.0), sleep=waits.append, **options)
        except Exception as error:
            end = error
        return len(outcomes) - len(left), waits, end

    def http_error(self, status, fields=(), body=b""):
        headers = Message()
        for name, value in fields:
            headers[name] = value
        return urllib.error.HTTPError("http://gate.test", status, "no", headers, io.BytesIO(body))

    def test_it_is_called_again_as_told(self):
        document = json.dumps(DOCUMENT).encode()
        self.assertEqual(self.call(self.http_error(503, (), document), "done"), (2, [2.0], "done"))
        self.assertEqual(self.call(self.http_error(429, [("retry-after", "7")]), "done"), (2, [7.0], "done"))

    def test_a_body_that_can_be_read_only_once(self):
        error = self.http_error(403, (), json.dumps({**DOCUMENT, "retryable": False}).encode())
        self.assertEqual(self.call(error, "done"), (1, [], error))
        self.assertEqual(helper.problem_of(error).detail, "busy")
        self.assertEqual(json.loads(error.content)["detail"], "busy")

    def test_a_final_verdict_is_one_call(self):
        final = self.http_error(503, [("x-should-retry", "false")])
        self.assertEqual(self.call(final, "done"), (1, [], final))

    def test_a_long_wait_is_one_call(self):
        late = self.http_error(503, [("retry-after", "3600")])
        self.assertEqual(self.call(late, "done"), (1, [], late))

    def test_calls_end(self):
        errors = [self.http_error(503) for _ in range(4)]
        self.assertEqual(self.call(*errors), (3, [0.5, 1.0], errors[2]))

    def test_a_lost_answer(self):
        lost = ConnectionResetError()
        self.assertEqual(self.call(lost, "done"), (1, [], lost))
        self.assertEqual(self.call(lost, "done", idempotent=True), (2, [0.5], "done"))

    def test_a_bug_is_no_answer(self):
        bug = KeyError("x")
        self.assertEqual(self.call(bug, "done", idempotent=True), (1, [], bug))


if __name__ == "__main__":
    unittest.main()
