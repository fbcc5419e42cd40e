"""What can be done with events, when, and by whom."""

import datetime as dt

import pytest
from django.core import mail
from django.utils import timezone

from events import registry
from events.day import actions as day_actions
from events.inviting.actions import invitations
from events.models import Attendance, Event, Invitation
from events.planning import actions as planning_actions
from events.planning.transitions import EventError
from people.models import Job, Message
from programmes.models import Role
from tests import factories as make
from tests.helpers.database import refused
from tests.helpers.events import members
from wellbeing.lib.errors import ActionError

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
@pytest.mark.parametrize("status", Event.Status)
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


# Inviting


def test_inviting_writes_to_everyone_with_an_address_once(programme, staff, event, worker, offer):
    people = members(programme, 3)
    with worker():
        new = invitations.invite(event=event, people=people, by=staff)
    assert {invitation.person for invitation in new} == set(people)
    assert sorted(message.to[0] for message in mail.outbox) == sorted(person.email for person in people)
    assert set(Message.objects.values_list("status", flat=True)) == {"sent"}
    assert all(invitation.message.key == f"invitation:{invitation.pk}" for invitation in Invitation.objects.all())
    job = Job.objects.get(kind="invitations", subject_id=event.pk)
    assert (job.status, job.done, job.total) == ("done", 3, 3)


def test_inviting_twice_sends_nothing_twice(programme, staff, event, worker):
    people = members(programme, 2)
    for _time in range(2):
        with worker():
            invitations.invite(event=event, people=people, by=staff)
    assert len(mail.outbox) == 2
    assert Invitation.objects.count() == 2


def test_the_same_job_run_twice_sends_nothing_twice(programme, staff, event, worker):
    with worker():
        invitations.invite(event=event, people=members(programme, 2), by=staff)
    job = Job.objects.get()
    Invitation.objects.update(message=None)
    Job.objects.update(status="waiting", finished_at=None)
    from people.jobs import running

    with worker():
        running.run(job.pk)
    assert len(mail.outbox) == 2
    assert Message.objects.count() == 2
    assert not Invitation.objects.filter(message=None).exists()


def test_many_invitations_go_out_in_batches(programme, staff, event, worker, monkeypatch):
    monkeypatch.setattr("events.inviting.sending.BATCH", 2)
    with worker():
        invitations.invite(event=event, people=members(programme, 5), by=staff)
    assert len(mail.outbox) == 5
    assert Job.objects.get().done == 5


def test_people_invited_while_a_job_ends_are_not_forgotten(programme, staff, event, worker):
    """The job closes while it holds the event, so whoever invites next starts another."""
    first, second = members(programme, 1), members(programme, 1)
    with worker():
        invitations.invite(event=event, people=first, by=staff)
    with worker():
        invitations.invite(event=event, people=second, by=staff)
    assert Job.objects.filter(status="done").count() == 2
    assert len(mail.outbox) == 2


def test_someone_without_an_address_is_invited_and_gets_no_message(programme, staff, event, worker):
    person = members(programme, 1, email="")[0]
    with worker():
        invitations.invite(event=event, people=[person], by=staff)
    assert Invitation.objects.get(person=person).message is None
    assert not mail.outbox
    assert not Job.objects.exists()


def test_an_invitation_goes_out_when_the_address_is_known_at_last(programme, staff, event, worker):
    person = members(programme, 1, email="")[0]
    invitations.invite(event=event, people=[person], by=staff)
    make.move_address(person, "found@example.org")
    with worker():
        assert invitations.send_waiting(event=event, by=staff)
    assert [message.to for message in mail.outbox] == [["found@example.org"]]
    assert invitations.send_waiting(event=event, by=staff) is None


def test_nobody_outside_the_programme_can_be_invited(programme, staff, event):
    stranger = make.a_person("Stan Stranger")
    with pytest.raises(EventError, match="Stan Stranger"):
        invitations.invite(event=event, people=[stranger], by=staff)
    assert not Invitation.objects.exists()


def test_whoever_has_left_by_the_day_of_the_event_cannot_be_invited(programme, staff, event):
    person = members(programme, 1)[0]
    person.memberships.update(ends_on=event.day - dt.timedelta(days=1))
    with pytest.raises(EventError):
        invitations.invite(event=event, people=[person], by=staff)


def test_a_member_of_a_group_can_be_invited_without_another_role(programme, staff, event):
    partner = make.a_person("Petra Partner")
    make.a_steering_group(programme).terms.create(person=partner, seat="partner", starts_on=programme.starts_on)
    assert invitations.invite(event=event, people=[partner], by=staff)


def test_an_event_cancelled_before_the_worker_starts_sends_no_invitation(
    programme, staff, event, worker, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks() as later:
        invitations.invite(event=event, people=members(programme, 2), by=staff)
    with worker():
        planning_actions.cancel(event=event, by=staff)
    with worker():
        for run in later:
            run()
    assert not mail.outbox


# Changing and cancelling


def invited(programme, event, staff, worker, number=3):
    people = members(programme, number)
    with worker():
        invitations.invite(event=event, people=people, by=staff)
    mail.outbox.clear()
    return list(Invitation.objects.filter(event=event).order_by("pk"))


def test_a_new_time_is_told_to_everyone_but_those_who_cannot_come(programme, staff, event, worker):
    coming, not_coming, silent = invited(programme, event, staff, worker)
    invitations.reply(invitation=coming, reply="coming", by=None)
    invitations.reply(invitation=not_coming, reply="not_coming", by=None)
    with worker():
        changed = planning_actions.edit(event=event, by=staff, starts_at=event.starts_at + dt.timedelta(hours=1))
    assert changed.sequence == 1
    assert {message.to[0] for message in mail.outbox} == {coming.person.email, silent.person.email}
    assert all("has changed" in message.body for message in mail.outbox)


def test_a_second_change_is_told_as_well(programme, staff, event, worker):
    invited(programme, event, staff, worker, number=1)
    for name in ("Another Hall", "A Third Hall"):
        with worker():
            planning_actions.edit(event=event, by=staff, venue_name=name)
    assert ["Another Hall" in message.body for message in mail.outbox] == [True, False]
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


# Replies and questions


def test_a_reply_can_be_changed_and_keeps_what_was_written_before(event):
    invitation = make.an_invitation(event)
    invitations.reply(
        invitation=invitation, reply="coming", access_needs="A step-free way in", question="Is there tea?", by=None
    )
    changed = invitations.reply(invitation=invitation, reply="not_sure", by=None)
    assert changed.reply == "not_sure"
    assert changed.access_needs == "A step-free way in"
    assert changed.question == "Is there tea?"
    assert changed.reply_taken_by is None


def test_a_second_question_joins_one_that_waits(event):
    invitation = make.an_invitation(event)
    invitations.reply(invitation=invitation, reply="coming", question="Is there tea?", by=None)
    changed = invitations.reply(invitation=invitation, reply="coming", question="And cake?", by=None)
    assert changed.question == "Is there tea?\n\nAnd cake?"


def test_a_question_after_an_answer_waits_for_its_own(event, staff, worker):
    invitation = make.an_invitation(event)
    invitations.reply(invitation=invitation, reply="coming", question="Is there tea?", by=None)
    with worker():
        invitations.answer(invitation=invitation, answer="There is.", by=staff)
    changed = invitations.reply(invitation=invitation, reply="coming", question="And cake?", by=None)
    assert changed.waits_for_answer
    with worker():
        invitations.answer(invitation=invitation, answer="And cake.", by=staff)
    assert ["There is." in message.body for message in mail.outbox] == [True, False]
    assert "And cake." in mail.outbox[1].body


def test_a_question_is_answered_once(event, staff, worker):
    invitation = make.an_invitation(event)
    invitations.reply(invitation=invitation, reply="coming", question="Is there tea?", by=None)
    with worker():
        invitations.answer(invitation=invitation, answer="There is.", by=staff)
        with pytest.raises(EventError, match="answered before"):
            invitations.answer(invitation=invitation, answer="There is not.", by=staff)
    assert len(mail.outbox) == 1
    assert mail.outbox[0].reply_to == [event.programme.contact_email]


def test_a_reply_written_down_for_somebody_says_so_and_tells_them(event, staff, worker):
    invitation = make.an_invitation(event)
    with worker():
        taken = invitations.reply(invitation=invitation, reply="coming", by=staff)
    assert taken.reply_taken_by == staff.person
    assert "Stella Staff wrote down your reply" in mail.outbox[0].body
    invitations.reply(invitation=invitation, reply="not_coming", by=None)
    invitation.refresh_from_db()
    assert invitation.reply_taken_by is None


def test_no_reply_but_the_three_is_taken(event):
    with pytest.raises(EventError):
        invitations.reply(invitation=make.an_invitation(event), reply="perhaps", by=None)


# Who came


def test_recording_who_came_holds_the_event_and_tells_the_apps_above(programme, past, staff, after_attendance):
    here, absent = members(programme, 2)
    make.an_invitation(past, here)
    make.an_invitation(past, absent)
    held = day_actions.record(event=past, came={here.pk}, by=staff)
    assert held.status == HELD
    assert dict(Attendance.objects.values_list("person", "came")) == {here.pk: True, absent.pk: False}
    assert after_attendance == [(here, True)]


def test_somebody_of_the_programme_may_have_come_unannounced(programme, past, staff, after_attendance):
    person = members(programme, 1)[0]
    day_actions.record(event=past, came={person.pk}, by=staff)
    assert after_attendance == [(person, True)]


def test_nobody_from_outside_the_programme_is_recorded(past, staff):
    stranger = make.a_person("Stan Stranger")
    with pytest.raises(EventError, match="Somebody you ticked is not in this programme"):
        day_actions.record(event=past, came={stranger.pk}, by=staff)
    past.refresh_from_db()
    assert past.status == PLANNED


def test_an_event_where_nobody_came_is_not_recorded_by_mistake(past, staff):
    with pytest.raises(EventError, match="at least one"):
        day_actions.record(event=past, came=set(), by=staff)


def test_attendance_can_be_put_right_both_ways(programme, past, staff, after_attendance):
    first, second = members(programme, 2)
    day_actions.record(event=past, came={first.pk}, by=staff)
    after_attendance.clear()
    day_actions.record(event=past, came={second.pk}, by=staff)
    assert sorted(after_attendance, key=lambda seen: seen[0].pk) == [(first, False), (second, True)]
    assert dict(Attendance.objects.values_list("person", "came")) == {first.pk: False, second.pk: True}


def test_what_follows_may_refuse_and_then_nothing_is_changed(programme, past, staff, monkeypatch):
    claimed, other = members(programme, 2)
    day_actions.record(event=past, came={claimed.pk}, by=staff)

    def refuse(row, by):
        if not row.came:
            raise ActionError("The claim has gone in. Return it first.")

    monkeypatch.setattr(registry, "after_attendance", [refuse])
    with pytest.raises(EventError, match=f"{claimed.full_name}: The claim has gone in"):
        day_actions.record(event=past, came={other.pk}, by=staff)
    assert dict(Attendance.objects.values_list("person", "came")) == {claimed.pk: True}


# What Postgres refuses by itself


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


def test_every_step_in_python_is_a_step_in_postgres(programme):
    for status, targets in Event.TRANSITIONS.items():
        for target in targets:
            event = make.an_event(programme)
            assert event.status == status
            Event.objects.filter(pk=event.pk).update(status=target)
