"""Tests of needs that become arrangements, and of those that change or fall away."""

import datetime as dt

import pytest

from events import tasks
from events.access.actions import arranging
from events.inviting.actions import invitations
from events.models import Arrangement, ArrangementDays, EventNeed
from events.planning import actions as planning_actions
from people.directory import actions as people_actions
from people.models import AccessNeed, Notice
from people.needs import actions as need_actions
from tests import factories as make
from tests.factories.access import an_arrangement, coming, gathered
from tests.helpers.database import queries_of
from wellbeing.celery import app
from wellbeing.lib.dates import today

pytestmark = pytest.mark.django_db
Change, Status = EventNeed.Change, Arrangement.Status


@pytest.fixture
def later(programme, staff):
    """An event in sixty days."""
    return make.an_event(programme, organiser=staff.person, days=60)


def reply(invitation, answer="coming", by=None, **more):
    return invitations.reply(invitation=invitation, reply=answer, by=by, **more)


def arranged(person, kind):
    return EventNeed.objects.select_related("arrangement").get(person=person, kind=kind)


def test_each_need_of_somebody_who_comes_becomes_an_arrangement(later, member):
    AccessNeed.objects.create(person=member.person, kind="bsl", detail="Two interpreters")
    invitation = make.an_invitation(later, member.person)
    assert not Arrangement.objects.exists()
    reply(invitation, access_needs="Food and drink: no nuts\nA chair with arms")
    found = {need.kind: (need.words, need.arrangement.status) for need in EventNeed.objects.all()}
    assert found == {
        "bsl": ("Two interpreters", "to_do"),
        "diet": ("no nuts", "to_do"),
        "other": ("A chair with arms", "to_do"),
    }
    assert arranged(member.person, "bsl").arrangement.title == "British Sign Language interpreter"
    assert arranged(member.person, "bsl").arrangement.owner is None
    # Words written by hand may be about anything: staff say who has to know them.
    other = arranged(member.person, "other").arrangement
    assert not any([other.for_caterer, other.for_venue, other.for_facilitators, other.for_desk])
    diet = arranged(member.person, "diet").arrangement
    assert [diet.for_caterer, diet.for_venue, diet.for_facilitators, diet.for_desk] == [True, False, False, False]


def test_an_arrangement_is_due_by_the_rule_of_the_day_for_its_kind(later, member):
    coming(later, member.person, ("bsl", ""), ("diet", ""), ("parking", ""))
    ArrangementDays.objects.create(kind="diet", effective_from=today(), days_before=9)
    ArrangementDays.objects.create(kind="parking", effective_from=today() + dt.timedelta(days=1), days_before=50)
    due = {kind: need.arrangement.due_on for kind, need in gathered(later).items()}
    assert due == {
        "bsl": later.day - dt.timedelta(days=28),
        "diet": later.day - dt.timedelta(days=9),
        "parking": later.day - dt.timedelta(days=7),
    }


def test_what_should_have_been_arranged_earlier_is_due_today(event, member):
    coming(event, member.person, ("bsl", ""))
    assert gathered(event)["bsl"].arrangement.due_on == today()


def test_nobody_is_arranged_for_before_they_say_that_they_may_come(event):
    coming(event, None, ("bsl", ""), reply="not_coming")
    AccessNeed.objects.create(person=make.an_invitation(event).person, kind="bsl")
    assert gathered(event) == {}
    coming(event, None, ("bsl", ""), reply="not_sure")
    assert set(gathered(event)) == {"bsl"}


def test_a_room_has_one_loop_for_everybody_and_each_their_own_interpreter(event, staff):
    coming(event, None, ("hearing_loop", ""), ("bsl", ""))
    first = gathered(event)["hearing_loop"].arrangement
    arranging.mark_done(arrangement=first, how="Tested", by=staff)
    second = coming(event, None, ("hearing_loop", ""), ("bsl", "")).person
    gathered(event)
    assert Arrangement.objects.filter(kind="hearing_loop").count() == 1
    assert Arrangement.objects.filter(kind="bsl").count() == 2
    # One more person needs it: somebody looks whether what was done is enough.
    first.refresh_from_db()
    assert (first.status, arranged(second, "hearing_loop").change) == (Status.TO_DO, Change.NEW)


def test_gathering_again_changes_nothing(event, member):
    coming(event, member.person, ("bsl", ""), said="Quiet room or rest space")
    gathered(event)
    before = list(EventNeed.objects.values()), list(Arrangement.objects.values())
    gathered(event)
    assert (list(EventNeed.objects.values()), list(Arrangement.objects.values())) == before


def test_a_need_noted_later_is_arranged_for_at_every_event_to_come(event, later, past, member):
    for each in (event, later, past):
        coming(each, member.person)
    need_actions.set(person=member.person, by=member, needs=[("captions", "")])
    assert set(EventNeed.objects.values_list("event", flat=True)) == {event.pk, later.pk}


def test_a_need_that_changes_shows_on_its_arrangement_which_is_to_do_again(event, member, staff):
    coming(event, member.person, ("diet", "no nuts"))
    arrangement = gathered(event)["diet"].arrangement
    arranging.mark_done(arrangement=arrangement, how="Told the caterer", by=staff)
    need_actions.set(person=member.person, by=member, needs=[("diet", "no nuts, no milk")])
    need_actions.set(person=member.person, by=member, needs=[("diet", "no milk")])
    need = arranged(member.person, "diet")
    assert (need.change, need.words_before, need.words) == (Change.CHANGED, "no nuts", "no milk")
    assert (need.arrangement.status, need.arrangement.how) == (Status.TO_DO, "Told the caterer")
    arranging.mark_done(arrangement=arrangement, how="Told them again", by=staff)
    need.refresh_from_db()
    assert (need.change, need.words_before) == ("", "")


def test_somebody_who_cannot_come_after_all_is_not_arranged_for_and_it_is_kept(event, member, staff):
    invitation = coming(event, member.person, ("bsl", ""), ("diet", ""))
    needs = gathered(event)
    arranging.mark_done(arrangement=needs["bsl"].arrangement, how="Booked", by=staff)
    told = Notice.objects.exclude(kind="reply_noted").count()
    reply(invitation, "not_coming")
    bsl, diet = arranged(member.person, "bsl"), arranged(member.person, "diet")
    assert bsl.gone_at
    assert (diet.arrangement.status, diet.arrangement.dropped_why) == (Status.DROPPED, Arrangement.Why.NOBODY_COMES)
    # A booking has to be cancelled; an arrangement that nobody had begun has not.
    assert (bsl.arrangement.change, diet.arrangement.change) == (Arrangement.Change.FELL_AWAY, "")
    assert [row.status for row in bsl.arrangement.history.order_by("pgh_id")] == ["to_do", "done", "dropped"]
    assert Notice.objects.exclude(kind="reply_noted").count() == told


def test_somebody_who_comes_after_all_is_arranged_for_again(event, member):
    invitation = coming(event, member.person, ("bsl", "One"))
    gathered(event)
    reply(invitation, "not_coming")
    reply(invitation, "coming")
    need = arranged(member.person, "bsl")
    assert (need.gone_at, need.change, need.arrangement.status) == (None, Change.NEW, Status.TO_DO)


def test_an_arrangement_stays_while_others_need_it_and_says_who_does_not(event, member):
    invitation = coming(event, member.person, ("hearing_loop", ""))
    coming(event, None, ("hearing_loop", ""))
    gathered(event)
    reply(invitation, "not_coming")
    need = arranged(member.person, "hearing_loop")
    assert (need.change, need.arrangement.status) == (Change.GONE, Status.TO_DO)


def test_a_need_taken_back_falls_away(event, member):
    coming(event, member.person, ("bsl", ""))
    gathered(event)
    need_actions.set(person=member.person, by=member, needs=[])
    assert arranged(member.person, "bsl").arrangement.dropped_why == Arrangement.Why.NOT_NEEDED


def test_a_cancelled_event_lets_everything_fall_away(event, member, staff):
    coming(event, member.person, ("bsl", ""))
    gathered(event)
    an_arrangement(event, "Loop tested")
    planning_actions.cancel(event=event, by=staff)
    assert set(Arrangement.objects.values_list("status", "dropped_why")) == {("dropped", "cancelled")}
    assert not EventNeed.objects.current().exists()


def test_an_event_on_another_day_moves_the_days_and_opens_what_was_done(later, member, staff):
    coming(later, member.person, ("bsl", ""), ("diet", ""))
    needs = gathered(later)
    arranging.mark_done(arrangement=needs["bsl"].arrangement, how="Booked", by=staff)
    before = {kind: need.arrangement.due_on for kind, need in needs.items()}
    week = dt.timedelta(days=7)
    planning_actions.edit(event=later, by=staff, starts_at=later.starts_at + week, ends_at=later.ends_at + week)
    bsl, diet = arranged(member.person, "bsl").arrangement, arranged(member.person, "diet").arrangement
    assert (bsl.due_on, diet.due_on) == (before["bsl"] + week, before["diet"] + week)
    assert (bsl.status, bsl.change, diet.change) == (Status.TO_DO, Arrangement.Change.MOVED, "")
    planning_actions.edit(event=later, by=staff, title="Another name")
    assert arranged(member.person, "diet").arrangement.due_on == before["diet"] + week


def test_what_was_needed_at_an_event_stays_as_it_was_once_it_began(past, member):
    coming(past, member.person, ("bsl", ""))
    assert gathered(past) == {}


def test_needs_of_a_record_come_along_when_it_is_taken_over(event, member):
    record = make.a_person("Mina Member the Second", email="second@example.org")
    AccessNeed.objects.create(person=record, kind="breaks")
    coming(event, member.person)
    people_actions.take_over(record=record, person=member.person, by=None)
    assert arranged(member.person, "breaks").arrangement.event == event


def test_a_task_of_the_night_gathers_what_was_said_before(event, past, member):
    coming(event, member.person, ("bsl", ""))
    coming(past, member.person)
    for _night in range(2):
        tasks.gather_needs()
    assert list(EventNeed.objects.values_list("event", "kind")) == [(event.pk, "bsl")]
    assert app.conf.beat_schedule["gather-needs"]["task"] in app.tasks


def test_more_people_take_no_more_questions_of_the_database(event):
    first = coming(event, None, ("bsl", ""))
    gathered(event)
    reply(first, access_needs="Parking")
    few = queries_of(lambda: reply(first, access_needs="Parking close by"))
    for _each in range(20):
        coming(event, None, ("bsl", ""), ("diet", ""))
    gathered(event)
    many = queries_of(lambda: reply(first, access_needs="Parking close by: at the door"))
    assert len(many) <= len(few)
