"""A service of one's own: the contract of docs/deploy.md, over a real connection."""

import contextlib
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from people.messages.services import AwayError, LaterError, RefusedError
from people.messages.texts.choosing import provider
from people.messages.texts.http import HttpProvider

ANN = "+447700900123"


class Service(BaseHTTPRequestHandler):
    """Answers as the test says, and keeps what it was asked."""

    def do_POST(self):
        """Give the answer that is next: (status, headers, bytes), or "silence"."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.asked.append((self.path, dict(self.headers), json.loads(body)))
        answer = self.server.answers.pop(0)
        if answer == "silence":
            self.server.over.wait(30)
            return
        status, headers, content = answer
        with contextlib.suppress(ConnectionError):
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(content))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

    def log_message(self, *_arguments):
        """Say nothing."""


@pytest.fixture
def service(settings):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Service)
    server.daemon_threads = True
    server.asked, server.answers, server.over = [], [], threading.Event()
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    settings.TEXT_PROVIDER = "http"
    settings.TEXT_HTTP_URL = f"http://127.0.0.1:{server.server_port}/texts"
    settings.TEXT_HTTP_TOKEN = "an-invented-token"
    settings.TEXT_TIMEOUT_SECONDS = 5
    yield server
    server.over.set()
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("status", [200, 201, 202])
def test_a_text_is_posted_as_the_contract_says(service, status):
    service.answers = [(status, {}, b'{"id": "abc-1"}')]
    found = provider()
    assert isinstance(found, HttpProvider)
    assert found.send(ANN, "Will you come, Łucja?", "text-1-abc") == "abc-1"
    [(path, headers, body)] = service.asked
    assert path == "/texts"
    assert headers["Authorization"] == "Bearer an-invented-token"
    assert headers["Idempotency-Key"] == "text-1-abc"
    assert body == {"to": ANN, "text": "Will you come, Łucja?", "reference": "text-1-abc"}


@pytest.mark.parametrize(
    ("answer", "error", "words"),
    [
        ((400, {}, b'{"error": "Too long."}'), RefusedError, "refused the text message: Too long."),
        ((404, {}, b"<html>"), RefusedError, "refused the text message: 404"),
        ((401, {}, b""), RefusedError, "did not accept our key"),
        ((403, {}, b'{"error": "No credit"}'), RefusedError, "did not accept our key.*No credit"),
        ((422, {}, b'{"error": "No mobile number"}'), RefusedError, "cannot be sent to this number.*No mobile number"),
        ((500, {}, b""), AwayError, r"has a fault \(500\)"),
        ((302, {"Location": "http://127.0.0.1:9/"}, b""), AwayError, r"has a fault \(302\)"),
        ((200, {}, b"<html>"), AwayError, "do not understand"),
        ((200, {}, b"[1]"), AwayError, "do not understand"),
        ((200, {}, b'{"id": 7}'), AwayError, "do not understand"),
    ],
)
def test_each_answer_has_its_meaning(service, answer, error, words):
    service.answers = [answer]
    with pytest.raises(error, match=words) as caught:
        HttpProvider().send(ANN, "Will you come?", "text-1-abc")
    if error is RefusedError:
        assert caught.value.number is (answer[0] == 422)


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        ({"Retry-After": "90"}, 90),
        ({"Retry-After": "99999999"}, 24 * 60 * 60),
        ({"Retry-After": "Mon, 23 Nov 2026 11:00:00 GMT"}, None),
        ({}, None),
    ],
)
def test_a_limit_is_honoured(service, headers, wait):
    service.answers = [(429, headers, b'{"error": "Slower"}')]
    with pytest.raises(LaterError, match="try later: Slower") as caught:
        HttpProvider().send(ANN, "Will you come?", "text-1-abc")
    assert caught.value.wait == wait
    assert not isinstance(caught.value, AwayError)


def test_silence_ends_in_time(service, settings):
    settings.TEXT_TIMEOUT_SECONDS = 0.4
    service.answers = ["silence"]
    began = time.monotonic()
    with pytest.raises(AwayError):
        HttpProvider().send(ANN, "Will you come?", "text-1-abc")
    assert time.monotonic() - began < 3


def test_nobody_listening_is_worth_another_try(settings, service):
    settings.TEXT_HTTP_URL = "http://127.0.0.1:9/"
    with pytest.raises(AwayError, match="could not be reached"):
        HttpProvider().send(ANN, "Will you come?", "text-1-abc")


def test_it_is_not_asked_for_what_it_has_as_it_knows_our_key(service):
    assert HttpProvider().find("text-1-abc") == ""
    assert service.asked == []
