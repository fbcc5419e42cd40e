"""Remind people who are asked in a review and have not answered, without knowing what anybody said."""

import datetime as dt
from collections.abc import Collection, Iterable

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programmes.programme.models.programmes import Programme
from programmes.registry import ReminderSubject, ToRemind
from programmes.reminders.models import ReminderRule
from programmes.reviews import rules
from programmes.reviews.models import ReviewAsked
from wellbeing.lib.dates import long_date
from wellbeing.lib.types import PersonId


def _silent(programme: Programme, rule: ReminderRule, on: dt.date) -> QuerySet[ReviewAsked]:
    rows = ReviewAsked.objects.silent().filter(
        round__programme=programme, round__closes_on__gte=on, round__closes_on__lte=rule.latest_due(on)
    )
    return rows.select_related("round", "person").order_by("pk")


def _people(programme: Programme, rule: ReminderRule, on: dt.date) -> Iterable[PersonId]:
    return _silent(programme, rule, on).values_list("person", flat=True)


def _find(programme: Programme, rule: ReminderRule, on: dt.date, people: Collection[PersonId] | None) -> list[ToRemind]:
    rows = _silent(programme, rule, on)
    if people is not None:
        rows = rows.filter(person__in=people)
    return [_to_remind(asked, rule) for asked in rows]


def _to_remind(asked: ReviewAsked, rule: ReminderRule) -> ToRemind:
    review = asked.round
    params = {"title": review.title, "by": long_date(review.closes_on)}
    return ToRemind(
        person=asked.person,
        subject=SUBJECT.key,
        thing=f"review:{asked.pk}",
        due=review.closes_on,
        occasions=rule.occasions(review.closes_on, asked.asked_on),
        at_most=rule.at_most,
        title=_("How is it to work together? %(title)s") % params,
        heading=_("Please tell us how it is to work together"),
        sentence=_("We asked you to answer some questions: “%(title)s”. Your answers are kept without your name.")
        % params,
        ask=_("Please answer by %(by)s. You do not need to sign in.") % params,
        label=_("Answer the questions"),
        link=asked.link,
    )


def _answer(user, thing):
    """Return where staff enter the answers to the review `thing` for somebody, and its label; None for anybody else."""
    rows = ReviewAsked.objects.select_related("round__programme", "person")
    asked = rows.filter(pk=thing.partition(":")[2]).first()
    if asked is None or not rules.can_enter_for(user, asked):
        return None
    label = _("Enter their answers to “%(review)s”") % {"review": asked.round}
    return reverse("review_answer_for", args=[asked.pk]), label


SUBJECT = ReminderSubject(
    key="review_answers",
    title=gettext_lazy("Answers to a 4Pi review"),
    detail=gettext_lazy("People who are asked how it is to work together and have not answered."),
    due=gettext_lazy("the last day to answer"),
    order=50,
    people=_people,
    find=_find,
    answer=_answer,
    asks_for_a_part=True,
)
