"""A worker killed with SIGKILL while it sends: everybody gets their message, nobody but the one in flight gets two."""

import asyncio
import os
import re
import socket
import subprocess
import time
from collections import Counter

import pytest
from aiosmtpd.controller import Controller
from django.db import connection

from people.messages import outbox
from people.messages import tasks as message_tasks
from people.models import Message
from tests.helpers import workers

PEOPLE = 50
# Slow enough that the kill falls between two messages of a batch or in the middle of one.
SECONDS_EACH = 0.03
LEASE_SECONDS = 2


class SlowServer:
    """A mail server that takes its time and remembers whom each message was for, and its id."""

    def __init__(self):
        self.received = []
        self.ids = set()

    async def handle_DATA(self, server, session, envelope):
        await asyncio.sleep(SECONDS_EACH)
        self.received += envelope.rcpt_tos
        self.ids.add(re.search(rb"(?im)^Message-ID:\s*(\S+)", envelope.content)[1])
        return "250 OK"


@pytest.fixture
def server():
    handler = SlowServer()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        handler.port = free.getsockname()[1]
    # The controller knocks at its own port when it starts, so it has to be told one.
    controller = Controller(handler, hostname="127.0.0.1", port=handler.port)
    controller.start()
    yield handler
    controller.stop()


@pytest.fixture
def start_worker(server, settings, tmp_path):
    """Starts real workers on this test's database and mail server; each is killed with all its children."""
    started = []

    def start():
        environment = {
            **os.environ,
            "ENVIRONMENT": "test",
            "DATABASE_URL": re.sub(
                r"/[^/?]*(\?|$)", rf"/{connection.settings_dict['NAME']}\1", os.environ["DATABASE_URL"]
            ),
            "REDIS_PREFIX": settings.REDIS_PREFIX,
            "DATA_DIR": str(tmp_path),
            "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "EMAIL_HOST": "127.0.0.1",
            "EMAIL_PORT": str(server.port),
            "OUTBOX_LEASE_SECONDS": str(LEASE_SECONDS),
        }
        command = ["-m", "celery", "-A", "wellbeing", "worker", "-c", "1", "-l", "WARNING"]
        log = (tmp_path / f"worker-{len(started)}.log").open("w")
        worker = workers.start(
            [*command, "--without-gossip", "--without-mingle"],
            env=environment,
            cwd=settings.BASE_DIR,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        started.append(worker)
        return worker

    yield start
    for worker in started:
        workers.kill(worker)


def wait_until(condition, within, meanwhile=lambda: None):
    deadline = time.monotonic() + within
    while not condition():
        assert time.monotonic() < deadline, "it took too long"
        meanwhile()
        time.sleep(0.02)


@pytest.mark.real_clock
@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_while_sending_50_messages_leaves_nobody_without_and_at_most_one_with_two(
    server, start_worker, settings
):
    settings.OUTBOX_LEASE_SECONDS = LEASE_SECONDS
    outbox.enqueue_many(
        {
            "key": f"invitation:{number}",
            "kind": "invitation",
            "to": f"person{number}@example.org",
            "subject": "Come to our day",
            "text": "Will you come?",
        }
        for number in range(PEOPLE)
    )
    looked = [0.0]

    def beat():
        # Beat looks every half minute; here every second, so that the test need not wait.
        if time.monotonic() - looked[0] > 1:
            looked[0] = time.monotonic()
            message_tasks.sweep_outbox.delay()

    first = start_worker()
    wait_until(lambda: len(server.received) >= 12, within=60, meanwhile=beat)
    workers.kill(first)
    assert len(server.received) < PEOPLE, "it was killed half-way"
    assert Message.objects.exclude(status=Message.Status.SENT).exists()

    start_worker()
    wait_until(lambda: not Message.objects.exclude(status=Message.Status.SENT).exists(), within=60, meanwhile=beat)
    times = Counter(server.received)
    assert len(times) == PEOPLE, "somebody got nothing"
    twice = [address for address, count in times.items() if count > 1]
    assert len(twice) <= 1, f"more than the one in flight got two: {twice}"
    assert all(times[address] == 2 for address in twice)
    assert len(server.ids) == PEOPLE, "a doubled message can be told by its id"
