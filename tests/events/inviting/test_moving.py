"""A reply says nothing about a time that came later: who replied is asked again when an event moves."""

import datetime as dt

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from events.inviting.actions import invitations
from events.inviting.models import Invitation
from events.planning import actions as planning_actions
from people.models import Notice
from tests import factories as make
from tests.helpers.database import refused

WEEK = dt.timedelta(days=7)


@pytest.fixture
def move(event, staff, worker):
    """Move the event by `by`; the messages about it go out."""

    def do(by=WEEK, **more):
        times = {"starts_at": event.starts_at + by, "ends_at": event.ends_at + by}
        with worker():
            return planning_actions.edit(event=event, by=staff, **times, **more)

    return do


def replied(event, reply, person=None):
    return make.an_invitation(event, person, reply=reply, replied_at=timezone.now())


def test_who_may_come_is_asked_again_and_a_new_reply_is_for_the_new_time(event, move):
    coming, not_sure, not_coming = (replied(event, reply) for reply in ("coming", "not_sure", "not_coming"))
    silent = make.an_invitation(event)
    move()
    assert set(Invitation.objects.asked_again()) == {coming, not_sure}
    assert set(Invitation.objects.wanting_a_reply()) == {coming, not_sure, silent}
    not_coming.refresh_from_db()
    assert not_coming.replied_for_start == event.starts_at
    before = Invitation.objects.get(pk=coming.pk).replied_at
    # The same words, about another time: this is news.
    again = invitations.reply(invitation=coming, reply="coming", by=None)
    assert (again.is_asked_again, again.replied_for) == (False, "")
    assert again.replied_at > before
    assert list(Invitation.objects.asked_again()) == [not_sure]


def test_moving_again_keeps_the_time_they_replied_to_and_moving_back_asks_nobody(event, move):
    coming = replied(event, "coming")
    move()
    move(2 * WEEK)
    coming.refresh_from_db()
    assert (coming.replied_for_start, coming.replied_for_end) == (event.starts_at, event.ends_at)
    move(dt.timedelta(0))
    coming.refresh_from_db()
    assert not coming.is_asked_again


def test_a_new_place_asks_nobody_again(event, staff, worker):
    coming = replied(event, "coming")
    with worker():
        planning_actions.edit(event=event, by=staff, venue_name="Another Hall")
    coming.refresh_from_db()
    assert not coming.is_asked_again
    assert "If this is still right, you do not need to do anything" in mail.outbox[0].body


def test_the_reply_page_says_what_they_replied_to_and_chooses_nothing_for_them(client, event, member, move):
    coming = replied(event, "coming", member.person)
    move(reply_by=event.reply_by + WEEK)
    page = client.get(reverse("reply", args=[coming.link_key])).text
    assert "The time is a new one. You told us about Thursday 3 December 2026, 10am to 1pm:" in page
    assert 'value="coming" checked' not in page and 'checked value="coming"' not in page
    client.post(reverse("reply", args=[coming.link_key]), {"reply": "not_coming"})
    coming.refresh_from_db()
    assert (coming.reply, coming.is_asked_again) == ("not_coming", False)


def test_home_asks_again_and_so_do_reminders(signed_in, event, programme, member, move):
    coming = replied(event, "coming", member.person)
    home = signed_in(member).get(reverse("home")).text
    assert "Tell us if you can come" not in home
    move(reply_by=event.reply_by + WEEK)
    assert "Tell us if you can come to Curry and co-production" in signed_in(member).get(reverse("home")).text
    assert Notice.objects.filter(kind="event_changed", person=coming.person).exists()


def test_staff_see_how_many_are_asked_again(as_staff, event, member, move):
    replied(event, "coming", member.person)
    move()
    page = as_staff.get(event.get_absolute_url()).text
    assert "asked again" in page
    rows = as_staff.get(event.get_absolute_url(), {"tab": "replies", "reply": "again"}).text
    assert "Mina Member" in rows
    other = make.an_invitation(event)
    assert other.person.full_name not in rows


def test_the_database_keeps_both_times_or_none(event):
    silent = make.an_invitation(event)
    both = "UPDATE events_invitation SET replied_for_start = now(), replied_for_end = now() WHERE id = %s"
    assert "invitation_earlier_time_is_of_a_reply" in refused(both, silent.pk)
    coming = replied(event, "coming")
    one = "UPDATE events_invitation SET replied_for_start = now() WHERE id = %s"
    assert "invitation_earlier_time_is_of_a_reply" in refused(one, coming.pk)
