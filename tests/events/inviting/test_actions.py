"""Inviting people, and their replies and questions."""

import datetime as dt

import pytest
from django.core import mail

from events.inviting.actions import invitations
from events.models import Invitation
from events.planning import actions as planning_actions
from events.planning.transitions import EventError
from people.directory import actions as person_actions
from people.models import Job, Message, Notice
from tests import factories as make
from tests.helpers.events import members

# Inviting


def test_inviting_writes_to_everyone_with_an_address_once(programme, staff, event, worker, offer):
    people = members(programme, 3)
    with worker():
        new = invitations.invite(event=event, people=people, by=staff)
    assert {invitation.person for invitation in new} == set(people)
    assert sorted(message.to[0] for message in mail.outbox) == sorted(person.email for person in people)
    assert set(Message.objects.values_list("status", flat=True)) == {"sent"}
    assert all(invitation.notice.key == f"invitation:{invitation.pk}" for invitation in Invitation.objects.all())
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
    Invitation.objects.update(notice=None)
    Job.objects.update(status="waiting", finished_at=None)
    from people.jobs import running

    with worker():
        running.run(job.pk)
    assert len(mail.outbox) == 2
    assert Notice.objects.count() == 2
    assert not Invitation.objects.filter(notice=None).exists()


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


def test_someone_no_way_reaches_is_invited_and_becomes_the_task_of_a_colleague(programme, staff, event, worker):
    person = members(programme, 1, email="")[0]
    with worker():
        invitations.invite(event=event, people=[person], by=staff)
    message = Invitation.objects.get(person=person).notice.messages.get()
    assert (message.channel, message.colleague) == ("colleague", staff.person)
    assert not mail.outbox


def test_an_invitation_goes_out_when_a_way_is_known_at_last(programme, staff, event, worker):
    person = members(programme, 1, email="")[0]
    with worker():
        invitations.invite(event=event, people=[person], by=staff)
    with worker():
        person_actions.edit(person=person, by=staff, channel="letter", postal_address="1 Invented Street")
    messages = Message.objects.filter(notice__invitation__person=person).order_by("pk")
    ways = list(messages.values_list("channel", "status"))
    assert ways == [("colleague", "cancelled"), ("letter", "waiting")]


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
