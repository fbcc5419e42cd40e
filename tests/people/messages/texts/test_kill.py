"""A worker killed with SIGKILL while it sends texts: everybody gets theirs, and nobody gets two."""

import time

import pytest

from people.messages import tasks as message_tasks
from people.messages import telling
from people.models import Message
from tests.factories import a_person
from tests.helpers import workers
from tests.helpers.killed import celery_workers, wait_until
from tests.helpers.messages import let_texts_go_at_night
from tests.helpers.notify_server import CALLBACK_TOKEN, KEY, TEMPLATE, NotifyServer

PEOPLE = 40
# Slow enough that the kill falls in the middle of a text: Notify has taken it, or is just taking it.
SECONDS_EACH = 0.05
LEASE_SECONDS = 2


@pytest.fixture
def notify(settings):
    with NotifyServer(seconds_each=SECONDS_EACH) as server:
        server.use(settings)
        yield server


@pytest.fixture
def start_worker(settings, tmp_path, notify):
    """fn() -> a Celery worker on the queue and database of this test, that sends through the local Notify."""
    with celery_workers(settings, tmp_path) as start:
        yield lambda: start(
            TEXT_PROVIDER="notify",
            NOTIFY_URL=notify.url,
            NOTIFY_API_KEY=KEY,
            NOTIFY_TEMPLATE_ID=TEMPLATE,
            NOTIFY_CALLBACK_TOKEN=CALLBACK_TOKEN,
            OUTBOX_LEASE_SECONDS=str(LEASE_SECONDS),
        )


@pytest.mark.real_clock
@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_in_the_middle_of_a_text_leaves_nobody_without_and_nobody_with_two(
    notify, start_worker, settings
):
    settings.OUTBOX_LEASE_SECONDS = LEASE_SECONDS
    let_texts_go_at_night()
    people = [a_person(phone=f"+4477009{number:05d}", channel="sms", email="") for number in range(PEOPLE)]
    telling.tell_many(
        {
            "person": person,
            "key": f"news:{person.pk}",
            "kind": "details-changed",
            "subject": "News",
            "text": "Here is the news.",
            "short": "News for you.",
        }
        for person in people
    )
    looked = [0.0]

    def beat():
        # Beat looks every half minute; here every second, so that the test need not wait.
        if time.monotonic() - looked[0] > 1:
            looked[0] = time.monotonic()
            message_tasks.sweep_outbox.delay()

    first = start_worker()
    wait_until(lambda: len(notify.sent) >= 10, within=60, meanwhile=beat)
    # Notify has this text; its answer has not come back, or was not written down yet.
    taken = len(notify.sent)
    wait_until(lambda: len(notify.sent) > taken, within=60)
    workers.kill(first)
    assert len(notify.sent) < PEOPLE, "it was killed half-way"
    assert Message.objects.exclude(status=Message.Status.SENT).exists()

    start_worker()
    wait_until(lambda: not Message.objects.exclude(status=Message.Status.SENT).exists(), within=60, meanwhile=beat)
    times = notify.times_sent()
    assert set(times) == {person.phone for person in people}, "somebody got nothing"
    assert set(times.values()) == {1}, "somebody got two"
    ids = {text["id"] for text in notify.sent}
    assert set(Message.objects.values_list("provider_ref", flat=True)) == ids
