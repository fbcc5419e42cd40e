"""What a log line holds, and above all what it must not hold."""

import json
import logging
from types import SimpleNamespace

import pytest
from django.http import HttpResponse

from wellbeing import logs


def line(record):
    text = logs.JsonFormatter().format(record)
    assert "\n" not in text
    return json.loads(text)


def record(message, *arguments, **extra):
    made = logging.LogRecord("people", logging.INFO, __file__, 1, message, arguments, None)
    made.__dict__.update(extra)
    return made


@pytest.fixture
def access_lines():
    """Records of the access log, which pytest's own capture does not tell apart."""
    records = []
    handler = logging.Handler()
    handler.emit = records.append
    logs.access_log.addHandler(handler)
    level = logs.access_log.level
    logs.access_log.setLevel(logging.INFO)
    yield records
    logs.access_log.setLevel(level)
    logs.access_log.removeHandler(handler)


def answer(rf, path="/", *, view=None, **headers):
    request = rf.get(path, headers=headers)
    return logs.RequestIdMiddleware(view or (lambda request: HttpResponse("ok")))(request)


def test_a_record_is_one_line_of_json_however_many_lines_it_says():
    found = line(record("first\nsecond %s", "part"))
    assert found["message"] == "first\nsecond part"
    assert (found["level"], found["logger"]) == ("INFO", "people")


def test_a_traceback_goes_into_the_same_line_with_personal_links_masked():
    try:
        raise ValueError("bad link /r/tok-EN_123/")
    except ValueError as error:
        found = line(record("failed", exc_info=(type(error), error, error.__traceback__)))
    assert "ValueError" in found["error"]
    assert "tok-EN_123" not in found["error"]


def test_a_request_gets_an_id_and_its_lines_carry_it(rf):
    seen = []

    def view(request):
        seen.append(line(record("inside"))["request_id"])
        return HttpResponse("ok")

    assert answer(rf, view=view)["X-Request-ID"] == seen[0]
    assert "request_id" not in line(record("outside"))


def test_the_line_django_writes_after_a_failed_request_carries_its_id_too():
    found = line(record("Not Found", request=SimpleNamespace(request_id="request-1234")))
    assert found["request_id"] == "request-1234"


def test_a_sane_incoming_id_is_kept_and_any_other_replaced(rf):
    assert answer(rf, **{"X-Request-ID": "proxy-1234.abc"})["X-Request-ID"] == "proxy-1234.abc"
    for bad in ("short", "x" * 65, "with space 123", 'quote"12345678'):
        assert answer(rf, **{"X-Request-ID": bad})["X-Request-ID"] != bad


def test_the_access_line_says_what_was_asked_and_answered_without_token_or_query(rf, access_lines):
    answer(rf, "/r/s3cr3t-token/thanks?next=ada@example.org")
    found = line(access_lines[0])
    assert found["path"] == "/r/***/thanks"
    assert (found["method"], found["status"]) == ("GET", 200)
    assert found["ms"] >= 0
    assert "s3cr3t" not in json.dumps(found)
    assert "example.org" not in json.dumps(found)


def test_the_user_is_a_number(rf, access_lines):
    def view(request):
        request._cached_user = SimpleNamespace(pk=42, email="ada@example.org")
        return HttpResponse("ok")

    seen = []
    handler = logging.Handler()
    handler.emit = lambda each: seen.append(line(each))
    logs.access_log.addHandler(handler)
    try:
        answer(rf, view=view)
    finally:
        logs.access_log.removeHandler(handler)
    assert seen[0]["user"] == 42
    assert "ada" not in json.dumps(seen[0])


def test_probes_do_not_fill_the_log(rf, access_lines):
    answer(rf, "/healthz")
    answer(rf, "/readyz")
    assert access_lines == []


def test_a_task_logs_under_the_id_of_the_request_that_enqueued_it():
    headers = {}
    token = logs.request_id.set("request-1234")
    try:
        logs.send_request_id(headers=headers)
    finally:
        logs.request_id.reset(token)
    task = SimpleNamespace(request=SimpleNamespace(request_id=headers["request_id"], headers=None, is_eager=False))
    logs.take_request_id(task=task)
    assert logs.request_id.get() == "request-1234"
    logs.drop_request_id(task=task)
    assert logs.request_id.get() is None


def test_neither_an_address_nor_a_row_that_postgres_quotes_gets_into_a_line():
    quoted = 'duplicate key "one_person_per_email"\nDETAIL:  Key (name)=(Ann Invented) exists.\nmore'
    try:
        raise ValueError(quoted)
    except ValueError as error:
        found = line(record("to ann.invented@example.org", exc_info=(type(error), error, error.__traceback__)))
    assert "example.org" not in found["message"]
    assert "Ann Invented" not in found["error"]
    assert "one_person_per_email" in found["error"]
    assert "more" in found["error"]
