"""The processor time of sending emails, beside that of the shortest program that sends the same bytes."""

import smtplib
import subprocess
import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from people.messages import delivery, handing, telling
from people.messages.emails import note
from people.models import Message
from tests.factories import a_person
from tests.helpers import workers
from wellbeing.local.processes import free_port

EMAILS = 200
# It is 7 to 8, on a busy machine too. It was 14 to 15 when each mail was made of Python's mail classes and settled by a
# query that was put together anew.
AT_MOST = 11
# In another process, so that its own time does not count.
SINK = """
import sys, time
from aiosmtpd.controller import Controller
class Sink:
    async def handle_DATA(self, server, session, envelope):
        return "250 OK"
Controller(Sink(), hostname="127.0.0.1", port=int(sys.argv[1])).start()
print("up", flush=True)
time.sleep(600)
"""


@pytest.fixture
def sink(settings):
    """A mail server that keeps nothing, in a process of its own: its port."""
    port = free_port()
    server = workers.start(["-c", SINK, str(port)], stdout=subprocess.PIPE)
    server.stdout.readline()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    yield port
    workers.kill(server)


def written(turn, people):
    """The keys of one email to each of `people`, personal and of the usual length."""
    drafts = []
    for person in people:
        words = note(
            "You are invited to something good",
            name=person.short_name,
            paragraphs=["We would like you to come. " * 6] * 3,
            url="https://example.org/reply",
            label="Say yes or no",
            reply_to="staff@example.org",
        )
        drafts.append({"person": person, "kind": "invitation", "key": f"{turn}:{person.pk}", **words})
    telling.tell_many(drafts)
    return list(Message.objects.filter(notice__key__startswith=f"{turn}:").order_by("pk").values_list("pk", flat=True))


def bytes_of(ids):
    rows = Message.objects.select_related("notice__person").prefetch_related("notice__parts").filter(pk__in=ids)
    return [(message.to, delivery.email_of(message).drawn) for message in rows]


def send_as_workers_do(ids):
    for start in range(0, len(ids), handing.BATCH):
        handing.send_messages(ids[start : start + handing.BATCH])


def send_in_a_loop(port, mails):
    with smtplib.SMTP("127.0.0.1", port) as smtp:
        for to, content in mails:
            smtp.sendmail("hello@example.org", [to], content)


def time_of(work, *arguments):
    began = time.process_time()
    work(*arguments)
    return time.process_time() - began


@pytest.mark.django_db(transaction=True)
def test_to_send_emails_costs_no_more_than_a_few_times_what_handing_over_their_bytes_does(sink):
    people = [a_person(f"Person {number}", email=f"person{number}@example.org") for number in range(EMAILS)]
    ours, loops = [], []
    for turn in range(3):
        ids = written(turn, people)
        ours.append(time_of(send_as_workers_do, ids))
        loops.append(time_of(send_in_a_loop, sink, bytes_of(ids)))
    assert Message.objects.filter(status=Message.Status.SENT).count() == 3 * EMAILS
    # The least of each: whatever else the machine does only adds to it.
    times = min(ours) / min(loops)
    assert times < AT_MOST, f"{min(ours):.3f} s beside {min(loops):.3f} s"


@pytest.mark.django_db(transaction=True)
def test_each_email_of_a_batch_costs_the_database_one_statement(sink):
    people = [a_person(f"Person {number}", email=f"person{number}@example.org") for number in range(33)]
    asked = []
    for turn, number in (("few", 3), ("many", 33)):
        ids = written(turn, people[:number])
        with CaptureQueriesContext(connection) as queries:
            send_as_workers_do(ids)
        asked.append(len(queries))
    assert Message.objects.filter(status=Message.Status.SENT).count() == 36
    assert asked[1] - asked[0] == 30
