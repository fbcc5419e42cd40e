"""Taking answers in: once, while it is open, online, by phone and on paper."""

import datetime as dt

import pytest
import time_machine
from django.db.models import Sum
from django.utils import timezone

from programmes.models import ReviewComment, ReviewStatement, ReviewTally
from programmes.reviews.actions import answering, rounds
from tests.factories.reviews import answer_all, statements_of
from tests.programmes.reviews.conftest import COULD_CHANGE
from wellbeing.lib.errors import ActionError


@pytest.fixture
def asked(circle):
    return circle.review.asked.get(person=circle.lived[0].person)


@pytest.fixture
def statement(circle):
    return statements_of(circle.review)[COULD_CHANGE]


def count(statement, side="lived_experience"):
    rows = ReviewTally.objects.filter(statement=statement, side=side, number__gt=0)
    return dict(rows.values_list("value", "number"))


def test_an_answer_is_counted_in_its_group_and_its_day_is_noted(asked, statement):
    answering.answer(asked=asked, values={statement.pk: 2}, by=None)
    assert count(statement) == {2: 1}
    assert count(statement, "staff") == {}
    asked.refresh_from_db()
    assert (asked.answered_on, asked.way, asked.taken_by) == (timezone.localdate(), "page", None)
    assert ReviewTally.objects.aggregate(all=Sum("number"))["all"] == 1


def test_what_does_not_apply_is_counted_apart(asked, statement):
    answering.answer(asked=asked, values={statement.pk: 0}, by=None)
    assert count(statement) == {0: 1}


def test_somebody_answers_once(asked, statement):
    answering.answer(asked=asked, values={statement.pk: 2}, by=None)
    with pytest.raises(ActionError, match="are in already"):
        answering.answer(asked=asked, values={statement.pk: 5}, by=None)
    assert count(statement) == {2: 1}


def test_a_comment_alone_is_an_answer_and_nothing_is_none(asked):
    with pytest.raises(ActionError, match="at least one"):
        answering.answer(asked=asked, values={}, comments={"purpose": "  "}, by=None)
    answering.answer(asked=asked, values={}, comments={"purpose": " Tell us sooner. ", "impact": ""}, by=None)
    assert list(ReviewComment.objects.values_list("section", "side", "words")) == [
        ("purpose", "lived_experience", "Tell us sooner.")
    ]


def test_questions_of_another_set_and_answers_out_of_range_are_refused(asked, statement):
    other = ReviewStatement.objects.create(
        programme=asked.round.programme, effective_from=timezone.localdate(), section="impact", position=1, words="New"
    )
    for values, comments in (({other.pk: 3}, {}), ({statement.pk: 6}, {}), ({statement.pk: 3}, {"praise": "Good"})):
        with pytest.raises(ActionError, match="not the questions"):
            answering.answer(asked=asked, values=values, comments=comments, by=None)
    asked.refresh_from_db()
    assert asked.answered_on is None


def test_answers_come_in_until_the_end_of_the_last_day(circle, asked, statement):
    last = circle.review.closes_on
    day_after = dt.datetime.combine(last + dt.timedelta(days=1), dt.time(0, 30))
    with time_machine.travel(day_after, tick=False), pytest.raises(ActionError, match="closed on"):
        answering.answer(asked=asked, values={statement.pk: 2}, by=None)
    with time_machine.travel(dt.datetime.combine(last, dt.time(23, 0)), tick=False):
        answering.answer(asked=asked, values={statement.pk: 2}, by=None)
    rounds.close(review=circle.review, by=circle.boss)
    silent = circle.review.asked.filter(answered_on=None).first()
    with pytest.raises(ActionError, match="closed on"):
        answering.answer(asked=silent, values={statement.pk: 2}, by=None)


@pytest.mark.parametrize("way", ["phone", "paper"])
def test_staff_enter_what_was_said_by_phone_or_on_paper_and_are_named_for_it(circle, asked, statement, way):
    answering.answer(asked=asked, values={statement.pk: 3}, way=way, by=circle.boss)
    asked.refresh_from_db()
    assert (asked.way, asked.taken_by) == (way, circle.boss.person)
    assert count(statement) == {3: 1}


def test_staff_say_how_somebody_answered_and_never_answer_for_themselves_that_way(circle, asked, statement):
    with pytest.raises(ActionError, match="by phone or on paper"):
        answering.answer(asked=asked, values={statement.pk: 3}, by=circle.boss)
    own = circle.review.asked.get(person=circle.boss.person)
    with pytest.raises(ActionError, match="your own link"):
        answering.answer(asked=own, values={statement.pk: 3}, way="phone", by=circle.boss)
    with pytest.raises(ActionError, match="Only programme staff"):
        answering.answer(asked=asked, values={statement.pk: 3}, way="phone", by=circle.partner)
    answering.answer(asked=asked, values={statement.pk: 3}, by=None)
    with pytest.raises(ActionError, match="in already"):
        answering.answer(asked=asked, values={statement.pk: 3}, way="phone", by=circle.boss)


def test_the_counts_of_many_people_add_up(circle, statement):
    answer_all(circle.review, "lived_experience", 1, 2, 2, 5)
    answer_all(circle.review, "staff", {COULD_CHANGE: 5}, {COULD_CHANGE: 0})
    assert count(statement) == {1: 1, 2: 2, 5: 1}
    assert count(statement, "staff") == {5: 1, 0: 1}
