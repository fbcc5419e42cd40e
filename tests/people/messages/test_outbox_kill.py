"""A worker killed with SIGKILL while it sends: everybody gets their message, nobody but the one in flight gets two."""

import asyncio
import re
import time
from collections import Counter

import pytest
from django.utils import timezone

from people.messages import handing, telling
from people.messages import tasks as message_tasks
from people.models import Message, Person
from tests.helpers import workers
from tests.helpers.database import connections
from tests.helpers.killed import celery_workers, every_second, wait_until
from tests.helpers.mail_server import listening

PEOPLE = 50
# Slow enough that the kill falls between two messages of a batch or in the middle of one.
SECONDS_EACH = 0.03
LEASE_SECONDS = 2


class SlowServer:
    """A mail server that takes its time and remembers whom each message was for, and its id."""

    def __init__(self):
        self.received = []
        self.ids = set()
        self.busy = self.most_at_once = 0

    async def handle_DATA(self, server, session, envelope):
        self.busy += 1
        self.most_at_once = max(self.most_at_once, self.busy)
        await asyncio.sleep(SECONDS_EACH)
        self.busy -= 1
        self.received += envelope.rcpt_tos
        self.ids.add(re.search(rb"(?im)^Message-ID:\s*(\S+)", envelope.content)[1])
        return "250 OK"


@pytest.fixture
def server():
    yield from listening(SlowServer())


@pytest.fixture
def start_worker(settings, tmp_path):
    """fn(server) -> a Celery worker on the queue and database of this test, that sends through `server`."""
    with celery_workers(settings, tmp_path) as start:
        yield lambda server: start(
            EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend",
            EMAIL_HOST="127.0.0.1",
            EMAIL_PORT=str(server.port),
            OUTBOX_LEASE_SECONDS=str(LEASE_SECONDS),
        )


def tell(number):
    """Write an email to each of `number` people."""
    telling.tell_many(
        {
            "key": f"invitation:{person}",
            "kind": "account",
            "to": f"person{person}@example.org",
            "subject": "Come to our day",
            "text": "Will you come?",
        }
        for person in range(number)
    )


@pytest.mark.real_clock
@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_while_sending_50_messages_leaves_nobody_without_and_at_most_one_with_two(
    server, start_worker, settings
):
    settings.OUTBOX_LEASE_SECONDS = LEASE_SECONDS
    tell(PEOPLE)
    beat = every_second(message_tasks.sweep_outbox.delay)
    first = start_worker(server)
    wait_until(lambda: len(server.received) >= 12, within=60, meanwhile=beat)
    workers.kill(first)
    assert len(server.received) < PEOPLE, "it was killed half-way"
    assert Message.objects.exclude(status=Message.Status.SENT).exists()

    start_worker(server)
    wait_until(lambda: not Message.objects.exclude(status=Message.Status.SENT).exists(), within=60, meanwhile=beat)
    times = Counter(server.received)
    assert len(times) == PEOPLE, "somebody got nothing"
    twice = [address for address, count in times.items() if count > 1]
    assert len(twice) <= 1, f"more than the one in flight got two: {twice}"
    assert all(times[address] == 2 for address in twice)
    assert len(server.ids) == PEOPLE, "a doubled message can be told by its id"


@pytest.mark.real_clock
@pytest.mark.django_db(transaction=True)
def test_two_workers_share_a_send_and_when_one_is_killed_the_other_finishes_it(
    server, start_worker, settings, tmp_path
):
    settings.OUTBOX_LEASE_SECONDS = LEASE_SECONDS
    number = 4 * handing.BATCH
    beat = every_second(message_tasks.sweep_outbox.delay)
    first, _second = start_worker(server), start_worker(server)
    # Each keeps its connection from its first task on, so both are at work. So many at once are not all taken by one.
    many = every_second(lambda: [message_tasks.sweep_outbox.delay() for _time in range(20)])
    wait_until(lambda: len(connections(tmp_path.name)) == 2, within=60, meanwhile=many)
    tell(number)
    wait_until(lambda: server.most_at_once == 2 and len(server.received) >= 20, within=60, meanwhile=beat)
    workers.kill(first)
    assert len(server.received) < number, "it was killed half-way"
    wait_until(lambda: not Message.objects.exclude(status=Message.Status.SENT).exists(), within=60, meanwhile=beat)
    times = Counter(server.received)
    assert len(times) == number, "somebody got nothing"
    assert len(server.received) - number <= 1, "more than the one in flight went twice"
    assert len(server.ids) == number, "a doubled message can be told by its id"


MANY = 2000


class FussyServer(SlowServer):
    """A mail server that takes no time, refuses one address in a hundred, and sends one in twenty away once."""

    def __init__(self):
        super().__init__()
        self.sent_away = set()

    async def handle_RCPT(self, server, session, envelope, address, options):
        number = int(re.search(r"\d+", address)[0])
        if number % 100 == 7:
            return "550 No such mailbox"
        if number % 20 == 3 and address not in self.sent_away:
            self.sent_away.add(address)
            return "451 Come back later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.received += envelope.rcpt_tos
        return "250 OK"


@pytest.fixture
def fussy():
    yield from listening(FussyServer())


@pytest.mark.real_clock
@pytest.mark.django_db(transaction=True)
def test_of_2000_messages_none_is_lost_though_some_are_refused_and_the_worker_is_killed_twice(
    fussy, start_worker, settings
):
    settings.OUTBOX_LEASE_SECONDS = LEASE_SECONDS
    people = Person.objects.bulk_create(
        [Person(full_name=f"Person {number}", email=f"person{number}@example.org") for number in range(MANY)]
    )
    telling.tell_many(
        {"person": person, "key": f"m:{person.pk}", "kind": "details-changed", "subject": "News", "text": "Hello"}
        for person in people
    )

    def beat():
        # Those sent away once would wait a minute.
        Message.objects.filter(status="waiting", channel="email").update(next_try_at=timezone.now())
        message_tasks.sweep_outbox.delay()
        time.sleep(0.5)

    for share in (0.2, 0.5):
        worker = start_worker(fussy)
        wait_until(lambda share=share: len(fussy.received) > MANY * share, within=120, meanwhile=beat)
        workers.kill(worker)
    start_worker(fussy)
    waiting = Message.objects.filter(channel="email", status__in=["waiting", "sending"])
    wait_until(lambda: not waiting.exists(), within=120, meanwhile=beat)
    times = Counter(fussy.received)
    refused = {person.email for number, person in enumerate(people) if number % 100 == 7}
    assert set(times) == {person.email for person in people} - refused, "somebody got nothing"
    assert sum(times.values()) - len(times) <= 2, "more than the one in flight at each kill went twice"
    failed = Message.objects.filter(channel="email", status="failed")
    assert {message.to for message in failed} == refused
    assert all("No such mailbox" in message.last_error for message in failed)
    handed_on = Message.objects.by_hand().filter(notice__messages__in=failed)
    assert handed_on.count() == len(refused), "each has become a task"
