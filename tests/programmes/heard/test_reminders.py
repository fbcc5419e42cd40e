"""Who sees to a contribution is reminded before its day, and as long as it waits."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from programmes.heard.actions import answering
from programmes.heard.reminders import SUBJECT
from programmes.models import Contribution, ReminderRule
from tests.factories.heard import a_contribution


@pytest.fixture
def remind(scene):
    """fn(days from today) -> (who, which reminder) of what falls on that day."""

    def find(days=0):
        on = timezone.localdate() + dt.timedelta(days=days)
        with time_machine.travel(timezone.now() + dt.timedelta(days=days), tick=False):
            rule = ReminderRule.objects.effective_on([scene.programme.pk], on)[scene.programme.pk, SUBJECT.key]
            found = SUBJECT.find(scene.programme, rule, on, None)
            assert {one.person.pk for one in found} == set(SUBJECT.people(scene.programme, rule, on))
            nobody = SUBJECT.find(scene.programme, rule, on, [])
        assert nobody == []
        return [(one.person, one.occasions.index(on)) for one in found if on in one.occasions]

    return find


@pytest.fixture
def waiting(scene, today):
    return a_contribution(
        scene.programme, scene.lived.person, owner=scene.staff.person, due_on=today + dt.timedelta(days=10)
    )


def test_who_sees_to_it_is_reminded_a_week_before_and_on_the_day(scene, waiting, remind):
    assert [day for day in range(20) if remind(day)] == [3, 10]
    assert remind(3) == [(scene.staff.person, 0)]


def test_an_answer_ends_the_reminders(scene, waiting, remind):
    answering.answer(contribution=waiting, kind="changed", what_changed="x", by=scene.staff)
    assert not any(remind(day) for day in range(20))


def test_nobody_who_left_is_reminded_and_nothing_of_another_programme(scene, waiting, remind, today):
    a_contribution(scene.other, owner=scene.elsewhere.person, due_on=today + dt.timedelta(days=10))
    assert len(remind(3)) == 1
    scene.staff.person.memberships.update(ends_on=today)
    assert remind(3) == []


def test_a_reminder_says_what_was_said_and_leads_there(scene, waiting, today):
    rule = ReminderRule.objects.effective_on([scene.programme.pk], today)[scene.programme.pk, SUBJECT.key]
    one = SUBJECT.find(scene.programme, rule, today + dt.timedelta(days=3), None)[0]
    assert one.title == f"Say what became of it: {waiting.theme}"
    assert one.sentence == f"“{waiting.theme}” is to be answered by Thursday 3 December 2026."
    assert one.link.endswith(waiting.get_absolute_url())
    assert Contribution.objects.get().due_on == one.due
