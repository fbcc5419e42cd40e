"""Reminders of claims that went before reminders were gathered: noted, counted, and never sent again."""

import datetime as dt
import importlib

import pytest
from django.apps import apps
from django.utils import timezone

from people.messages.returns import stopping
from people.models import EmailStop, Notice
from programmes.models import Reminder
from programmes.reminders import sending
from tests import factories
from tests.factories.reminders import a_claim_to_send

migration = importlib.import_module("payments.migrations.0042_reminders_of_before")


@pytest.fixture
def was_reminded():
    """fn(claim, days, on) -> the notice of a reminder as it was written before."""

    def make(claim, days, at):
        voice = f"programme:{claim.programme_id}"
        return Notice.objects.create(
            key=f"claim-closing-{claim.pk}-{days}",
            kind="claim_closing",
            person=claim.person,
            audience=voice,
            voice=voice,
            subject="Send your claim by Monday 4 May 2026",
            text_body="There is £50.00 on it.",
            html_body="<p>There is £50.00 on it.</p>",
            created_at=at,
        )

    return make


def migrate():
    migration.note_reminders(apps, None)


def days_ago(days):
    return timezone.now() - dt.timedelta(days=days)


def test_reminders_of_before_are_noted_with_their_number_and_day(scene, was_reminded):
    claim = a_claim_to_send(scene.programme, scene.person.person, 2)
    second = was_reminded(claim, 3, days_ago(1))
    first = was_reminded(claim, 14, days_ago(12))
    Notice.objects.create(
        key="claim-received-7", kind="claim_received", person=claim.person, subject="x", text_body="x"
    )
    migrate()
    rows = Reminder.objects.order_by("number")
    assert [(row.number, row.notice, row.on) for row in rows] == [
        (1, first, timezone.localdate() - dt.timedelta(days=12)),
        (2, second, timezone.localdate() - dt.timedelta(days=1)),
    ]
    for row in rows:
        assert (row.programme, row.person, row.subject) == (claim.programme, claim.person, "claims")
        assert (row.thing, row.words) == (f"claim:{claim.pk}", "Send your claim by Monday 4 May 2026")


def test_the_day_of_a_reminder_of_before_is_that_of_london(scene, was_reminded):
    claim = a_claim_to_send(scene.programme, scene.person.person, 2)
    was_reminded(claim, 14, dt.datetime(2026, 6, 10, 23, 30, tzinfo=dt.UTC))
    migrate()
    assert Reminder.objects.get().on == dt.date(2026, 6, 11)


def test_what_was_reminded_of_before_is_not_reminded_of_again(scene, was_reminded):
    today = timezone.localdate()
    claim = a_claim_to_send(scene.programme, scene.person.person, 10)
    was_reminded(claim, 14, days_ago(4))
    migrate()
    assert [days for days in range(11) if sending.send_due(today + dt.timedelta(days=days))] == [7]
    assert Reminder.objects.latest("pk").number == 2


def test_somebody_reminded_in_the_morning_of_the_change_hears_no_more_that_day(scene, was_reminded):
    person = scene.person.person
    was_reminded(a_claim_to_send(scene.programme, person, 14), 14, timezone.now())
    a_claim_to_send(scene.programme, person, 3)
    migrate()
    assert sending.send_due(timezone.localdate()) == 0
    assert sending.send_due(timezone.localdate() + dt.timedelta(days=1)) == 1


def test_two_of_one_person_on_one_day_are_both_noted(scene, was_reminded):
    person = scene.person.person
    claims = [a_claim_to_send(scene.programme, person, days) for days in (3, 2)]
    written = [was_reminded(claim, 3, days_ago(1)) for claim in claims]
    migrate()
    assert [row.notice for row in Reminder.objects.order_by("notice_id")] == written


def test_a_wish_to_get_no_reminders_holds_and_the_link_of_an_old_one_stops_them_all(scene, was_reminded, client):
    person = scene.person.person
    stopped = EmailStop.objects.create(person=factories.a_person(), kind="claim_closing")
    notice = was_reminded(a_claim_to_send(scene.programme, person, 5), 14, days_ago(9))
    migrate()
    stopped.refresh_from_db()
    notice.refresh_from_db()
    assert stopped.kind == notice.kind == "reminder"
    address = stopping.link_for(notice).split("/", 3)[3]
    client.post(f"/{address}", {"List-Unsubscribe": "One-Click"})
    assert EmailStop.objects.open().filter(person=person, kind="reminder").exists()


def test_the_notices_of_before_are_frozen_again(scene, was_reminded):
    notice = was_reminded(a_claim_to_send(scene.programme, scene.person.person, 5), 14, days_ago(9))
    migrate()
    with pytest.raises(Exception, match="Cannot update"):
        Notice.objects.filter(pk=notice.pk).update(kind="claim_closing")
