"""Tests of what a log line holds, and above all what it must not hold."""

import json
import logging
import time
from types import SimpleNamespace

import pytest
from django.contrib.auth.tokens import default_token_generator
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver

from tests.factories import a_user
from wellbeing import logs
from wellbeing.secret_paths import SECRET_PATHS, mask


def line(record):
    text = logs.JsonFormatter().format(record)
    assert "\n" not in text
    return json.loads(text)


def record(message, *arguments, **extra):
    made = logging.LogRecord("people", logging.INFO, __file__, 1, message, arguments, None)
    made.__dict__.update(extra)
    return made


class Calling(logging.Handler):
    """A handler that gives each record to `call`."""

    def __init__(self, call):
        super().__init__()
        self.call = call

    def emit(self, record):
        self.call(record)


@pytest.fixture
def access_lines():
    """Records of the access log, which pytest's own capture does not tell apart."""
    records = []
    handler = Calling(records.append)
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


def test_the_access_line_names_the_user_by_number_alone(rf, access_lines):
    def view(request):
        request._cached_user = SimpleNamespace(pk=42, email="ada@example.org")
        return HttpResponse("ok")

    seen = []
    handler = Calling(lambda record: seen.append(line(record)))
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


@pytest.fixture
def all_lines():
    """Every record any logger writes while a test runs, as production writes it; and in plain form."""
    lines = []
    json, plain = logs.JsonFormatter(), logs.PlainFormatter()
    handler = Calling(lambda record: lines.append((json.format(record), plain.format(record))))
    root = logging.getLogger()
    loggers = [root, *(logging.getLogger(name) for name in ("django.server", "wellbeing.access"))]
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    logs.access_log.setLevel(logging.INFO)
    yield lines
    root.setLevel(level)
    for each in loggers:
        each.removeHandler(handler)


# Parameters of an address that only its owner should know.
SECRET_NAMES = ("token", "key", "uid", "secret", "signature", "code", "hash", "nonce")


def secret_addresses(resolver=None, before="/"):
    for pattern in (resolver or get_resolver()).url_patterns:
        path = before + str(pattern.pattern).removeprefix("^")
        if hasattr(pattern, "url_patterns"):
            yield from secret_addresses(pattern, path)
        elif any(secret in name for name in pattern.pattern.regex.groupindex for secret in SECRET_NAMES):
            yield path, pattern.name


def test_every_address_with_a_secret_in_it_is_in_the_list_that_masks():
    found = list(secret_addresses())
    assert {name for _path, name in found} >= {"reply", "event_calendar", "account_reset_password_from_key"}
    for path, name in found:
        assert any(path.startswith(start) and name in names for start, names in SECRET_PATHS.items()), (path, name)


@pytest.mark.parametrize("start", sorted(SECRET_PATHS))
@pytest.mark.parametrize("after", ["", "/", "/done/", "?a=b", '"', " ", "'"])
def test_the_secret_of_each_is_masked_wherever_it_stands(start, after):
    text = f"before {start}3x-s3cr3t_KEY~1:2{after} next=%2F{start[1:].replace('/', '%2F')}s3cr3t%2F"
    assert "s3cr3t" not in mask(text)
    assert mask(text).startswith(f"before {start}***{after}")


@pytest.mark.django_db
def test_a_link_to_a_new_password_is_in_no_line_whatever_becomes_of_it(all_lines, client):
    user = a_user(email="ada@example.org")
    key = default_token_generator.make_token(user)
    address = f"/accounts/password/reset/key/{user.pk}-{key}/"
    for path in (
        address,
        address.rstrip("/"),
        f"{address}more/",
        f"/you/?next={address}",
    ):
        client.get(path)
        client.post(path, {"password1": "x"})
    Client(enforce_csrf_checks=True).post(address, {"password1": "x"})
    client.get(address, headers={"host": "elsewhere.example.org"})
    client.get("/accounts/confirm-email/c0nf1rm-k3y/")
    client.get("/r/p3rs0nal-k3y/")
    client.get("/calendars/c4l3ndar-k3y/events.ics")
    client.get("/people/ada@example.org/")
    assert len(all_lines) >= 10
    said = json.dumps(all_lines)
    for secret in (key, key.split("-")[1], "c0nf1rm-k3y", "p3rs0nal-k3y", "c4l3ndar-k3y", "ada@example.org"):
        assert secret not in said, secret
    paths = {json.loads(line)["path"] for line, _plain in all_lines if "path" in json.loads(line)}
    assert {"/accounts/password/reset/key/***/", "/people/***@***/"} <= paths


@pytest.mark.django_db
def test_a_refused_page_is_one_line_that_names_it(all_lines):
    client = Client()
    client.force_login(a_user(email="ada@example.org"))
    all_lines.clear()
    assert client.get("/messages/").status_code == 403
    [(line, plain)] = [pair for pair in all_lines if "messages" in pair[0]]
    assert json.loads(line)["status"] == 403
    assert "Traceback" not in line + plain
    assert "\n" not in line + plain


@pytest.mark.parametrize(
    "address",
    ["ada@example.org", "o'ada+x@mail.example.org", "ada%40example.org", "ada.l@[192.0.2.1]", "ädä@bücher.example"],
)
@pytest.mark.parametrize("around", ["%s", "<%s>", "/people/%s/", "next=%s&x", '"%s"', "to:%s,", "mailto:%s."])
def test_an_address_is_masked_in_whatever_stands_around_it(address, around):
    found = logs.impersonal(around % address)
    assert address not in found
    assert found == around % "***@***"


@pytest.mark.parametrize(
    "attack",
    [
        "a",
        "a.",
        "a@",
        "@",
        "a@a",
        "a.a@a.",
        "-@-.",
        "/r/",
        "/r/a",
        "%40",
        "a%40",
        "%2Fr%2F",
        "DETAIL",
        "DETAIL:\n",
        "'",
    ],
)
def test_masking_takes_time_in_proportion_to_the_line(attack):
    def seconds(length):
        text = (attack * length)[:length]
        best = float("inf")
        for _time in range(3):
            started = time.process_time()
            logs.impersonal(text)
            best = min(best, time.process_time() - started)
        return best

    # Its square would be sixteen times as long, and minutes at this length.
    assert seconds(400_000) < 8 * max(seconds(100_000), 0.005)
