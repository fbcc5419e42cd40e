"""Recording who came."""

import pytest

from events import registry
from events.day import actions as day_actions
from events.models import Attendance, Event
from events.planning.transitions import EventError
from tests import factories as make
from tests.helpers.events import members
from wellbeing.lib.errors import ActionError

# Who came


def test_recording_who_came_holds_the_event_and_tells_the_apps_above(programme, past, staff, after_attendance):
    here, absent = members(programme, 2)
    make.an_invitation(past, here)
    make.an_invitation(past, absent)
    held = day_actions.record(event=past, came={here.pk}, by=staff)
    assert held.status == Event.Status.HELD
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
    assert past.status == Event.Status.PLANNED


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
