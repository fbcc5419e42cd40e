"""A worker killed with SIGKILL while it hands letters over: everybody's letter is printed, and nobody's twice."""

import time
from collections import Counter

import pytest
from django.utils import timezone

from people.messages import tasks as message_tasks
from people.models import Message
from programmes.models import message_audience
from tests.factories import a_programme
from tests.helpers import workers
from tests.helpers.killed import celery_workers, wait_until
from tests.helpers.letters import a_reader, a_waiting_letter
from tests.helpers.notify_server import KEY, NotifyServer

LETTERS = 12
# Slow enough that the kill falls while Notify has a letter and its answer is not written down.
SECONDS_EACH = 0.3
LEASE_SECONDS = 3


@pytest.fixture
def notify(settings):
    with NotifyServer(seconds_each=SECONDS_EACH) as server:
        server.use_for_letters(settings)
        yield server


@pytest.fixture
def start_worker(settings, tmp_path, notify):
    """fn() -> a Celery worker on the queue and database of this test, that hands letters to the local Notify."""
    with celery_workers(settings, tmp_path) as start:
        yield lambda: start(
            LETTER_PROVIDER="notify", NOTIFY_URL=notify.url, NOTIFY_API_KEY=KEY, OUTBOX_LEASE_SECONDS=str(LEASE_SECONDS)
        )


@pytest.mark.real_clock
@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_between_sending_and_noting_leaves_nobody_without_and_nobody_with_two(
    notify, start_worker, settings
):
    settings.OUTBOX_LEASE_SECONDS = LEASE_SECONDS
    programme = a_programme()
    audience = message_audience(programme.pk)
    for number in range(LETTERS):
        a_waiting_letter(a_reader(programme, f"Reader {number}"), audience)
    Message.objects.update(next_try_at=timezone.now())
    looked = [0.0]

    def beat():
        # Beat looks every half minute; here every second, so that the test need not wait.
        if time.monotonic() - looked[0] > 1:
            looked[0] = time.monotonic()
            message_tasks.sweep_outbox.delay()

    first = start_worker()
    wait_until(lambda: len(notify.letters) >= 3, within=60, meanwhile=beat)
    workers.kill(first)
    assert len(notify.letters) < LETTERS, "it was killed half-way"
    assert Message.objects.exclude(status=Message.Status.SENT).exists()

    start_worker()
    wait_until(lambda: not Message.objects.exclude(status=Message.Status.SENT).exists(), within=90, meanwhile=beat)
    times = Counter(letter["reference"] for letter in notify.letters)
    assert len(times) == LETTERS, "somebody's letter was not printed"
    assert set(times.values()) == {1}, "somebody's letter was printed twice"
    assert set(Message.objects.values_list("provider_ref", flat=True)) == {letter["id"] for letter in notify.letters}
