"""Makers of rows for tests of what follows an event, through the actions."""

import datetime as dt

from django.utils import timezone

from events.day import actions as day_actions
from events.feedback.actions import answering, thanking
from events.feedback.models import Answer
from events.feedback.queries import questions_of, round_of
from events.models import FeedbackAsked, FeedbackQuestion, FeedbackRound, FeedbackTally
from people.jobs import running
from people.jobs.models import Job
from programmes.models import Role
from tests import factories
from tests.factories.access import held

YES, PARTLY, NO, DOES_NOT_APPLY = Answer.YES, Answer.PARTLY, Answer.NO, Answer.DOES_NOT_APPLY


def a_held_event(programme, lived=9, staff=6, **fields):
    """An event three days ago to which people of both groups came: (event, users with lived experience, of staff)."""
    people = [factories.with_role(programme, Role.LIVED_EXPERIENCE, f"Lived Number{n}") for n in range(lived)]
    colleagues = [factories.with_role(programme, Role.STAFF, f"Staffer Number{n}") for n in range(staff)]
    event = factories.an_event(programme, organiser=colleagues[0].person, **fields)
    for user in people:
        factories.an_invitation(event, user.person, reply="coming", replied_at=timezone.now())
    came = [user.person.pk for user in (*people, *colleagues)]
    day_actions.record(event=event, came=came, by=colleagues[0])
    return event, people, colleagues


def thanked(event, by, **fields):
    """The feedback on `event`, after everybody who came was thanked and asked."""
    running.run(thanking.thank(event=event, by=by, **fields).pk)
    assert not Job.objects.filter(kind=thanking.THANKS, subject_id=event.pk).exclude(status=Job.Status.DONE).exists()
    return round_of(event)


def answer_all(round, side, *values, **more):
    """Answer everything as each of the next people of `side` who are silent: one for each of `values`."""
    silent = list(round.asked.filter(side=side, answered_on=None).order_by("pk")[: len(values)])
    assert len(silent) == len(values)
    questions = questions_of(round)
    for asked, value in zip(silent, values, strict=True):
        answering.answer(asked=asked, values=dict.fromkeys([one.pk for one in questions], value), by=None, **more)
    return silent


def make_feedback(world):
    """Give `world` a held event: the owner and a peer were thanked and asked, one more not yet; the peer answered."""
    today = timezone.localdate()
    world.thanked = factories.an_event(world.a, organiser=world.staff, title="A day people were thanked for")
    peer = world.users["peer"].person
    factories.an_invitation(world.thanked, world.owner)
    for person in (world.owner, peer, world.approver):
        factories.an_attendance(world.thanked, person)
    held(world.thanked)
    world.feedback = FeedbackRound.objects.create(
        event=world.thanked, asked_on=today, closes_on=today + dt.timedelta(days=9), fewest=5
    )
    FeedbackTally.objects.create(
        round=world.feedback, question=FeedbackQuestion.objects.earliest("pk"), side="lived_experience", value=5
    )
    asked = {"round": world.feedback, "side": "lived_experience", "asked_on": today}
    world.feedback_asked = FeedbackAsked.objects.create(person=world.owner, link_key="how-was-it-key", **asked)
    world.feedback_answered = FeedbackAsked.objects.create(
        person=peer, link_key="it-was-good-key", answered_on=today, way="page", **asked
    )
