"""Tests of arrangements: who sees to them, when they are done, what they cover, and how ready an event is."""

import datetime as dt

import pytest
from django.db import connection

from events.access import queries
from events.access.actions import arranging
from events.models import Arrangement, ArrangementDays, Event, EventNeed
from events.planning import actions as planning_actions
from events.planning.transitions import EventError
from programmes.models import Role
from tests import factories as make
from tests.factories.access import a_need, an_arrangement, coming, gathered, told
from tests.helpers.database import refused
from wellbeing.lib.dates import today

pytestmark = pytest.mark.django_db
Status = Arrangement.Status


def kept(arrangement):
    return Arrangement.objects.get(pk=arrangement.pk)


def test_staff_add_what_serves_nobody_in_particular(event, staff, helper):
    added = arranging.add(
        event=event,
        by=staff,
        title=" Loop tested ",
        due_on=event.day,
        owner=helper.person,
        how="The evening before",
        lists=["venue", "desk"],
    )
    assert (added.title, added.owner, added.added_by) == ("Loop tested", helper.person, staff.person)
    assert [added.for_caterer, added.for_venue, added.for_facilitators, added.for_desk] == [False, True, False, True]


@pytest.mark.parametrize("who", ["member", "helper"])
def test_only_staff_add(who, event, request):
    with pytest.raises(EventError, match="Only staff"):
        arranging.add(event=event, by=request.getfixturevalue(who), title="A ramp", due_on=event.day)


def test_a_day_after_the_event_and_a_stranger_are_refused_beside_their_field(event, staff, member):
    with pytest.raises(EventError) as late:
        arranging.add(event=event, by=staff, title="A ramp", due_on=event.day + dt.timedelta(days=1))
    assert late.value.field == "due_on"
    # A member who does not help to run the event is not an owner.
    with pytest.raises(EventError) as stranger:
        arranging.add(event=event, by=staff, title="A ramp", due_on=event.day, owner=member.person)
    assert stranger.value.field == "owner"


def test_owners_are_staff_and_who_helps_to_run_it(programme, event, staff, helper, member):
    make.with_role(make.a_programme("Next Door"), Role.STAFF, "Stranger Staff")
    make.with_role(programme, Role.FINANCE, "Fiona Finance")
    coming(event, None, facilitates=True, reply="not_coming")
    assert set(queries.possible_owners(event, today())) == {staff.person, helper.person}


def test_one_arrangement_covers_the_needs_of_several_people(event, staff):
    for _each in range(2):
        coming(event, None, ("diet", "vegan"))
    gathered(event)
    needs = list(EventNeed.objects.all())
    one = arranging.add(event=event, by=staff, title="Vegan lunch", due_on=event.day, needs=needs)
    assert set(EventNeed.objects.values_list("arrangement", "change")) == {(one.pk, "")}
    left = Arrangement.objects.exclude(pk=one.pk)
    assert set(left.values_list("status", "dropped_why")) == {("dropped", "together")}
    assert queries.readiness_of(event, today()).arrangements == 1


def test_a_need_put_with_what_is_done_opens_it_again(event, staff):
    done = an_arrangement(event, "Vegan lunch", owner=staff.person)
    arranging.mark_done(arrangement=done, how="Ordered", by=staff)
    need = a_need(event, kind="diet")
    arranging.edit(
        arrangement=done, by=staff, title=done.title, due_on=done.due_on, owner=staff.person, how="", needs=[need]
    )
    need.refresh_from_db()
    assert (kept(done).status, need.change) == (Status.TO_DO, EventNeed.Change.NEW)


def test_a_need_of_another_event_is_never_covered(event, past, staff):
    need = a_need(past, kind="diet")
    added = arranging.add(event=event, by=staff, title="Vegan lunch", due_on=event.day, needs=[need])
    need.refresh_from_db()
    assert need.arrangement != added


def test_who_sees_to_it_or_staff_say_that_it_is_done(event, staff, helper, member):
    mine = an_arrangement(event, owner=helper.person)
    with pytest.raises(EventError, match="Only staff"):
        arranging.mark_done(arrangement=mine, how="", by=member)
    arranging.mark_done(arrangement=mine, how="Tested with Ms Invented", by=helper)
    assert (kept(mine).status, kept(mine).done_by) == (Status.DONE, helper.person)
    with pytest.raises(EventError, match="said before"):
        arranging.mark_done(arrangement=mine, how="", by=staff)
    arranging.mark_to_do(arrangement=mine, by=staff)
    assert (kept(mine).status, kept(mine).done_at) == (Status.TO_DO, None)
    with pytest.raises(EventError, match="not done"):
        arranging.mark_to_do(arrangement=mine, by=helper)


def test_staff_who_do_what_nobody_saw_to_are_its_owner(event, staff):
    nobodys = an_arrangement(event)
    arranging.mark_done(arrangement=nobodys, how="", by=staff)
    assert kept(nobodys).owner == staff.person


def test_what_is_done_keeps_an_owner(event, staff):
    done = an_arrangement(event, owner=staff.person)
    arranging.mark_done(arrangement=done, how="", by=staff)
    with pytest.raises(EventError) as refusal:
        arranging.edit(arrangement=done, by=staff, title="Loop", due_on=event.day)
    assert refusal.value.field == "owner"


def test_what_somebody_needs_cannot_be_taken_out(event, staff):
    needed, spare = a_need(event).arrangement, an_arrangement(event)
    with pytest.raises(EventError, match="needs this"):
        arranging.take_out(arrangement=needed, by=staff)
    arranging.take_out(arrangement=spare, by=staff)
    assert (kept(spare).status, kept(spare).dropped_why) == (Status.DROPPED, "taken_out")
    for act in (arranging.mark_done, arranging.mark_to_do):
        with pytest.raises(EventError, match="no longer needed"):
            act(arrangement=spare, by=staff, **({"how": ""} if act is arranging.mark_done else {}))


def test_an_event_is_ready_once_all_is_done_and_nothing_changed(event, staff):
    need = a_need(event)
    early = today() - dt.timedelta(days=1)
    other = an_arrangement(event, owner=staff.person, due_on=early)
    ready = queries.readiness_of(event, today())
    assert (ready.arrangements, ready.without_owner, ready.to_do, ready.late) == (2, 1, 2, 1)
    assert (ready.first_due, ready.is_ready) == (early, False)
    for each in (need.arrangement, other):
        arranging.mark_done(arrangement=each, how="", by=staff)
    assert queries.readiness_of(event, today()).is_ready
    EventNeed.objects.filter(pk=need.pk).update(change="changed")
    assert not queries.readiness_of(event, today()).is_ready
    arranging.mark_seen(arrangement=need.arrangement, by=staff)
    assert queries.readiness_of(event, today()).is_ready


def test_the_organiser_is_told_at_home_what_nobody_sees_to(programme, event, staff, tasks):
    colleague = make.with_role(programme, Role.STAFF, "Cleo Colleague")
    arrangement = an_arrangement(event)
    assert tasks(staff) == ["Say who sees to 1 arrangement for Curry and co-production"]
    assert tasks(colleague) == []
    # An organiser who has left answers for nothing: all staff do.
    programme.memberships.filter(person=staff.person).update(ends_on=today() - dt.timedelta(days=1))
    assert tasks(colleague) == ["Say who sees to 1 arrangement for Curry and co-production"]
    arranging.edit(
        arrangement=arrangement, by=colleague, title="Loop", due_on=arrangement.due_on, owner=colleague.person
    )
    assert tasks(colleague) == ["Arrange for Curry and co-production: Loop"]


def test_who_helps_to_run_it_is_told_at_home_what_they_arrange(event, helper, tasks):
    an_arrangement(event, "Loop tested", owner=helper.person)
    assert tasks(helper) == ["Arrange for Curry and co-production: Loop tested"]


def test_a_change_waits_at_home_and_a_booking_of_a_cancelled_event_too(event, staff, tasks):
    need = a_need(event)
    arranging.mark_done(arrangement=need.arrangement, how="Booked", by=staff)
    EventNeed.objects.filter(pk=need.pk).update(change="changed")
    assert tasks(staff) == ["Look at what changed in the access needs of Curry and co-production"]
    planning_actions.cancel(event=event, by=staff)
    assert tasks(staff) == ["Cancel what is booked for access at Curry and co-production"]
    arranging.mark_seen(arrangement=need.arrangement, by=staff)
    assert tasks(staff) == []
    with pytest.raises(EventError, match="cancelled"):
        arranging.add(event=event, by=staff, title="A ramp", due_on=event.day)


def test_an_event_of_another_programme_is_nobodys_task_here(staff, tasks):
    there = make.an_event(make.a_programme("Next Door"), organiser=staff.person, days=5)
    an_arrangement(there)
    assert tasks(staff) == []


def sql_of(row, change):
    return f"UPDATE {row._meta.db_table} SET {change} WHERE id = {row.pk}"


def test_the_database_refuses_what_must_never_be(event, past, staff):
    need, away = a_need(event), an_arrangement(past)
    done = an_arrangement(event, owner=staff.person)
    arranging.mark_done(arrangement=done, how="", by=staff)
    gone = an_arrangement(event)
    arranging.take_out(arrangement=gone, by=staff)
    for row, change in (
        (gone, f"status = 'done', dropped_why = '', done_by_id = {staff.person.pk}, done_at = now()"),
        (done, "owner_id = NULL"),
        (done, "done_at = NULL"),
        (need.arrangement, "status = 'dropped'"),
        (need.arrangement, "title = ''"),
        (done, f"event_id = {past.pk}"),
        (need, f"event_id = {past.pk}"),
        (need, f"arrangement_id = {away.pk}"),
        (need, "result = 'met'"),
        (need, f"result = 'not_met', recorded_by_id = {staff.person.pk}, recorded_at = now()"),
        (need, "reply = 'so', replied_at = now()"),
    ):
        refused(sql_of(row, change))
    days = ArrangementDays.objects.get(kind="")
    for row in (need, done, days, told(event, need.person)):
        refused(f"DELETE FROM {row._meta.db_table} WHERE id = {row.pk}")
    refused(sql_of(days, "days_before = 1"))
    with connection.cursor() as cursor:
        cursor.execute(sql_of(need, "words = 'a loop'"))


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("act", ["mark_done", "mark_to_do", "take_out", "edit"])
def test_every_status_is_tried_with_every_action(status, act, event, staff):
    allowed = {
        "to_do": {"mark_done", "take_out", "edit"},
        "done": {"mark_to_do", "take_out", "edit"},
        "dropped": set(),
    }
    row = an_arrangement(event, owner=staff.person)
    if status == Status.DONE:
        arranging.mark_done(arrangement=row, how="", by=staff)
    if status == Status.DROPPED:
        arranging.take_out(arrangement=row, by=staff)
    more = {
        "mark_done": {"how": ""},
        "edit": {"title": "Loop", "due_on": event.day, "owner": staff.person},
    }.get(act, {})
    if act in allowed[status]:
        getattr(arranging, act)(arrangement=row, by=staff, **more)
    else:
        with pytest.raises(EventError):
            getattr(arranging, act)(arrangement=row, by=staff, **more)


def test_nothing_is_wanted_for_events_that_are_over(past, staff, tasks):
    an_arrangement(past, owner=staff.person)
    assert tasks(staff) == []
    Event.objects.filter(pk=past.pk).update(status=Event.Status.HELD)
    assert tasks(staff) == []
