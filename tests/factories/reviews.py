"""Makers of rows for tests of 4Pi reviews, through the actions."""

import datetime as dt
import hashlib

from django.core.files.base import ContentFile
from django.utils import timezone

from programmes.models import (
    ResultsPaper,
    ReviewAsked,
    ReviewRound,
    ReviewRule,
    ReviewStatement,
    ReviewTally,
    Role,
)
from programmes.reviews.actions import answering, rounds
from tests import factories


def some_people(programme, lived=9, staff=6):
    """People of each group of `programme`: ([users with lived experience], [users of staff])."""
    return (
        [factories.with_role(programme, Role.LIVED_EXPERIENCE, f"Lived Number{n}") for n in range(lived)],
        [factories.with_role(programme, Role.STAFF, f"Staffer Number{n}") for n in range(staff)],
    )


def a_review(programme, by, *, is_open=True, days=10, **fields):
    """A round of `programme`, opened unless told otherwise; its last day is `days` from today."""
    today = timezone.localdate()
    values = {"title": "Our second year", "opens_on": today, "closes_on": today + dt.timedelta(days=days), **fields}
    review = rounds.plan(programme=programme, by=by, **values)
    return rounds.open_round(review=review, by=by) if is_open else review


def statements_of(review):
    """The statements that `review` asks, in order, by their words."""
    rows = ReviewStatement.objects.filter(tallies__round=review).distinct().order_by("pk")
    return {row.words: row for row in rows}


def answer_all(review, side, *values, comment="", section="purpose"):
    """Answer everything as each of the next people of `side` who are silent: one for each of `values`.

    A value is an answer to every statement, or {words of a statement: answer} with a 4 for the rest.
    """
    silent = review.asked.filter(side=side, answered_on=None).order_by("pk")
    people = list(silent[: len(values)])
    assert len(people) == len(values)
    statements = statements_of(review)
    for asked, value in zip(people, values, strict=True):
        given = value if isinstance(value, dict) else dict.fromkeys(statements, value)
        answering.answer(
            asked=asked,
            values={row.pk: given.get(words, 4) for words, row in statements.items()},
            comments={section: comment} if comment else {},
            by=None,
        )
    return people


def give_reviews(world):
    """Give `tests.world` a review in each state, somebody who is asked and one who has answered, and a paper."""
    today = timezone.localdate()
    rule = ReviewRule.objects.in_force_on(world.a, today)
    common = {
        "programme": world.a,
        "opens_on": today,
        "closes_on": today + dt.timedelta(days=9),
        "made_by": world.staff,
    }
    over = {"rule": rule, "closed_on": today}

    def one(title, **fields):
        return ReviewRound.objects.create(title=title, **common, **fields)

    world.planned_review = one("Planned")
    world.open_review = one("Open", status="open", rule=rule)
    world.closed_review = one("Closed", status="closed", **over)
    world.shared_review = one("Shared", status="published", published_on=today, **over)
    asked = {"round": world.open_review, "side": "lived_experience", "asked_on": today}
    world.review_asked = ReviewAsked.objects.create(person=world.owner, link_key="asked-key", **asked)
    world.review_answered = ReviewAsked.objects.create(
        person=world.users["peer"].person, link_key="answered-key", answered_on=today, way="page", **asked
    )
    ReviewTally.objects.create(
        round=world.open_review, statement=ReviewStatement.objects.earliest("pk"), side="lived_experience", value=1
    )
    content = b"%PDF-1.4"
    ResultsPaper.objects.create(
        round=world.shared_review,
        layout="standard",
        asked_by=world.staff,
        file=ContentFile(content, name="results.pdf"),
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        made_at=timezone.now(),
    )
