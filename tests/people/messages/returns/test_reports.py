"""A report on an email changes its message, the mark on the address, and the next way to the person."""

import pytest
from django.db import DatabaseError, connection, transaction

from people.messages import delivery, routing, telling
from people.messages.actions import delivering
from people.messages.page import MessagePage, OwnNotice
from people.messages.returns import actions
from people.messages.returns.reports import Report
from people.models import AddressMark, MailReport, Message
from tests.factories import a_person, an_administrator

from .conftest import ways

pytestmark = pytest.mark.django_db
NO_SUCH_USER = "550 5.1.1 No such user"


def report(message, outcome, ref="r1", **fields):
    fields = {"said": NO_SUCH_USER, "address": outcome == "bounced", **fields}
    return actions.take_report(provider_ref=message.provider_ref, report=Report(ref, outcome, **fields), by=None)


def delivered(message):
    actions.take_delivery(provider_ref=message.provider_ref, by=None)


def test_an_email_keeps_the_id_by_which_reports_name_it(sent):
    assert len(sent.provider_ref) == 40
    assert sent.provider_ref in delivery.email_of(sent).message()["Message-ID"]
    assert telling.Notice.objects.get().key not in sent.provider_ref


def test_a_bounce_fails_the_message_marks_the_address_and_opens_the_next_way(sent, ann):
    report(sent, "bounced")
    sent.refresh_from_db()
    assert ways(sent) == [("email", "failed"), ("letter", "waiting")]
    assert sent.last_error == f"The email came back: {NO_SUCH_USER}"
    assert sent.status_in_words == "Came back"
    mark = AddressMark.objects.get()
    assert (mark.channel, mark.address, mark.reason) == ("email", "ann@example.org", "bounced")
    assert [way.channel for way in routing.ways_now(ann)] == ["letter"]


def test_a_bounce_that_is_not_about_the_address_marks_nothing(sent):
    report(sent, "bounced", said="552 5.2.2 Over quota", address=False)
    assert ways(sent) == [("email", "failed"), ("letter", "waiting")]
    assert not AddressMark.objects.exists()


def test_without_a_second_way_a_colleague_is_asked(tell):
    message = tell(a_person(email="only@example.org"))
    delivery.send([message.pk])
    message.refresh_from_db()
    report(message, "bounced")
    assert ways(message) == [("email", "failed"), ("colleague", "waiting")]


def test_the_same_report_twice_and_a_second_one_change_nothing_more(sent):
    first = report(sent, "bounced")
    assert report(sent, "bounced") == first
    report(sent, "bounced", ref="r2")
    assert ways(sent) == [("email", "failed"), ("letter", "waiting")]
    assert AddressMark.objects.count() == 1


def test_a_report_on_an_email_that_is_not_ours_changes_nothing(sent):
    for ref in ("0" * 40, "", "<nobody@example.org>"):
        assert actions.take_report(provider_ref=ref, report=Report("r", "bounced"), by=None) is None
        assert actions.take_delivery(provider_ref=ref, by=None) is None
    assert ways(sent) == [("email", "sent")]
    assert not MailReport.objects.exists()


def test_delivered_is_kept_and_a_bounce_after_it_counts(sent):
    delivered(sent)
    sent.refresh_from_db()
    assert sent.status == "delivered"
    assert sent.delivered_at
    report(sent, "bounced")
    sent.refresh_from_db()
    assert sent.status == "failed"
    assert sent.delivered_at is None


def test_delivered_that_comes_after_a_bounce_takes_nothing_back(sent):
    report(sent, "bounced")
    delivered(sent)
    assert ways(sent) == [("email", "failed"), ("letter", "waiting")]


def test_a_delay_is_a_note_and_no_more(sent):
    report(sent, "delayed", said="Connection timed out")
    assert ways(sent) == [("email", "sent")]
    page = MessagePage(Message.objects.get(pk=sent.pk), an_administrator())
    assert [(row.get_outcome_display(), row.said) for row in page.reports] == [("Delayed", "Connection timed out")]
    assert page.problem == ""


def test_a_bounce_at_another_address_than_the_one_it_goes_to_now_changes_nothing(sent):
    """They gave a new address, a colleague tried again, and only then the bounce of the old one came."""
    report(sent, "bounced", to="old@example.org")
    assert ways(sent) == [("email", "sent")]
    assert not AddressMark.objects.exists()
    report(sent, "bounced", ref="r2", to="ANN@example.org")
    assert ways(sent) == [("email", "failed"), ("letter", "waiting")]


def test_a_report_while_the_email_waits_to_go_again_is_of_the_earlier_try(sent):
    ref = sent.provider_ref
    report(sent, "bounced")
    delivering.try_again(message=sent, by=an_administrator())
    assert ways(sent) == [("email", "waiting"), ("letter", "cancelled")]
    actions.take_report(provider_ref=ref, report=Report("r3", "bounced", address=True), by=None)
    assert ways(sent) == [("email", "waiting"), ("letter", "cancelled")]
    delivery.send([sent.pk])
    actions.take_report(provider_ref=ref, report=Report("r1", "bounced", address=True), by=None)
    assert ways(sent) == [("email", "sent"), ("letter", "cancelled")], "that report was brought before"


def test_an_email_to_nobodys_address_that_comes_back_is_an_administrators_task(db):
    more = {"subject": "Confirm", "text": "Please.", "to": "host@example.org"}
    message = telling.tell(None, "account", key="host:1", **more).messages.get()
    delivery.send([message.pk])
    message.refresh_from_db()
    assert report(message, "bounced").for_an_administrator
    assert ways(message) == [("email", "failed")]


def test_a_bounce_to_a_person_is_nobodys_extra_task(sent):
    assert not report(sent, "bounced").for_an_administrator


def test_after_a_complaint_only_what_is_needed_goes_there(sent, ann, tell):
    report(sent, "complained", said="abuse")
    assert ways(sent) == [("email", "sent")], "it arrived"
    assert AddressMark.objects.get().reason == "complained"
    invitation = tell(ann, "news:2")
    assert (invitation.channel, invitation.status) == ("email", "waiting")
    reminder = tell(ann, "claim:1", kind="reminder")
    assert (reminder.channel, reminder.status) == ("email", "cancelled")
    assert reminder.last_error == "An email from us was reported as unwanted, so only what they need goes there."
    assert OwnNotice(reminder.notice).how == "Not sent, as you get no emails of this kind"
    assert reminder.status_in_words == "Not wanted by email"


def test_a_complaint_stops_what_waits_and_is_not_needed(sent, ann, tell):
    reminder, needed = tell(ann, "claim:1", kind="reminder"), tell(ann, "news:2")
    other = tell(a_person(email="other@example.org"), "claim:2", kind="reminder")
    report(sent, "complained")
    statuses = [Message.objects.get(pk=row.pk).status for row in (reminder, needed, other)]
    assert statuses == ["cancelled", "waiting", "waiting"]


def test_a_service_that_refuses_after_a_complaint_makes_the_second_way_the_first(sent, ann, tell):
    report(sent, "complained")
    report(sent, "bounced", ref="r2", said="On the suppression list")
    assert set(AddressMark.objects.values_list("reason", flat=True)) == {"complained", "bounced"}
    assert tell(ann, "news:2").channel == "letter"
    bounced = AddressMark.objects.get(reason="bounced")
    delivering.end_mark(mark=bounced, by=an_administrator())
    assert tell(ann, "news:3").channel == "email"
    assert tell(ann, "claim:1", kind="reminder").status == "cancelled", "the complaint outlasts the bounce"


def test_the_database_keeps_reports_and_what_they_say(sent):
    row = report(sent, "bounced")
    for sql in (
        "DELETE FROM people_mailreport",
        "UPDATE people_mailreport SET said = 'x'",
        "UPDATE people_mailreport SET message_id = NULL",
        "UPDATE people_mailreport SET seen_at = now()",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    assert MailReport.objects.get() == row
