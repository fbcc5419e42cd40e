"""People who have not answered are reminded, by the rules of the programme, without a word about answers."""

import datetime as dt

import pytest
from django.utils import timezone

from people.models import Notice
from programmes.models import Reminder
from programmes.reminders.sending import send_due
from programmes.reviews.actions import answering, rounds


@pytest.fixture
def remind(circle):
    def send(days):
        before = Reminder.objects.filter(subject="review_answers").count()
        send_due(timezone.localdate() + dt.timedelta(days=days))
        return Reminder.objects.filter(subject="review_answers").count() - before

    return send


def test_those_who_are_silent_are_reminded_twice_before_the_last_day(circle, remind):
    """The last day is in ten days; the standard rule is seven days before, again after five."""
    assert [remind(days) for days in range(12)] == [0, 0, 0, 17, 0, 0, 0, 0, 17, 0, 0, 0]


def test_somebody_who_has_answered_is_reminded_of_nothing(circle, remind):
    asked = circle.review.asked.get(person=circle.lived[0].person)
    answering.answer(asked=asked, values={}, comments={"impact": "Good"}, by=None)
    assert remind(3) == 16
    assert not Reminder.objects.filter(person=asked.person).exists()
    rounds.close(review=circle.review, by=circle.boss)
    assert remind(8) == 0


def test_a_reminder_has_the_personal_link(circle, remind):
    remind(3)
    asked = circle.review.asked.get(person=circle.lived[0].person)
    notice = Notice.objects.get(kind="reminder", person=asked.person)
    assert notice.link == asked.link
    assert "Your answers are kept without your name." in notice.text_body
