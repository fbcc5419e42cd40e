"""Plan, open, close and share rounds of review."""

import datetime as dt
import secrets
from collections.abc import Mapping

from django.utils.translation import gettext as _

from programmes.programme.models.programmes import Programme
from programmes.reviews import queries, rules, telling
from programmes.reviews.calculations import DOES_NOT_APPLY, STEPS
from programmes.reviews.models import ReviewAsked, ReviewRound, ReviewRule, ReviewStatement, ReviewTally, Side
from wellbeing.lib.actions import action
from wellbeing.lib.dates import today
from wellbeing.lib.errors import ActionError
from wellbeing.lib.types import PersonId, User


def _locked(review: ReviewRound) -> ReviewRound:
    return ReviewRound.objects.select_for_update(of=("self",)).select_related("programme", "rule").get(pk=review.pk)


@action
def plan(
    *,
    programme: Programme,
    title: str,
    opens_on: dt.date,
    closes_on: dt.date,
    by: User,
    about: str = "",
    asks_lived_experience: bool = True,
    asks_staff: bool = True,
    asks_steering: bool = False,
) -> ReviewRound:
    """Plan a round and return it. Nobody is asked before it is opened.

    Raises ActionError for days that have gone or are in the wrong order, and where nobody is to be asked.
    """
    rules.can_run_reviews(by, programme).insist()
    review = ReviewRound(
        programme=programme,
        title=title.strip(),
        about=about.strip(),
        opens_on=opens_on,
        closes_on=closes_on,
        asks_lived_experience=asks_lived_experience,
        asks_staff=asks_staff,
        asks_steering=asks_steering,
        made_by=by.person,
    )
    _check(review)
    review.save(force_insert=True)
    return review


@action
def change(
    *,
    review: ReviewRound,
    title: str,
    opens_on: dt.date,
    closes_on: dt.date,
    by: User,
    about: str = "",
    asks_lived_experience: bool = True,
    asks_staff: bool = True,
    asks_steering: bool = False,
) -> ReviewRound:
    """Change a planned round and return it. Raises ActionError once it was opened, and as `plan`. Locks it."""
    rules.can_run_reviews(by, review.programme).insist()
    review = _locked(review)
    if review.status != ReviewRound.Status.PLANNED:
        raise ActionError(_("People have been asked already. You can only give them more time."))
    review.title, review.about = title.strip(), about.strip()
    review.opens_on, review.closes_on = opens_on, closes_on
    review.asks_lived_experience, review.asks_staff = asks_lived_experience, asks_staff
    review.asks_steering = asks_steering
    _check(review)
    review.save()
    return review


@action
def open_round(*, review: ReviewRound, by: User) -> ReviewRound:
    """Ask everybody whom `review` asks, each in the way they chose, and return it.

    Raises ActionError where it was opened before, before its first day, after its last, and where there is nobody to
    ask or nothing to ask them. Locks it.
    """
    rules.can_run_reviews(by, review.programme).insist()
    review = _locked(review)
    on = today()
    if review.status != ReviewRound.Status.PLANNED:
        raise ActionError(_("This review has been opened already."))
    if on < review.opens_on:
        raise ActionError(_("This review starts later. Change its first day to open it now."))
    if on > review.closes_on:
        raise ActionError(_("The last day to answer has gone. Change it first."))
    statements = ReviewStatement.objects.in_force_on(review.programme, on)
    people = queries.people_to_ask(review, on)
    if not people:
        raise ActionError(_("There is nobody to ask: nobody has these roles in the programme today."))
    if not statements:
        raise ActionError(_("There are no statements to answer yet."))
    review.rule = ReviewRule.objects.in_force_on(review.programme, on)
    review.opens_on, review.status = on, ReviewRound.Status.OPEN
    review.save(update_fields=["rule", "opens_on", "status"])
    # All of them are there from the beginning: a count that came with its first answer would tell when that was given.
    ReviewTally.objects.bulk_create(
        ReviewTally(round=review, statement=statement, side=side, value=value)
        for statement in statements
        for side in Side.values
        for value in (DOES_NOT_APPLY, *STEPS)
    )
    _ask(review, people)
    return review


@action
def ask_more(*, review: ReviewRound, by: User) -> int:
    """Ask the people who have joined since `review` was opened. Return how many. Locks it.

    Raises ActionError where it takes no answers, and where everybody has been asked.
    """
    rules.can_run_reviews(by, review.programme).insist()
    review = _locked(review)
    rules.can_answer(review).insist()
    people = queries.people_not_asked(review, today())
    if not people:
        raise ActionError(_("Everybody has been asked."))
    _ask(review, people)
    return len(people)


@action
def give_more_time(*, review: ReviewRound, closes_on: dt.date, by: User) -> ReviewRound:
    """Keep an open round open until a later day and return it. Raises ActionError for any other. Locks it."""
    rules.can_run_reviews(by, review.programme).insist()
    review = _locked(review)
    if not review.is_open:
        raise ActionError(_("Only an open review can be given more time."))
    if closes_on <= review.closes_on or closes_on < today():
        raise ActionError(_("Choose a later day than the last day now."), field="closes_on")
    review.closes_on = closes_on
    review.save(update_fields=["closes_on"])
    return review


@action
def close(*, review: ReviewRound, by: User) -> ReviewRound:
    """Close an open round for good and return it: its results can be seen, and nobody answers any more. Locks it.

    Raises ActionError where it is not open.
    """
    rules.can_run_reviews(by, review.programme).insist()
    review = _locked(review)
    if not review.is_open:
        raise ActionError(_("Only an open review can be closed."))
    telling.withdraw_asked(review)
    review.status, review.closed_on = ReviewRound.Status.CLOSED, today()
    review.save(update_fields=["status", "closed_on"])
    return review


@action
def publish(*, review: ReviewRound, by: User) -> ReviewRound:
    """Share the results with everyone in the programme, tell those who were asked, and return the round. Locks it.

    Raises ActionError where it is not closed, or is shared already.
    """
    rules.can_run_reviews(by, review.programme).insist()
    review = _locked(review)
    if review.status != ReviewRound.Status.CLOSED:
        raise ActionError(_("Close the review first. Its results are shared once."))
    review.status, review.published_on = ReviewRound.Status.PUBLISHED, today()
    review.save(update_fields=["status", "published_on"])
    telling.tell_results(review)
    return review


def _ask(review: ReviewRound, people: Mapping[PersonId, Side]) -> None:
    keys = ReviewAsked.objects.bulk_create(
        ReviewAsked(round=review, person_id=person, side=side, link_key=secrets.token_urlsafe(16), asked_on=today())
        for person, side in sorted(people.items())
    )
    asked = ReviewAsked.objects.filter(pk__in=[one.pk for one in keys]).select_related("person").order_by("pk")
    telling.tell_asked(review, list(asked))


def _check(review: ReviewRound) -> None:
    if not review.title:
        raise ActionError(_("Give the review a name."), field="title")
    if review.closes_on < review.opens_on:
        raise ActionError(_("The last day to answer cannot be before the first."), field="closes_on")
    if review.closes_on < today():
        raise ActionError(_("Choose today or a later day."), field="closes_on")
    if not (review.asks_lived_experience or review.asks_staff or review.asks_steering):
        raise ActionError(_("Choose at least one group of people to ask."), field="asks")
