"""A programme sets what it asks about its events and when, from a day on; who was asked keeps what they were asked."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from events.feedback.actions import setting
from events.feedback.queries import questions_of
from events.models import FeedbackQuestion, FeedbackRule
from tests.helpers.client import signed_in
from tests.helpers.database import refused
from tests.helpers.events import a_date
from wellbeing.lib.errors import ActionError


def test_own_questions_hold_from_their_day_and_not_for_who_was_asked_before(day):
    today = timezone.localdate()
    client, address = signed_in(day.boss), reverse("feedback_questions", args=["wow"])
    assert "I felt heard" in client.get(address).text
    long = client.post(address, {"questions": "Long " * 40, **a_date("effective_from", today)})
    assert "150 characters or fewer on each line" in long.text
    assert "Long Long" in long.text, "nothing typed is lost"
    sent = {"questions": "Was there enough to eat?\n\nDid you rest?", **a_date("effective_from", today)}
    assert client.post(address, sent).status_code == 302
    words = [one.words for one in FeedbackQuestion.objects.in_force_on(day.programme, today)]
    assert words == ["Was there enough to eat?", "Did you rest?"]
    yesterday = today - dt.timedelta(days=1)
    assert len(FeedbackQuestion.objects.in_force_on(day.programme, yesterday)) == 5
    assert len(questions_of(day.round)) == 5
    with pytest.raises(ActionError, match="There are questions from that day"):
        setting.set_questions(programme=day.programme, effective_from=today, questions=["Again?"], by=day.boss)


@pytest.mark.parametrize(
    ("questions", "days", "why"),
    [(["  "], 0, "at least one"), (["Why?"] * 11, 0, "10 questions or fewer"), (["Why?"], -1, "today or a later")],
)
def test_questions_that_cannot_be_are_refused(day, questions, days, why):
    on = timezone.localdate() + dt.timedelta(days=days)
    with pytest.raises(ActionError, match=why):
        setting.set_questions(programme=day.programme, effective_from=on, questions=questions, by=day.boss)


def test_the_days_are_a_rule_from_a_day_on(day):
    client, address = signed_in(day.boss), reverse("feedback_rule", args=["wow"])
    on = timezone.localdate() + dt.timedelta(days=3)
    sent = {"thank_after_days": 4, "thank_within_days": 2, "open_days": 10, **a_date("effective_from", on)}
    assert "as many days as above" in client.post(address, sent).text
    assert client.post(address, {**sent, "thank_within_days": 9}).status_code == 302
    assert FeedbackRule.objects.in_force_on(day.programme, timezone.localdate()).open_days == 21
    assert FeedbackRule.objects.in_force_on(day.programme, on).open_days == 10
    with pytest.raises(ActionError, match="There is a rule from that day"):
        setting.set_rule(
            programme=day.programme,
            effective_from=on,
            thank_after_days=1,
            thank_within_days=2,
            open_days=3,
            by=day.boss,
        )


def test_what_was_set_stays(day):
    question = FeedbackQuestion.objects.earliest("pk")
    refused("UPDATE events_feedbackquestion SET words = 'Other' WHERE id = %s", question.pk)
    refused("DELETE FROM events_feedbackquestion WHERE id = %s", question.pk)
    refused("UPDATE events_feedbackrule SET open_days = 1")
    for user in (day.finance, day.steering, day.lived[0]):
        with pytest.raises(ActionError, match="Only programme staff"):
            setting.set_questions(
                programme=day.programme, effective_from=timezone.localdate(), questions=["Why?"], by=user
            )
