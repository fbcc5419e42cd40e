"""Tests of what can be done with events, when, and by whom."""

import datetime as dt

import pytest
from django.core import mail
from django.utils import timezone

from events.day import actions as day_actions
from events.inviting.actions import invitations
from events.models import Event, Invitation
from events.planning import actions as planning_actions
from events.planning.transitions import EventError
from programmes.models import Role
from tests import factories as make
from tests.helpers.database import refused
from tests.helpers.events import members
from wellbeing.lib.dates import day_and_times

PLANNED, HELD, CANCELLED = Event.Status.PLANNED, Event.Status.HELD, Event.Status.CANCELLED


def the_values(**changed):
    day = timezone.localdate() + dt.timedelta(days=20)
    starts = timezone.make_aware(dt.datetime.combine(day, dt.time(10)))
    values = {
        "title": "Curry and co-production",
        "kind": Event.Kind.COPRODUCTION,
        "purpose": "To agree how we work.",
        "starts_at": starts,
        "ends_at": starts + dt.timedelta(hours=3),
        "venue_name": "The Invented Hall",
        "reply_by": day,
    }
    return {**values, **changed}


def test_an_event_is_planned_with_what_was_entered(programme, staff):
    event = planning_actions.create(programme=programme, by=staff, organiser=staff.person, **the_values())
    assert event.status == PLANNED
    assert event.organiser == staff.person


def test_an_event_that_ends_before_it_starts_is_refused(programme, staff):
    values = the_values()
    values["ends_at"] = values["starts_at"] - dt.timedelta(minutes=1)
    with pytest.raises(EventError, match="later than the start"):
        planning_actions.create(programme=programme, by=staff, organiser=staff.person, **values)


def test_an_event_needs_a_venue_or_a_link(programme, staff):
    with pytest.raises(EventError) as refused:
        planning_actions.create(programme=programme, by=staff, organiser=staff.person, **the_values(venue_name=""))
    assert refused.value.field == "venue_name"


def test_replies_cannot_be_wanted_after_the_day(programme, staff):
    with pytest.raises(EventError) as refused:
        late = the_values()["reply_by"] + dt.timedelta(days=1)
        planning_actions.create(programme=programme, by=staff, organiser=staff.person, **the_values(reply_by=late))
    assert refused.value.field == "reply_by"


def test_a_group_of_another_programme_is_refused(programme, staff):
    other = make.a_steering_group(make.a_programme())
    with pytest.raises(EventError, match="another programme"):
        planning_actions.create(programme=programme, by=staff, organiser=staff.person, **the_values(group=other))


@pytest.mark.parametrize("role", [Role.FINANCE, Role.STEERING, Role.LIVED_EXPERIENCE])
def test_only_staff_do_anything_with_an_event(programme, event, past, role):
    other = make.with_role(programme, role)
    person = members(programme, 1)[0]
    invitation = make.an_invitation(event, person, question="Is there parking?")
    for attempt in (
        lambda: planning_actions.create(programme=programme, by=other, organiser=other.person, **the_values()),
        lambda: planning_actions.edit(event=event, by=other, title="Mine now"),
        lambda: planning_actions.cancel(event=event, by=other),
        lambda: invitations.invite(event=event, people=[person], by=other),
        lambda: invitations.send_waiting(event=event, by=other),
        lambda: invitations.reply(invitation=invitation, reply="coming", by=other),
        lambda: invitations.answer(invitation=invitation, answer="Yes", by=other),
        lambda: day_actions.record(event=past, came={person.pk}, by=other),
    ):
        with pytest.raises(EventError, match="Only staff"):
            attempt()


ALLOWED = {
    "edit": {(PLANNED, "to come"), (PLANNED, "over")},
    "cancel": {(PLANNED, "to come"), (PLANNED, "over")},
    "invite": {(PLANNED, "to come")},
    "send_waiting": {(PLANNED, "to come")},
    "reply": {(PLANNED, "to come")},
    "record": {(PLANNED, "over"), (HELD, "over"), (HELD, "to come")},
}


@pytest.mark.parametrize("action", ALLOWED)
@pytest.mark.parametrize("status", [PLANNED, HELD, CANCELLED])
@pytest.mark.parametrize("when", ["to come", "over"])
def test_each_action_in_each_status(programme, staff, after_attendance, action, status, when):
    event = make.an_event(programme, days=10 if when == "to come" else -3)
    person = members(programme, 1)[0]
    invitation = make.an_invitation(event, person)
    if status != PLANNED:
        event.status = status
        event.save()
    do = {
        "edit": lambda: planning_actions.edit(event=event, by=staff, title="Another name"),
        "cancel": lambda: planning_actions.cancel(event=event, by=staff),
        "invite": lambda: invitations.invite(event=event, people=[person], by=staff),
        "send_waiting": lambda: invitations.send_waiting(event=event, by=staff),
        "reply": lambda: invitations.reply(invitation=invitation, reply="coming", by=None),
        "record": lambda: day_actions.record(event=event, came={person.pk}, by=staff),
    }[action]
    if (status, when) in ALLOWED[action]:
        do()
    else:
        with pytest.raises(EventError):
            do()


# Changing and cancelling


def invited(programme, event, staff, worker, number=3):
    people = members(programme, number)
    with worker():
        invitations.invite(event=event, people=people, by=staff)
    mail.outbox.clear()
    return list(Invitation.objects.filter(event=event).order_by("pk"))


def test_a_new_place_is_told_to_everyone_but_those_who_cannot_come(programme, staff, event, worker):
    coming, not_coming, silent = invited(programme, event, staff, worker)
    invitations.reply(invitation=coming, reply="coming", by=None)
    invitations.reply(invitation=not_coming, reply="not_coming", by=None)
    with worker():
        planning_actions.edit(event=event, by=staff, venue_name="Another Hall")
    told = [message for message in mail.outbox if "has changed" in message.body]
    assert {message.to[0] for message in told} == {coming.person.email, silent.person.email}


def test_a_new_time_is_told_to_everyone_and_asks_those_again_who_had_replied(programme, staff, event, worker):
    coming, not_coming, silent = invited(programme, event, staff, worker)
    with worker():
        invitations.reply(invitation=coming, reply="coming", by=None)
        invitations.reply(invitation=not_coming, reply="not_coming", by=None)
    mail.outbox.clear()
    before = day_and_times(event.starts_at, event.ends_at)
    with worker():
        changed = planning_actions.edit(event=event, by=staff, starts_at=event.starts_at + dt.timedelta(hours=1))
    assert changed.sequence == 1
    told = {message.to[0]: message.body for message in mail.outbox}
    assert set(told) == {coming.person.email, not_coming.person.email, silent.person.email}
    assert all("has changed" in words for words in told.values())
    assert f"You told us about {before}: “I will come”. Please tell us if you can come" in told[coming.person.email]
    assert f"You told us about {before}: “I cannot come”. Please tell us" in told[not_coming.person.email]
    assert "You told us" not in told[silent.person.email]


def test_a_second_change_is_told_as_well(programme, staff, event, worker):
    invited(programme, event, staff, worker, number=1)
    for name in ("Another Hall", "A Third Hall"):
        with worker():
            planning_actions.edit(event=event, by=staff, venue_name=name)
    assert ["Now: Another Hall" in message.body for message in mail.outbox] == [True, False]
    assert ["Before: Another Hall" in message.body for message in mail.outbox] == [False, True]
    assert "A Third Hall" in mail.outbox[1].body


def test_a_new_title_is_no_news(programme, staff, event, worker):
    invited(programme, event, staff, worker, number=1)
    with worker():
        planning_actions.edit(event=event, by=staff, title="Dosa and co-production")
    assert not mail.outbox


def test_cancelling_tells_everyone_who_knows_of_it(programme, staff, event, worker):
    invited(programme, event, staff, worker, number=2)
    later = members(programme, 1)[0]
    make.an_invitation(event, later)
    with worker():
        planning_actions.cancel(event=event, by=staff, reason="The hall has been flooded.")
    event.refresh_from_db()
    assert (event.status, event.cancel_reason) == (CANCELLED, "The hall has been flooded.")
    assert len(mail.outbox) == 2
    assert all("The hall has been flooded." in message.body for message in mail.outbox)
    assert later.email not in {message.to[0] for message in mail.outbox}


def test_cancelling_a_day_long_gone_writes_to_nobody(programme, staff, past, worker):
    make.an_invitation(past, reply="coming", replied_at=timezone.now())
    with worker():
        assert planning_actions.cancel(event=past, by=staff) is None
    assert not mail.outbox


# Refused by Postgres itself


def test_postgres_refuses_what_makes_no_sense(event, member):
    invitation = make.an_invitation(event, member.person)
    refused("UPDATE events_event SET ends_at = starts_at WHERE id = %s", event.pk)
    refused("UPDATE events_event SET venue_name = '', online_link = '' WHERE id = %s", event.pk)
    refused("UPDATE events_event SET cancel_reason = 'flood' WHERE id = %s", event.pk)
    refused("UPDATE events_invitation SET reply = 'coming' WHERE id = %s", invitation.pk)
    refused("UPDATE events_invitation SET reply_taken_by_id = %s WHERE id = %s", member.person.pk, invitation.pk)
    refused("UPDATE events_invitation SET answer = 'yes', answered_at = now() WHERE id = %s", invitation.pk)
    refused(
        "INSERT INTO events_invitation (event_id, person_id, link_key, invited_by_id, invited_at, reply, access_needs,"
        " question, answer) VALUES (%s, %s, 'another', %s, now(), '', '', '', '')",
        event.pk,
        member.person.pk,
        member.person.pk,
    )


@pytest.mark.parametrize("status", [HELD, CANCELLED])
@pytest.mark.parametrize("target", Event.Status)
def test_postgres_keeps_an_event_held_or_cancelled(event, status, target):
    event.status = status
    event.save()
    if target != status:
        refused("UPDATE events_event SET status = %s WHERE id = %s", target, event.pk)


def test_python_and_postgres_allow_an_event_the_same_steps(programme):
    for status, targets in Event.TRANSITIONS.items():
        for target in targets:
            event = make.an_event(programme, status="draft" if status == Event.Status.DRAFT else PLANNED)
            assert event.status == status
            Event.objects.filter(pk=event.pk).update(status=target)
