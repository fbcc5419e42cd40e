"""The outbox: written with its cause, sent once, tried again, told to people when it fails."""

import smtplib

import pytest
from django.core import mail
from django.db import connection, transaction
from django.utils import timezone
from kombu import pools

from people.messages import delivery, handing, settling, telling
from people.messages import tasks as message_tasks
from people.messages.actions import delivering as message_actions
from people.models import Message, NoticePart
from tests.factories import a_person, an_administrator
from wellbeing.lib.errors import ActionError

pytestmark = pytest.mark.django_db


def a_draft(key="greeting:1", **fields):
    values = {"key": key, "kind": "account", "to": "ann@example.org", "subject": "Hello", "text": "Hello Ann"}
    return {**values, **fields}


def a_message(key="greeting:1", **fields):
    [notice] = telling.tell_many([a_draft(key, **fields)])
    return notice.messages.get()


class Server:
    """Stands in for Django's mail connection: says what each next message meets."""

    def __init__(self, *answers, open_error=None):
        self.answers, self.open_error = list(answers), open_error
        self.opened = self.closed = 0
        self.sent = []

    def open(self):
        self.opened += 1
        if self.open_error:
            raise self.open_error

    def close(self):
        self.closed += 1

    def send_messages(self, messages):
        answer = self.answers.pop(0) if self.answers else None
        if answer:
            raise answer
        self.sent += messages
        return len(messages)


@pytest.fixture
def server(monkeypatch):
    def use(*answers, **options):
        made = Server(*answers, **options)
        monkeypatch.setattr(delivery, "get_connection", lambda: made)
        return made

    return use


def test_a_message_is_sent_after_commit_with_its_parts(worker):
    person = a_person("Ann Invented")
    with worker():
        message = a_message(
            html="<p>Hello Ann</p>",
            person=person,
            reply_to="staff@example.org",
            parts=[("day.ics", "text/calendar; method=PUBLISH", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n")],
        )
        assert mail.outbox == []
    message.refresh_from_db()
    assert message.status == Message.Status.SENT
    assert message.sent_at
    [sent] = mail.outbox
    assert sent.to == ["ann@example.org"]
    assert sent.reply_to == ["staff@example.org"]
    raw = sent.message()
    assert raw.get_content_type() == "multipart/mixed"
    types = [part.get_content_type() for part in raw.walk()]
    assert {"text/plain", "text/html", "text/calendar"} <= set(types)
    assert raw["Auto-Submitted"] == "auto-generated"


def test_asking_twice_for_the_same_message_writes_and_sends_one(worker):
    with worker():
        first, second = a_message(), a_message(subject="Another subject")
    assert first.pk == second.pk
    assert len(mail.outbox) == 1
    with worker():
        handing.send_messages.delay([first.pk])
    assert len(mail.outbox) == 1


def test_many_messages_are_written_with_few_queries_and_in_order(django_assert_max_num_queries):
    known = a_message("many:1")
    drafts = [a_draft(f"many:{n}", to=f"p{n}@example.org") for n in (3, 1, 2, 3)]
    with django_assert_max_num_queries(12):
        written = telling.tell_many(drafts)
    assert [notice.key for notice in written] == ["many:3", "many:1", "many:2", "many:3"]
    assert written[1] == known.notice
    assert written[0].pk == written[3].pk
    assert Message.objects.count() == 3


def test_a_message_needs_an_address_and_its_subject_stays_on_one_line():
    with pytest.raises(ValueError, match="address"):
        a_message(to="")
    told = a_message(subject="Hello\r\nBcc: everybody@example.org").notice
    assert told.subject == "Hello Bcc: everybody@example.org"
    assert len(a_message("long", subject="x" * 400).notice.subject) == 250


def test_a_message_written_in_a_transaction_that_fails_is_neither_kept_nor_sent(worker):
    class OopsError(Exception):
        pass

    with worker(), pytest.raises(OopsError), transaction.atomic():
        a_message()
        raise OopsError
    assert not Message.objects.exists()
    assert mail.outbox == []


def test_a_refused_address_fails_at_once_with_the_servers_words(server):
    server(smtplib.SMTPRecipientsRefused({"ann@example.org": (550, b"No such mailbox here")}))
    message = a_message()
    delivery.send([message.pk])
    message.refresh_from_db()
    assert message.status == Message.Status.FAILED
    assert "No such mailbox here" in message.last_error
    assert "ann@example.org" in message.last_error


@pytest.mark.parametrize(
    ("problem", "words"),
    [
        (smtplib.SMTPRecipientsRefused({"ann@example.org": (450, b"Try later")}), "Try later"),
        (smtplib.SMTPDataError(451, b"Busy"), "Busy"),
        (smtplib.SMTPSenderRefused(530, b"Sign in first", "x"), "Sign in first"),
        (smtplib.SMTPServerDisconnected("gone"), "closed the connection"),
        (ConnectionRefusedError(), "could not be reached"),
        (RuntimeError("surprise"), "unexpected"),
    ],
)
def test_a_passing_problem_waits_longer_each_time(server, problem, words):
    message = a_message()
    waits = []
    for _try in range(7):
        server(problem)
        delivery.send([message.pk])
        message.refresh_from_db()
        assert message.status == Message.Status.WAITING
        assert words in message.last_error
        waits.append(round((message.next_try_at - timezone.now()).total_seconds() / 60))
        assert delivery.send([message.pk]) == 0, "it waits for its time"
        Message.objects.filter(pk=message.pk).update(next_try_at=timezone.now())
    assert waits == [1, 5, 15, 60, 240, 240, 240]
    assert message.attempts == 7


def test_after_the_last_try_a_message_has_failed_and_can_be_tried_again(server, worker):
    person = a_person("Ann Invented", email="ann-new@example.org")
    message = a_message(person=person)
    Message.objects.filter(pk=message.pk).update(attempts=Message.MAX_TRIES - 1)
    server(ConnectionRefusedError())
    delivery.send([message.pk])
    message.refresh_from_db()
    assert message.status == Message.Status.FAILED
    assert "12 times" in message.last_error
    delivered = server()
    with worker():
        message_actions.try_again(message=message, by=an_administrator())
    message.refresh_from_db()
    assert message.status == Message.Status.SENT
    assert delivered.sent[0].to == ["ann-new@example.org"], "the address the person has now"


@pytest.mark.parametrize("address", ["ann", "ann@example", "ann@@example.org", "ann @example.org", '"a n"@example.org'])
def test_an_address_that_is_none_fails_at_once_says_so_and_goes_once_it_is_put_right(server, worker, address):
    person = a_person("Ann Invented")
    message = a_message(person=person, to=address)
    used = server()
    assert delivery.send([message.pk]) == 0
    message.refresh_from_db()
    assert (message.status, message.attempts) == (Message.Status.FAILED, 1)
    assert f"“{address}” is not a full email address" in message.last_error
    with worker():
        message_actions.try_again(message=message, by=an_administrator())
    message.refresh_from_db()
    assert message.status == Message.Status.SENT
    assert used.sent[0].to == [person.email]


def test_a_message_that_cannot_be_put_together_fails_at_once_and_holds_up_no_other(server):
    broken = a_message("broken", parts=[("day.ics", "text/calendar; charset=no-such-charset", b"BEGIN")])
    NoticePart.objects.filter(notice=broken.notice).update(content_type="nothing that is a type\nX: y")
    fine = a_message("fine")
    server()
    assert delivery.send([broken.pk, fine.pk]) == 1
    broken.refresh_from_db()
    assert (broken.status, broken.attempts) == (Message.Status.FAILED, 1)
    assert "cannot be put together" in broken.last_error


@pytest.mark.parametrize("status", ["waiting", "sending", "sent"])
def test_only_a_failed_message_can_be_tried_again(status):
    message = a_message()
    if status != "waiting":
        Message.objects.update(status="sending", taken_at=timezone.now())
    if status == "sent":
        Message.objects.update(status="sent", sent_at=timezone.now())
    with pytest.raises(ActionError):
        message_actions.try_again(message=message, by=an_administrator())


def test_one_bad_message_does_not_hold_up_the_others_and_one_connection_serves_all(server):
    ids = [a_message(f"m:{n}", to=f"p{n}@example.org").pk for n in range(4)]
    used = server(None, smtplib.SMTPRecipientsRefused({"p1@example.org": (550, b"no")}))
    assert delivery.send(ids) == 3
    assert len(used.sent) == 3
    assert used.closed == 1


def test_with_no_mail_server_the_rest_of_the_batch_waits_without_asking_it_again(server):
    ids = [a_message(f"m:{n}").pk for n in range(5)]
    used = server(open_error=ConnectionRefusedError())
    assert delivery.send(ids) == 0
    assert used.opened == 2
    assert set(Message.objects.values_list("status", "attempts")) == {("waiting", 1)}


def test_a_message_held_by_a_silent_worker_is_taken_over_and_the_late_worker_changes_nothing(settings):
    message = a_message()
    [held] = settling.take_all([message.pk])
    assert settling.take_all([message.pk]) == []
    Message.objects.update(taken_at=timezone.now() - timezone.timedelta(seconds=settings.OUTBOX_LEASE_SECONDS + 1))
    [again] = settling.take_all([message.pk])
    assert settling.settle(held, Message.Status.SENT) == 0
    assert settling.settle(again, Message.Status.SENT) == 1


def test_the_same_message_has_the_same_id_whenever_it_is_sent(settings):
    settings.SITE_URL = "https://wellbeing.example.org"
    first = delivery.email_of(a_message("a"))
    assert first.message()["Message-ID"] == delivery.email_of(a_message("a")).message()["Message-ID"]
    assert first.message()["Message-ID"].endswith("@wellbeing.example.org>")
    assert first.message()["Message-ID"] != delivery.email_of(a_message("b")).message()["Message-ID"]


def test_the_sweep_sends_what_is_due_and_leaves_what_is_not(worker):
    due, later = a_message("due"), a_message("later")
    Message.objects.filter(pk=later.pk).update(next_try_at=timezone.now() + timezone.timedelta(minutes=5))
    with worker():
        message_tasks.sweep_outbox.delay()
    assert [m.status for m in Message.objects.order_by("notice__key")] == ["sent", "waiting"]
    assert due.pk != later.pk


def test_postgres_refuses_to_lose_or_rewrite_a_sent_message(worker):
    with worker():
        message = a_message()
    for sql in (
        "DELETE FROM people_message WHERE id = %s",
        "UPDATE people_message SET status = 'waiting', sent_at = NULL WHERE id = %s",
        "UPDATE people_message SET sent_at = NULL WHERE id = %s",
    ):
        with pytest.raises(Exception, match=r"Cannot delete|Invalid transition|message_sent_has_its_time"):  # noqa: SIM117
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(sql, [message.pk])


@pytest.mark.django_db(transaction=True)
def test_with_the_broker_down_writing_succeeds_at_once_and_the_sweep_sends_later(
    worker_address_closed, caplog, monkeypatch
):
    slept = []
    monkeypatch.setattr("kombu.utils.functional.sleep", slept.append)
    message = a_message()
    # A port where nobody listens refuses at once; what a reader could wait for is trying again.
    assert slept == []
    message.refresh_from_db()
    assert message.status == Message.Status.WAITING
    assert "The broker is away" in caplog.text
    worker_address_closed.task_always_eager = True
    message_tasks.sweep_outbox()
    message.refresh_from_db()
    assert message.status == Message.Status.SENT


@pytest.fixture
def worker_address_closed():
    """Celery with its broker at a port where nobody listens, and no connection left from before."""
    from wellbeing.celery import app

    def forget_connections():
        pools.reset()
        app._pool = None
        app.amqp._producer_pool = None

    before = app.conf.broker_url, app.conf.broker_write_url
    app.conf.broker_url = app.conf.broker_write_url = "redis://127.0.0.1:9/0"
    forget_connections()
    yield app.conf
    app.conf.task_always_eager = False
    app.conf.broker_url, app.conf.broker_write_url = before
    forget_connections()


@pytest.mark.django_db
def test_only_while_a_batch_is_settled_does_a_commit_not_wait_for_the_disk():
    def waits():
        with connection.cursor() as cursor:
            cursor.execute("SELECT setting, source FROM pg_settings WHERE name = 'synchronous_commit'")
            return cursor.fetchone()

    before = waits()
    assert before[1] != "session"
    with settling.quickly():
        assert waits() == ("off", "session")
    assert waits() == before
    with pytest.raises(ValueError, match="killed"), settling.quickly():
        raise ValueError("killed")
    assert waits() == before
