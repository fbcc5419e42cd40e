"""Reminders that ask if what is recorded of somebody's needs is right: once a year, and nobody who is away."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from people.models import Message, NeedsReview, Notice, Person
from people.needs import actions
from programmes.models import Membership, Role
from programmes.taking_part import actions as part_actions
from programmes.taking_part.reminders import SUBJECT
from tests import factories as make
from tests.helpers.client import page_text
from tests.helpers.database import queries_of


def reviewed(person, days_ago):
    return NeedsReview.objects.create(
        person=person,
        has_needs=person.access_needs.exists(),
        reviewed_at=timezone.now() - dt.timedelta(days=days_ago),
    )


@pytest.fixture
def lived(scene):
    """Somebody whose review has been due since today."""
    reviewed(scene.lived.person, 344)
    return scene.lived


def test_somebody_is_asked_once_and_a_year_later_again(scene, lived, remind):
    last = lived.person.needs_reviews.get()
    thing = f"needs:{lived.person.pk}:{last.pk}"
    assert remind() == [(lived.person, thing, 1)]
    notice = Notice.objects.get(kind="reminder", person=lived.person)
    assert "Is what we know about your access needs still right?" in notice.subject
    assert reverse("your_access_needs") in notice.text_body
    assert [days for days in (0, 1, 30, 364) if (lived.person, thing, 2) in remind(days)] == []
    assert (lived.person, thing, 2) in remind(366)


def test_somebody_who_answered_is_asked_no_more_and_a_letter_that_waits_is_withdrawn(scene, lived, remind):
    Person.objects.filter(pk=lived.person.pk).update(channel="phone", phone="01632 960001")
    assert remind()
    message = Message.objects.get(notice__kind="reminder", notice__person=lived.person)
    assert message.status == Message.Status.WAITING
    remind(1)
    message.refresh_from_db()
    assert message.status == Message.Status.WAITING, "it is still to be asked"
    actions.still_right(person=lived.person, by=lived)
    remind(2)
    message.refresh_from_db()
    assert message.status == Message.Status.CANCELLED


def test_somebody_asked_at_once_after_an_answer_waits_until_a_year_is_over(scene, lived, remind):
    assert remind()
    reviewed(lived.person, 350)
    assert [days for days in (1, 200, 364) if any(person == lived.person for person, *_ in remind(days))] == []


def test_nobody_who_left_or_takes_a_break_is_asked(scene, lived, remind):
    pause = part_actions.take_break(
        person=lived.person,
        programme=scene.programme,
        starts_on=timezone.localdate(),
        ends_on=timezone.localdate() + dt.timedelta(days=9),
        by=lived,
    )
    assert remind() == []
    pause.delete()
    Membership.objects.filter(person=lived.person).update(
        starts_on=timezone.localdate() - dt.timedelta(days=9), ends_on=timezone.localdate() - dt.timedelta(days=1)
    )
    assert remind() == []


def test_new_people_and_staff_are_not_asked_and_it_takes_as_many_queries_for_many(scene, lived, remind):
    today = timezone.localdate()
    few = len(queries_of(lambda: SUBJECT.find(scene.programme, None, today, None)))
    for number in range(5):
        reviewed(make.with_role(scene.programme, Role.LIVED_EXPERIENCE, f"Somebody {number}").person, 400)
    reviewed(scene.staff.person, 400)
    assert len(queries_of(lambda: SUBJECT.find(scene.programme, None, today, None))) == few
    assert len(remind()) == 6


def test_the_page_of_reminders_says_how_often_and_a_colleague_on_the_phone_can_note_it(scene, lived, remind, signed_in):
    remind()
    page = page_text(signed_in(scene.staff).get(reverse("reminders", args=[scene.programme.slug])))
    assert "Every 12 months, 21 days before that time is over." in page
    thing = f"needs:{lived.person.pk}:0"
    answer = SUBJECT.answer(scene.staff, thing)
    assert answer is not None
    assert answer[0] == reverse("person_needs_review", args=[lived.person.pk])
    assert SUBJECT.answer(make.with_role(make.a_programme(), Role.STAFF), thing) is None
